// The page: who looks at what, asked for anew whenever something happened.

import { act, coalesced, look, watch } from "./api.js";
import { showBehind } from "./behind.js";
import { makeComposer, outcome } from "./composer.js";
import { el, forget } from "./dom.js";
import { emoji } from "./emoji.js";
import { follow, showMessages } from "./messages.js";
import { showChannels, showPeople } from "./people.js";
import { homeOf, showModal } from "./views.js";
import { speaker } from "./words.js";

const EVERY = 2000;
const parts = Object.fromEntries(["people", "channels", "title", "messages", "told", "composer", "behind"].map(
  (id) => [id, document.getElementById(id)],
));
const place = placeOf(location.hash);
const read = new Map();
let scene = null;
let shownAt = "";
let isLost = false;

/** Return who looks at which channel, as the address says: #ana/C0SBSPRING1. */
function placeOf(hash) {
  const [person, channel] = hash.slice(1).split("/");
  return { person: decodeURIComponent(person) || "ana", channel: channel || "C0SBSPRING1" };
}

function move(changes) {
  Object.assign(place, changes);
  history.replaceState(null, "", `#${place.person}/${place.channel}`);
  tell("");
  return refresh();
}

function tell(words) {
  parts.told.textContent = words;
}

/** Say what came of something, or why it could not be done. */
async function attempt(doing, what = "") {
  try {
    const result = await doing;
    if (result.error) tell(outcome(what, result, scene.say));
  } catch (error) {
    tell(error.message);
  }
}

/** Put what the sandbox tells into what everything on the page is drawn with. */
function sceneOf(state) {
  const here = state.channels.find((one) => one.id === place.channel);
  if (!here && place.channel !== "home") place.channel = state.channels[0].id;
  const channel = state.channels.find((one) => one.id === place.channel);
  return {
    ...state, place, channel, say: speaker(state.person.locale), attempt, tell,
    nameOf: (id) => state.people.find((one) => one.id === id)?.real_name,
    // the sandbox names its addresses for the bot; the page may know it by another name
    near: (url) => (url.startsWith(state.base_url) ? url.slice(state.base_url.length) : url),
    go: (id) => move({ channel: id }),
    become: (person) => move({ person }),
    touch: (ts, element, value) => attempt(
      act("click", { person: state.person.name, ts, action: element.action_id, value }), element.text?.text ?? ""),
  };
}

const refresh = coalesced(() => update().catch(lose));

async function update() {
  const asked = place.person;
  const state = await look("state", { person: asked });
  if (asked !== place.person) return;
  scene = sceneOf(state);
  show();
  if (isLost) tell("");
  isLost = false;
}

/** Say that the sandbox does not answer; the stream of changes tells when it does again. */
function lose(error) {
  isLost = true;
  tell(scene ? scene.say("lost") : error.message);
}

function show() {
  document.documentElement.lang = scene.person.locale;
  showPeople(parts.people, scene);
  showChannels(parts.channels, scene, isUnread);
  showTitle();
  const at = `${place.person}/${place.channel}`;
  if (at !== shownAt) forget(parts.messages);
  if (scene.channel) showMessages(parts.messages, scene.channel, scene);
  else parts.messages.replaceChildren(el("li", { class: "home" }, homeOf(scene.home, scene)));
  if (at !== shownAt) arrive(at);
  showModal(scene.modals, scene);
  showComposer(scene);
  showPanel();
}

function arrive(at) {
  shownAt = at;
  parts.messages.follows = true;
  parts.messages.scrollTop = parts.messages.scrollHeight;
  if (!scene.channel) attempt(act("home", { person: place.person }));
}

/** Return whether something came that the person has not looked at; what she looks at is read. */
function isUnread(channel) {
  const key = `${place.person}/${channel.id}`, last = channel.messages.at(-1)?.ts ?? "";
  if (channel.id === place.channel || !read.has(key)) read.set(key, last);
  return last > read.get(key);
}

function showTitle() {
  const { channel, say } = scene;
  const name = { im: "wxqr", groups: [emoji("lock"), " ", channel?.name], channels: `# ${channel?.name}` };
  const absent = channel && !channel.has_bot;
  parts.title.replaceChildren(
    el("h1", {}, channel ? name[channel.kind] : say("home")),
    el("small", {}, channel && channel.kind !== "im" ? say("members", { count: channel.members.length }) : ""),
    el("small", { class: "absent" }, absent ? say("bot_absent") : ""),
    el("button", { type: "button", class: "act", id: "panel", "aria-expanded": String(!parts.behind.hidden),
      "aria-controls": "behind", onclick: turnPanel }, say("open_panel")),
  );
}

function turnPanel() {
  parts.behind.hidden = !parts.behind.hidden;
  showTitle();
}

const showPanel = coalesced(async () => parts.behind.hidden || showBehind(parts.behind, scene).catch(lose));
const showComposer = makeComposer(parts.composer, () => {
  parts.messages.follows = true;
  return scene;
}, tell);
const NARROW = 1100;
parts.behind.hidden = innerWidth < NARROW;

addEventListener("hashchange", () => move(placeOf(location.hash)));
follow(parts.messages);
watch(refresh, () => lose(new Error("")));
// WeChat's calls are in no stream, and access tokens grow old by themselves
setInterval(() => scene && !document.hidden && showPanel(), EVERY);
