// The head of what is open: its name, its members, its tabs.

import { el, keep } from "../dom.js";
import { icon } from "../icons.js";
import { APP, avatar } from "./avatar.js";
import { DIRECT, TABS } from "./scene.js";

const FACES = 3;

/** Show the head of the channel or of the app. */
export function showHeader(element, scene, drawer) {
  const { channel, place, person } = scene;
  const looks = [person.locale, place.channel, channel?.members.length, scene.manifest, hasHome(scene)];
  keep(element, [scene], {
    key: () => place.channel,
    like: () => looks,
    draw: () => el("div", {}, headline(scene, drawer), tabs(scene)),
  });
}

/** An app has a home tab where its manifest says so, or where it published one. */
function hasHome({ manifest, home }) {
  return Boolean(manifest?.has_home || home);
}

const isApp = ({ channel }) => !channel || channel.kind === "im";

function headline(scene, drawer) {
  const { say } = scene;
  return el("div", { class: "headline" },
    el("button", { type: "button", class: "plain drawer", "aria-label": say("open_channels"), onclick: drawer },
      icon("menu")),
    el("h1", {}, ...name(scene)),
    isApp(scene) ? null : members(scene));
}

function name(scene) {
  const { channel } = scene;
  if (isApp(scene)) return [avatar(APP), "wxqr", el("span", { class: "badge" }, scene.say("app"))];
  return [icon(channel.kind === "groups" ? "lock" : "hash"), channel.name];
}

/** Return the button that tells who is here. */
function members(scene) {
  const { channel, people, say } = scene;
  const here = people.filter((one) => channel.members.includes(one.id));
  return el("button", { type: "button", class: "faces", title: here.map((one) => one.real_name).join(", "),
    "aria-label": say("members", { count: here.length }), onclick: () => openMembers(here, scene) },
  here.slice(0, FACES).map(avatar), String(here.length));
}

/** Open the list of who is here over the page. */
function openMembers(here, { channel, say }) {
  const title = say("members_of", { channel: channel.name });
  const dialog = el("dialog", { class: "members", "aria-label": title, onclose: () => dialog.remove() },
    el("form", { method: "dialog" },
      el("h2", {}, title), el("button", { class: "plain", "aria-label": say("close") }, icon("close"))),
    el("ul", {}, here.map((one) => member(one, say))));
  document.body.append(dialog);
  dialog.showModal();
}

function member(one, say) {
  return el("li", {}, avatar(one), el("b", {}, one.real_name),
    one.is_app ? el("span", { class: "badge" }, say("app")) : el("small", {}, one.name));
}

function tabs(scene) {
  const { say, place, go } = scene;
  if (!isApp(scene)) return el("nav", { class: "tabs", "aria-label": say("tabs") }, tab("talk", say("messages"), true));
  const isOpen = (one) => (one === DIRECT ? !TABS.includes(place.channel) : place.channel === one);
  const names = [["home", "home", "home"], [DIRECT, "talk", "messages"], ["about", "people", "about"]];
  return el("nav", { class: "tabs", "aria-label": say("tabs") }, names
    .filter(([one]) => one !== "home" || hasHome(scene))
    .map(([one, drawing, words]) => tab(drawing, say(words), isOpen(one), () => go(one))));
}

function tab(drawing, words, isOpen, onclick) {
  return el("button", { type: "button", "aria-current": isOpen ? "page" : null, onclick }, icon(drawing), words);
}
