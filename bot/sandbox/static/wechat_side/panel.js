// WeChat's side of things, beside the Slack frame: its vital signs above, one tab of the rest, and how it is opened.

import { act, coalesced } from "../api.js";
import { dated } from "../dates.js";
import { el, forget, keep } from "../dom.js";
import { icon } from "../icons.js";
import { faultSwitches } from "./faults.js";
import { askCounts, askJournal, askPeople, askPhones, askPushes, known, now, since, wait } from "./knowing.js";
import { figures, people, pushes, slackCalls, wechatCalls } from "./panel_pages.js";
import { makeRoom } from "./phone.js";

const SECOND = 1000; // of the machine's time, in milliseconds
const MINUTE = 60, HOUR = 3600, DAY = 24 * HOUR;
// https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken: what a new one lives
const LIFETIME = 2 * HOUR;
const STEPS = [HOUR, DAY, 7 * DAY, 30 * DAY];
// what each tab asks for, and how it is drawn of that
const TABS = {
  calls: {
    ask: askJournal,
    draw: (journal, scene) => [figures(known.counts, scene), wechatCalls(journal.wechat, scene)],
  },
  pushes: { ask: askPushes, draw: (all, scene) => [pushes(all, scene)] },
  slack: { ask: askJournal, draw: (journal, scene) => [slackCalls(journal.slack, scene)] },
  faults: { ask: () => known.counts.faults, draw: (armed, scene) => faultSwitches(armed, scene) },
  people: {
    ask: ({ person }) => Promise.all([askPhones(), askPeople(person)]),
    draw: (all, scene) => people(...all, scene),
  },
};
const panel = { element: null, scene: null, tab: "calls", shownTo: null };

/** Show WeChat's side in `element` to the person of the scene, at a `tab`; from then on it goes by what is heard. */
export function showPanel(element, scene, tab = panel.tab) {
  const isTurned = tab !== panel.tab;
  Object.assign(panel, { element, scene, tab });
  const shownTo = element.hidden ? "" : `${scene.person.locale} ${scene.person.tz}`;
  if (panel.shownTo === shownTo && !isTurned) return;
  panel.shownTo = shownTo;
  if (shownTo) {
    makeRoom(element);
    element.replaceChildren(...frame(scene));
  }
  wait(scene, refreshPanel());
}

/** Ask what WeChat's side is like now, and show it; while the panel is closed, only how many faults are armed. */
export const refreshPanel = coalesced(async () => {
  const { element, scene, tab } = panel;
  await askCounts();
  putBadges();
  if (!element || element.hidden) return;
  const told = await TABS[tab].ask(scene);
  if (tab !== panel.tab || element.hidden) return;
  showParts(element.querySelector(".vital"), [token(scene), clock(scene), armed(scene)].filter(Boolean));
  showParts(element.querySelector(".panel-page"), TABS[tab].draw(told, scene).filter(Boolean));
  tick(element, scene);
});

/** Show parts, each of which is `{key, looks, draw, update}`: drawn when they look otherwise, else only updated. */
function showParts(parent, parts) {
  keep(parent, parts, { key: (part) => part.key, draw: (part) => part.draw(), like: (part) => part.looks });
  for (const part of parts) part.update?.(parent.kept.get(part.key).node);
}

function frame({ say }) {
  return [
    el("header", {},
      el("h2", {}, say("panel.title")),
      el("button", { type: "button", class: "plain", "aria-label": say("panel.close"), onclick: close },
        icon("close"))),
    el("div", { class: "vital" }),
    el("div", { role: "tablist", "aria-label": say("panel.tabs"), onkeydown: byArrow },
      Object.keys(TABS).map((name) => tab(name, say))),
    el("div", { class: "panel-page", role: "tabpanel", id: "panel-page", tabindex: "0",
      "aria-labelledby": `tab-${panel.tab}` }),
  ];
}

function tab(name, say) {
  const isOpen = name === panel.tab;
  return el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel-page",
    "aria-selected": String(isOpen), tabindex: isOpen ? "0" : "-1", onclick: () => turnTo(name) }, say(`tab.${name}`));
}

/** Turn to another tab; the focus goes along. */
function turnTo(name) {
  panel.tab = name;
  for (const one of panel.element.querySelectorAll("[role=tab]")) {
    const isOpen = one.id === `tab-${name}`;
    one.setAttribute("aria-selected", String(isOpen));
    one.tabIndex = isOpen ? 0 : -1;
    if (isOpen) one.focus();
  }
  const page = panel.element.querySelector(".panel-page");
  page.setAttribute("aria-labelledby", `tab-${name}`);
  page.replaceChildren();
  forget(page);
  wait(panel.scene, refreshPanel());
}

// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
function byArrow(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const names = Object.keys(TABS);
  turnTo(names.at((names.indexOf(panel.tab) + step) % names.length));
}

/** Close the panel as whoever opened it would: by the button that it belongs to. */
function close() {
  const opener = document.querySelector(`[aria-controls="${panel.element.id}"]`);
  if (opener) opener.click();
  else panel.element.hidden = true;
  opener?.focus();
}

/** Return the access token's sign: its words and its bar are set by `tick`. */
function token({ say }) {
  return {
    key: "token", looks: "",
    draw: () => el("section", { class: "token-life" },
      el("h3", {}, say("token.name")), el("span", { class: "left" }),
      el("progress", { max: LIFETIME, value: 0, "aria-label": say("token.name") })),
  };
}

/** Return the clock with its buttons. */
function clock(scene) {
  const { say } = scene;
  const step = (seconds) => el("button", { type: "button", class: "act",
    onclick: () => scene.attempt(act("clock", { advance: seconds })) }, say(`clock.${seconds}`));
  return {
    key: "clock", looks: "",
    draw: () => el("section", { class: "clockwork" },
      el("h3", {}, say("clock.title")), el("span", { class: "now" }),
      el("div", { class: "steps" }, STEPS.map(step)),
      el("p", { class: "note" }, el("span", { class: "moved" }), " · ", say("clock.forward"))),
  };
}

/** Return how many faults are armed, with the button that heals them all; nothing where none is. */
function armed({ say, attempt }) {
  const count = armedCount();
  if (!count) return null;
  const heal = () => attempt(act("faults", {}, "DELETE"));
  return {
    key: "armed", looks: String(count),
    draw: () => el("p", { class: "armed-line", role: "status" },
      say("panel.armed", { count }), el("button", { type: "button", class: "act", onclick: heal }, say("faults.heal"))),
  };
}

/** Let a second have gone by. */
function tick(element, { say, person }) {
  const { access_tokens: tokens, clock: { moved_by: ahead } } = known.counts;
  const left = remaining(tokens);
  element.querySelector(".left").textContent = leftInWords(left, say);
  const bar = element.querySelector(".token-life progress");
  bar.value = left ?? 0;
  bar.className = left && left < 10 * MINUTE ? "low" : "";
  element.querySelector(".now").textContent = dated(now(), "{date_short} {time_secs}", person, now());
  const moved = { days: Math.floor(ahead / DAY), hours: Math.floor((ahead % DAY) / HOUR) };
  element.querySelector(".moved").textContent = ahead ? say("clock.ahead", moved) : say("clock.level");
}

function remaining({ stable_token: stable, token: legacy }) {
  const fetched = stable ?? legacy;
  return fetched === null ? null : Math.max(0, fetched - Math.floor(since()));
}

function leftInWords(left, say) {
  if (left === null) return say("token.none");
  if (left === 0) return say("token.over");
  const facts = { hours: Math.floor(left / HOUR), minutes: Math.floor((left % HOUR) / MINUTE), seconds: left % MINUTE };
  return say("token.left", { time: say(left < HOUR ? "token.seconds" : "token.minutes", facts) });
}

/** Return how many faults wait to happen. */
const armedCount = () => new Set(known.counts?.faults.map((fault) => fault.name)).size;

/** Return a mark for the button that opens the panel: nothing to see as long as no fault is armed. */
export function panelBadge(scene) {
  const badge = el("span", { class: "armed-badge" });
  badge.put = () => put(badge, scene);
  badge.put();
  return badge;
}

/** Let every mark on the page say what is armed now. */
function putBadges() {
  for (const badge of document.querySelectorAll(".armed-badge")) badge.put();
}

function put(badge, { say }) {
  const count = armedCount();
  badge.hidden = !count;
  badge.textContent = count || "";
  badge.title = say("panel.armed", { count });
}

// access tokens grow old, and the clock goes on, though nothing happens
setInterval(() => {
  const { element, scene } = panel;
  if (element && !element.hidden && !document.hidden && element.querySelector(".token-life")) tick(element, scene);
}, SECOND);
