// The screens of WeChat: the list of chats, the camera, the account's profile, its chat, and what a bad code brings.

import { timeInChat } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { speaker } from "../words.js";
import { now } from "./knowing.js";
import { aimAtThePage } from "./phone_codes.js";
import { attempt, follow, owner, page, phone, scan, show, unfollow, write } from "./phone_owner.js";

const SCREENS = { home, camera, profile, chat, asking, expired: () => bad("expired"), unknown: () => bad("unknown") };
const WAYS = ["search", "card", "payment"];
// WeChat writes the time above what came more than five minutes after the rest
const PAUSE = 300;
// where a link may lead: a bot's answer is text, and so could be anything
const LINK = /^https?:\/\//;

/** Return what is on the screen, in the owner's language. */
export const screen = () => SCREENS[page().name]();

function home() {
  return el("div", { class: "chats" },
    titleBar(say("wx.app")),
    // who unfollows loses the chat
    owner().follows ? chatRow() : el("p", { class: "wx-nothing" }, say("wx.no_chat")),
    el("h3", {}, say("wx.discover")),
    el("ul", { class: "wx-list" },
      entry("scan", () => show("camera")), WAYS.map((how) => entry(how, () => show("profile", { how })))));
}

function chatRow() {
  const words = el("span", { class: "row-words" },
    el("strong", {}, say("wx.account")), el("small", {}, lastLine() ?? say("wx.empty")));
  return button("chat", [face("small"), words], () => show("chat"), { class: "wx-row" });
}

function entry(name, onclick) {
  const inside = [
    el("span", { class: `sign sign-${name}` }, icon(name)), el("span", { class: "row-words" }, say(`wx.${name}`)),
    icon("forth"),
  ];
  return el("li", {}, button(name, inside, onclick, { class: "wx-row" }));
}

function camera() {
  return el("div", { class: "camera" },
    titleBar(say("wx.scan"), { back: "home" }),
    el("div", { class: "finder", "aria-hidden": "true" }, el("span", { class: "beam" })),
    el("p", {}, say("wx.align")),
    button("aim", say("wx.choose"), aimAtThePage, { class: "wx-button" }),
    pasting());
}

/** Return where the address of a code is pasted, for who has none before her eyes. */
function pasting() {
  const words = say("wx.paste");
  const field = el("input", { type: "text", "aria-label": words, placeholder: words, "data-hold": "pasted" });
  const read = (event) => {
    event.preventDefault();
    if (field.value.trim()) attempt(scan(field.value.trim()));
  };
  return el("form", { onsubmit: read }, field, el("button", { class: "wx-small" }, say("wx.read")));
}

function profile() {
  return el("div", { class: "profile" },
    titleBar("", { back: "home" }),
    el("div", { class: "card-of-account" },
      face("big"), el("h2", {}, say("wx.account")),
      el("p", { class: "wx-kind" }, say("wx.kind")), el("p", {}, say("wx.about"))),
    owner().follows
      ? [button("act", say("wx.message"), () => show("chat"), { class: "wx-button" }),
        button("leave", say("wx.unfollow"), () => show("asking"), { class: "wx-button quiet" })]
      : button("act", say("wx.follow"), () => attempt(follow(page())), { class: "wx-button" }));
}

/** Ask whether she means it, as WeChat asks. */
function asking() {
  return el("div", { class: "asking", role: "alertdialog", "aria-label": say("wx.unfollow") },
    el("p", {}, say("wx.unfollow_ask", { account: say("wx.account") })),
    el("div", {},
      button("cancel", say("wx.cancel"), () => show("profile")),
      button("leave", say("wx.unfollow"), () => attempt(unfollow()), { class: "grave" })));
}

function bad(what) {
  return el("div", { class: "bad-code" },
    titleBar("", { back: "home" }),
    icon("alarm"), el("h2", { role: "alert" }, say(`wx.${what}`)), el("p", {}, say(`wx.${what}_more`)),
    button("ok", say("wx.ok"), () => show("home"), { class: "wx-button" }));
}

/** Return the chat, and where she writes. */
function chat() {
  const account = say("wx.account"), words = say("wx.chat", { account });
  return el("div", { class: "chat" },
    titleBar(account, { back: "home", more: "profile" }),
    el("ol", { class: "chat-lines", "aria-label": words, "aria-live": "polite", tabindex: "0" }, lines()),
    owner().follows ? writing() : el("p", { class: "wx-nothing" }, say("wx.followers_only")));
}

/** Return what the last line says, in short; null where there is none. */
function lastLine() {
  const last = phone.chat?.chat.at(-1);
  if (!last) return null;
  if (last.kind === "unavailable") return say("wx.unavailable");
  return last.text || last.articles[0]?.title || say("wx.odd", last);
}

function lines() {
  let before = 0;
  return (phone.chat?.chat ?? []).map((line) => {
    const moment = line.at - before > PAUSE ? el("li", { class: "moment" }, el("time", {}, time(line.at))) : null;
    before = line.at;
    return [moment, one(line)];
  });
}

const time = (at) => timeInChat(at, { locale: owner().language, tz: phone.scene.person.tz }, now());

function one(line) {
  if (line.kind === "unavailable") return el("li", { class: "tip" }, say("wx.unavailable"));
  if (line.kind === "news") return el("li", { class: "news" }, line.articles.map(article));
  const words = line.kind === "text" ? line.text : say("wx.odd", line);
  const own = () => el("span", { class: "account-face own", "aria-hidden": "true" }, icon("person"));
  return el("li", { class: `line ${line.by}` },
    line.by === "self" ? own() : face("small"), el("p", { class: "bubble" }, words));
}

function article({ title, description, picture_url: picture, url }) {
  const words = el("span", { class: "row-words" },
    el("strong", {}, title), description && el("small", {}, description));
  const inside = [pictured(picture), words];
  return LINK.test(url) ? el("a", { class: "article", href: url, target: "_blank", rel: "noreferrer" }, inside)
    : el("div", { class: "article" }, inside);
}

/** Return a card's picture; of one that is elsewhere only the host is told: the sandbox needs no network. */
function pictured(src) {
  const url = URL.canParse(src) ? new URL(src) : null;
  const isOwn = url && [location.origin, phone.scene.base_url].includes(url.origin);
  return isOwn ? el("img", { src: url.pathname + url.search, alt: "" }) : el("span", { class: "no-picture" }, url?.host);
}

function writing() {
  const field = el("input", { type: "text", "aria-label": say("wx.write"), "data-hold": "write", autocomplete: "off" });
  const send = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    attempt(write(text));
  };
  return el("form", { class: "writing", onsubmit: send }, field, el("button", { class: "wx-small" }, say("wx.send")));
}

/** Say something as WeChat says it to the owner of the phone. */
export const say = (key, facts) => speaker(owner().language)(key, facts);

/** Return a button; `hold` is the name by which it keeps the focus when the screen is drawn again. */
function button(hold, words, onclick, more = {}) {
  return el("button", { type: "button", "data-hold": hold, onclick, ...more }, words);
}

/** Return the bar on top: back, a title, and what else can be done there. */
function titleBar(title, { back = null, more = null } = {}) {
  const sign = (name, to) =>
    button(name, icon(name), () => show(to), { class: "plain", "aria-label": say(`wx.${name}`) });
  return el("header", { class: "wx-bar" },
    back ? sign("back", back) : el("span", {}), el(title ? "h2" : "span", {}, title),
    more ? sign("more", more) : el("span", {}));
}

/** Return the account's picture: dots, as its codes are. */
const face = (size) => el("span", { class: `account-face ${size}`, "aria-hidden": "true" }, icon("code"));
