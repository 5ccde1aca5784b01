// The invitation on the first screen: what wxqr is, and how to see it at once. Where anything has happened it is gone.

import { el } from "../dom.js";

// for as long as the tab is open, who has seen it or sent it away is not asked again
const DONE = "invited";

/** Show the invitation in `place`, unless it `isOver`; `play` starts the tour. */
export function showInvitation(place, scene, { isOver, play }) {
  if (isOver || hasHappened(scene)) sessionStorage.setItem(DONE, "yes");
  place.hidden = Boolean(sessionStorage.getItem(DONE));
  if (place.hidden || place.lang === scene.person.locale) return;
  place.lang = scene.person.locale;
  place.setAttribute("aria-label", scene.say("tour_invitation"));
  place.replaceChildren(...invitation(scene.say, { play, dismiss: () => dismiss(place) }));
}

const hasHappened = ({ channels, conversation }) => Boolean(conversation?.latest) || channels.some((one) => one.latest);

function invitation(say, { play, dismiss }) {
  return [
    el("p", {}, el("strong", {}, say("tour_what")), say("tour_what_more")),
    el("button", { type: "button", class: "act", onclick: play },
      el("span", { "aria-hidden": "true" }, "▶"), say("tour_begin")),
    el("p", { class: "or" }, say("tour_or"), " ", el("code", {}, "/wxqr temp 111")),
    el("button", { type: "button", class: "plain", "aria-label": say("tour_dismiss"), onclick: dismiss }, "✕"),
  ];
}

function dismiss(place) {
  sessionStorage.setItem(DONE, "yes");
  place.hidden = true;
  document.querySelector("#composer textarea")?.focus();
}
