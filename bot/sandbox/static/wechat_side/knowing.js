// What the panel and the phone know of the world, asked for anew when the stream tells that it changed.

import { look } from "../api.js";

const LAST = "50";

/** The figures of the moment, and when they were asked for; time goes on by itself meanwhile. */
export const known = { counts: null, at: 0 };

/** Ask for the figures that everything else here stands on. */
export async function askCounts() {
  known.counts = await look("counts");
  known.at = performance.now();
  return known.counts;
}

/** Return the seconds that have gone by since the figures were asked for. */
export const since = () => (performance.now() - known.at) / 1000;

/** Return the sandbox's time, seconds since 1970. */
export const now = () => known.counts.clock.now + since();

export const askJournal = () => look("journal", { last: LAST });
export const askPushes = async () => (await look("pushes", { last: LAST })).pushes;
export const askPhones = async () => (await look("phones")).phones;
export const askPeople = async (person) => (await look("state", { person: person.name, messages: "0" })).wechat_people;

/** Wait for `doing`; the person at the page is told if nothing came of it. */
export const wait = (scene, doing) => scene.attempt(doing.then(() => ({})));
