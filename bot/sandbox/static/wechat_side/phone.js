// The phone beside the workspace: taken up where there is room, put away, handed to somebody else, and kept as WeChat
// has it now.

import { coalesced } from "../api.js";
import { timeOfDay } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { now, wait } from "./knowing.js";
import { stopAiming } from "./phone_codes.js";
import { crowdCard, crowdTo } from "./phone_crowd.js";
import { aim, ask, CROWD, handTo, NEWCOMER, owner, page, phone, pick, scan } from "./phone_owner.js";
import { say as sayAsWeChat, screen } from "./phone_screens.js";

// phone and panel stand side by side where the window has room for both and for Slack; else one of them
const WIDE = 1600;
const BOTH = ["phone", "behind"];
let putAway = null; // what made room for the other
let opener = null;
const refresh = coalesced(async () => {
  if (!phone.element || phone.element.hidden) return;
  await ask();
  draw();
});
Object.assign(phone, { draw, refresh });

/**
 * Take up the phone, and scan a code if there is one; with neither code nor person, put it away if it is there.
 * Of a `person` (a phone's owner, or a crowd) it is only shown what she sees: whoever names her acts for her.
 */
export async function openPhone(code, scene, person = null) {
  if (phone.element && !phone.element.hidden && !code && !person) return closePhone();
  if (!phone.element?.contains(document.activeElement)) opener = document.activeElement;
  phone.element ??= document.getElementById("phone");
  phone.scene = scene;
  // a crowd does not scan as one: the phone is whose it was before
  const holder = person ?? (code && phone.chosen === CROWD ? phone.holder : phone.chosen);
  if (holder !== phone.chosen) handTo(holder);
  return wait(scene, take(code, person ? aim : scan));
}

async function take(code, use) {
  await ask();
  pick(phone.scene.person.locale);
  makeRoom(phone.element);
  phone.element.hidden = false;
  phone.scene.redraw();
  if (code && phone.chosen === CROWD) crowdTo(code);
  else if (code) await use(code);
  await refresh();
  phone.element.querySelector(".screen, .crowd")?.focus();
}

/** Put the phone away; the focus goes back to where it was taken up. */
function closePhone() {
  stopAiming();
  phone.element.hidden = true;
  giveBack();
  phone.scene.redraw();
  // the button that opened it may have been drawn anew
  (opener?.isConnected ? opener : document.querySelector("[aria-controls=phone]"))?.focus();
}

/** Show what has become of the person in WeChat, in the words of whoever is at the page now. */
export async function lookAgain(scene) {
  if (phone.scene && phone.scene.person.locale !== scene.person.locale) Object.assign(phone, { came: "", push: "" });
  phone.scene = scene;
  await refresh();
}

function draw() {
  const { element, scene: { say } } = phone;
  const { chosen, chat, owners, crowd, came } = phone;
  const looks = JSON.stringify([say("phone.name"), chosen, page(), chat, owners, crowd, came]);
  if (element.looks === looks) return;
  element.looks = looks;
  const held = element.contains(document.activeElement) ? document.activeElement : null;
  element.setAttribute("aria-label", say("phone.name"));
  element.replaceChildren(bar(say), chosen === CROWD ? crowdCard() : handset(),
    el("p", { class: "came", role: "status" }, came));
  hold(held, element);
  const lines = element.querySelector(".chat-lines");
  if (lines) lines.scrollTop = lines.scrollHeight;
}

/** Give the focus, and what was half written, to what stands where `held` stood. */
function hold(held, element) {
  if (!held) return;
  const name = held.dataset.hold;
  const heir = name && [...element.querySelectorAll("[data-hold]")].find((one) => one.dataset.hold === name);
  if (heir && held.tagName === "INPUT") heir.value = held.value;
  (heir || element.querySelector(".screen, .crowd")).focus({ preventScroll: true });
}

function bar(say) {
  const option = (value, words) => el("option", { value, selected: value === phone.chosen }, words);
  const whose = (event) => hand(event.currentTarget.value);
  return el("header", { class: "phone-bar" },
    el("select", { "aria-label": say("phone.whose"), "data-hold": "whose", onchange: whose },
      phone.owners.map((one) => option(one.name, nameOf(one, say))),
      option(NEWCOMER, say("phone.newcomer")), option(CROWD, say("phone.crowd"))),
    el("button", { type: "button", class: "plain", "aria-label": say("phone.close"), "data-hold": "close",
      onclick: closePhone }, icon("close")));
}

function nameOf(one, say) {
  const name = one.nickname || say("phone.new_one", { tail: one.open_id.slice(-4) });
  return say(one.follows ? "phone.follows" : "phone.follows_not", { name });
}

/** Give the phone to somebody else; one that stands before a code stays before it, as long as nothing is pushed. */
function hand(name) {
  const { name: seen, code } = page(), isAimed = seen === "profile" && code;
  handTo(name);
  if (isAimed && name === CROWD) crowdTo(code);
  draw();
  wait(phone.scene, isAimed && name !== CROWD && !owner().follows ? aim(code).then(refresh) : refresh());
}

function handset() {
  const { language } = owner(), time = timeOfDay(now(), { locale: language, tz: phone.scene.person.tz });
  return el("div", { class: "handset", lang: language, onkeydown: putAwayByEscape },
    el("div", { class: "status-bar", "aria-hidden": "true" },
      el("span", {}, time), el("span", { class: "island" }), icon("signal")),
    el("div", { class: "screen", tabindex: "-1", role: "group", "aria-label": sayAsWeChat("wx.app") }, screen()),
    el("div", { class: "home-bar", "aria-hidden": "true" }));
}

function putAwayByEscape(event) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  closePhone();
}

/** Put away whatever stands where `opening` is about to; both of them for Slack alone (null). */
export function makeRoom(opening) {
  putAway = null;
  if (innerWidth >= WIDE) return;
  const others = BOTH.map((id) => document.getElementById(id)).filter((one) => one !== opening && !one.hidden);
  for (const other of others) other.hidden = true;
  if (opening) [putAway = null] = others;
}

/** Show again what had to make room for what is put away now, unless that would hide Slack. */
function giveBack() {
  if (!putAway || innerWidth < WIDE / 2) return;
  putAway.hidden = false;
  putAway = null;
}
