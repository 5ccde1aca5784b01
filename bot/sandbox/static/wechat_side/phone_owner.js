// Whose phone it is: what is on its screen, which each person finds as she left it, and what she does with it.

import { act, look } from "../api.js";
import { askCounts, askPhones, wait } from "./knowing.js";

export const NEWCOMER = "newcomer", CROWD = "crowd";
const HOME = { name: "home" };

export const phone = {
  element: null,
  scene: null,
  owners: [], // those with a name, then every newcomer that has been somebody since the page was opened
  holder: null, // who had it before the crowd
  chosen: null, // an owner's name, NEWCOMER, CROWD, or a newcomer's open id
  pages: new Map(), // what is on the screen, by owner
  chat: null, // what the sandbox tells of the owner
  came: "", // what was pushed, and how it was answered
  push: "", // the push which that is about, and how far it was
  crowd: null, // how far the crowd is, and what came of it
  // phone.js draws what the acts have changed, and they do not know it
  draw: () => {},
  refresh: async () => {},
};

/** Return the language of WeChat on the phone of who reads this page: a newcomer is somebody like her. */
const languageOf = (locale) => (locale.startsWith("zh") ? "zh-CN" : "en-US");

/** Return the owner of the phone. */
export function owner() {
  const known = phone.owners.find((one) => one.name === phone.chosen);
  return known ?? { name: phone.chosen, nickname: "", language: languageOf(phone.scene.person.locale), follows: false };
}

/** Return what is on the screen. */
export const page = () => phone.pages.get(phone.chosen) ?? HOME;

/** Put something else on the screen. */
function turn(name, facts = {}) {
  phone.pages.set(phone.chosen, { name, ...facts });
}

/** Give the phone to somebody else. */
export function handTo(name) {
  if (name === CROWD && phone.chosen !== CROWD) phone.holder = phone.chosen;
  Object.assign(phone, { chosen: name, chat: null, came: "", push: "" });
}

/** Let a newcomer be somebody from now on: the open id that the sandbox told. */
function become(openId) {
  if (phone.chosen !== NEWCOMER) return;
  phone.owners.push({ name: openId, nickname: "", open_id: openId, language: owner().language, follows: false });
  phone.pages.set(openId, page());
  phone.pages.delete(NEWCOMER);
  phone.chosen = openId;
}

/** Ask whose phones there are, and for the chat on the one that is held. */
export async function ask() {
  const asked = phone.chosen, newcomers = phone.owners.filter((one) => one.name === one.open_id);
  const isSomebody = asked && ![NEWCOMER, CROWD].includes(asked);
  const chatOf = isSomebody ? look("phone", { person: asked }) : null;
  const [named, chat] = await Promise.all([askPhones(), chatOf, askCounts()]);
  phone.owners = [...named, ...newcomers];
  if (asked !== phone.chosen) return;
  phone.chat = chat;
  if (!chat) return;
  // who follows by the code before her, lands in the chat
  if (chat.follows && page().name === "profile" && page().code) turn("chat");
  // of what somebody else does with her phone, as the tour does, it is told here as well
  const push = chat.push && `${chat.push.id} ${chat.push.fate}`;
  if (push && push !== phone.push) {
    // what she has before her eyes came after the push that was there when the phone was taken up
    phone.came = (!phone.push && seenLine(page())) || told(chat.push, phone.scene.say);
  }
  phone.push = push ?? "";
  owner().follows = chat.follows;
}

/** Return what is told of a code that was looked at, and brought no push. */
function seenLine({ name, code }) {
  const key = { profile: "came.profile", expired: "came.told", unknown: "came.told" }[name];
  return code && key ? phone.scene.say(key) : "";
}

/** Take the phone of whoever reads the language of the person at the page, unless one is held already. */
export function pick(locale) {
  const language = languageOf(locale);
  const fitting = phone.owners.find((one) => one.language === language && !one.follows);
  phone.chosen ??= fitting?.name ?? NEWCOMER;
}

/** Hold the phone before a code: the screen shows what it is, and nothing is pushed. */
export async function aim(code) {
  const { open_id: openId, page: seen } = await act("aim", { person: phone.chosen, code });
  become(openId);
  turn(seen, { code });
  phone.came = seenLine(page());
  return seen;
}

/** Scan a code; who follows already lands in the chat, and WeChat pushes SCAN. */
export async function scan(code) {
  if ((await aim(code)) === "chat") await pushed(act("scan", { person: phone.chosen, code }));
  else await phone.refresh();
}

/** Tap Follow on the profile: by the code that led there, or however else it was found. */
export async function follow({ code, how = "search" }) {
  turn("chat");
  await pushed(code ? act("scan", { person: phone.chosen, code }) : act("follow", { person: phone.chosen, how }));
}

export async function unfollow() {
  turn("home");
  await pushed(act("unfollow", { person: phone.chosen }));
}

export const write = (text) => pushed(act("write", { person: phone.chosen, text }));

/** Show another page of the phone. */
export function show(name, facts) {
  turn(name, facts);
  phone.came = "";
  phone.draw();
}

/** Do something as a person at the page does, who is told when it could not be done. */
export const attempt = (doing) => wait(phone.scene, doing);

async function pushed(doing) {
  const push = await doing;
  become(push.open_id);
  phone.came = told(push, phone.scene.say);
  await phone.refresh();
}

/** Return what came of a push, as one line: what was pushed, and how it was answered. */
function told(push, say) {
  if (push.shown && !push.event) return say("came.told");
  if (!push.event) return say("came.nothing");
  const key = push.message.EventKey ?? push.message.Content ?? "";
  return say("came.pushed", { event: push.event, key, how: answered(push, say) });
}

function answered({ fate, fault, attempts, reply }, say) {
  if (fate === "failed") return say("came.failed", { fault, attempts: attempts.length });
  if (fate !== "answered") return say(`fate.${fate}`);
  const ms = Math.round(attempts.reduce((sum, one) => sum + one.seconds * 1000, 0));
  return say(reply ? "came.answered" : "came.silent", { ms });
}
