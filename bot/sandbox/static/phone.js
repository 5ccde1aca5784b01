// A phone before a posted code: a person in WeChat scans it, or a crowd does.

import { act } from "./api.js";
import { el } from "./dom.js";

const CROWD = 100;
// other words of the page have these names
const WORDS = { lost: "lost_push", failed: "failed_push", none: "nowhere" };
const PEOPLE = ["newcomer", "follower", "crowd"];

/** Return what stands under the picture of `code`: who shall scan it, and the button. */
export function phone(code, scene) {
  const { say } = scene;
  const who = el("select", { "aria-label": say("who_scans") }, PEOPLE.map((one) => el("option", { value: one }, say(one))));
  const scan = async ({ currentTarget: button }) => {
    button.disabled = true;
    await scene.attempt(scanned(who.value, code, scene));
    button.disabled = false;
  };
  return el("div", { class: "phone" }, el("button", { type: "button", class: "act", onclick: scan }, say("scan")), who);
}

async function scanned(person, code, { say, tell }) {
  if (person === "crowd") {
    const { people, answered } = await act("crowd", { code, people: CROWD });
    tell(say("crowd_came", { people, answered }));
  } else tell(said(await act("scan", { person, code }), say));
  return {};
}

/** Return what came of a push, as one line. */
function said(push, say) {
  if (push.fate === "none") return push.shown || say("nowhere");
  return `${say("pushed", { event: push.event, key: push.message.EventKey })} — ${answerOf(push, say)}`;
}

/** Return what the person got to see, or else what became of the push. */
export function answerOf({ fate, shown, fault, reply }, say) {
  if (reply) return `“${reply.text || reply.articles.map((one) => one.title).join(", ") || reply.kind}”`;
  return shown ? `${shown} (${fault})` : say(WORDS[fate] ?? fate);
}
