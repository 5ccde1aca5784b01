// Who looks at what, as the address says, and the scene: what is drawn for her, and what that may ask for.

import { act, Gone } from "../api.js";
import { speaker } from "../words.js";

/** The direct message with the app: every person has one, by an id of its own. */
export const DIRECT = "@wxqr";
/** The tabs of the app that are no conversation. */
export const TABS = ["home", "about"];
// of a command in the foot, in letters
const LONGEST = 80;
export const FIRST = { person: "ana", channel: "C0SBSPRING1" };

/** Return the place that an address names: #ana/C0SBSPRING1, with a thread #ana/C0SBSPRING1/1700000000.000100. */
export function placeOf(hash) {
  const [person, channel, thread] = decoded(hash.slice(1)).split("/");
  return { person: person || FIRST.person, channel: channel || FIRST.channel, thread: thread || "" };
}

/** Return an address as it reads; one that somebody cut amid a character stays as it is. */
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Write the place into the address, where a reload and a bookmark find it again. */
export function keepPlace({ person, channel, thread }, channels) {
  const direct = channels.find((one) => one.id === channel)?.kind === "im";
  const address = `#${[person, direct ? DIRECT : channel, thread].filter(Boolean).join("/")}`;
  // a browser takes only so many in half a minute
  if (address !== location.hash) history.replaceState(null, "", address);
}

/** Return the id of what the person really can look at: what she does not see is not there for her. */
export function settled(channel, channels) {
  if (TABS.includes(channel)) return channel;
  const direct = channels.find((one) => one.kind === "im");
  const known = channels.find((one) => one.id === channel);
  if (known) return channel;
  return channel === DIRECT || channel.startsWith("D") ? direct.id : channels[0].id;
}

/** Return the scene of `place` as the store knows it; `ways` is what the page does for whoever draws. */
export function sceneOf(store, place, ways) {
  const { state } = store;
  const scene = {
    ...state, ...ways, now: store.now, place: { ...place },
    channel: state.channels.find((one) => one.id === place.channel),
    conversation: store.conversations.get(place.channel),
    say: speaker(state.person.locale),
    nameOf: (id) => state.people.find((one) => one.id === id)?.real_name,
    // the sandbox names its addresses for the bot; the page may know it by another name
    near: (url) => (url.startsWith(state.base_url) ? url.slice(state.base_url.length) : url),
  };
  scene.attempt = (doing, what) => attempted(doing, scene, what);
  scene.touch = (ts, { action_id: id, text }, value) => scene.attempt(
    act("click", { person: state.person.name, ts, action: id ?? text?.text, value }), text?.text);
  return scene;
}

/** Say what came of something, or why it could not be done. */
async function attempted(doing, { say, tell }, what = "") {
  try {
    const result = await doing;
    if (result?.error || (what && result?.seconds !== undefined)) {
      tell(outcome(what, result, say), Boolean(result.error));
    }
  } catch (error) {
    tell(error instanceof Gone ? say("lost") : error.message, true);
  }
}

/** Say how the app took something. */
export function outcome(what, { seconds, error }, say) {
  const short = what.length > LONGEST ? `${what.slice(0, LONGEST)}…` : what;
  return error ? say("failed", { what: short, error })
    : say("acknowledged", { what: short, ms: Math.ceil(seconds * 1000) });
}
