// The page put together: who looks at what, drawn again before the next paint whenever something happened.

import { act, beforePaint, Gone, look } from "./api.js";
import { showModal } from "./blockkit/views.js";
import { Reading } from "./shell/conversation.js";
import { showFrame } from "./shell/frame.js";
import { listen } from "./shell/keys.js";
import { announce } from "./shell/list.js";
import { FIRST, keepPlace, placeOf, sceneOf, settled } from "./shell/scene.js";
import { Sheet } from "./shell/sheet.js";
import { Store } from "./store.js";
import { showTour } from "./tour/tour.js";
import { catchUp, hear, openPhone, showPanel } from "./wechat_side/wechat.js";

const WIDE = 1280, NARROW = matchMedia("(max-width: 760px)");
const parts = Object.fromEntries([...document.querySelectorAll("body [id]")].map((one) => [one.id, one]));
const place = placeOf(location.hash);
const reading = new Reading();
const known = { manifest: null, usage: [] };
let store = null, scene = null, behindAt = "", isLost = false;

const draw = beforePaint(show);
const ways = {
  tell,
  redraw: () => draw(),
  go: (channel) => {
    move({ channel, thread: "" });
    begin();
  },
  become: (person, channel = place.channel) => move({ person, channel, thread: "" }),
  openThread: (thread) => {
    move({ thread });
    if (!thread) begin();
  },
  openPhone: (code, person) => openPhone(code, scene, person),
  openPanel: (tab) => {
    parts.behind.hidden = false;
    showPanel(parts.behind, scene, tab);
    draw();
  },
};
const sheet = new Sheet(parts, reading, { fail, older: showOlder });

/** Look with the eyes of the person of the place; until her state is there, the other's stays. */
function sit() {
  store?.close();
  store = new Store(place.person, { changed, hint, lost: lose });
  return store.open().then(show);
}

function move(changes) {
  const before = place.person;
  Object.assign(place, changes);
  document.body.classList.remove("drawn");
  tell("");
  if (place.person !== before) return sit();
  show();
  return null;
}

/** Let the person type at once, as Slack does; on a phone that would raise the keyboard. */
function begin() {
  if (!NARROW.matches && !document.querySelector("dialog[open]")) sheet.begin();
}

function tell(words, isBad = false) {
  parts.told.textContent = words;
  parts.told.classList.toggle("bad", isBad);
}

/** Say why something could not be done. */
function fail(error) {
  return error instanceof Gone ? lose() : tell(error.message, true);
}

/** Say that the sandbox does not answer; the stream of changes tells when it does again. */
function lose() {
  isLost = true;
  if (scene) return tell(scene.say("lost"), true);
  // an address can name somebody whom nobody knows
  return place.person === FIRST.person ? null : move(FIRST);
}

function changed(change) {
  if (change && scene) announce(parts.heard, change, scene);
  if (isLost) comeBack();
  // everything was asked for anew, for nobody knows what was missed: WeChat's side asks, too
  if (!change && scene) catchUp(scene);
  draw();
}

function comeBack() {
  isLost = false;
  tell("");
  if (!known.manifest) learn().catch(lose);
}

function hint(event) {
  if (scene) hear(event, scene);
  if (scene && event.type === "tour") showTour(parts.tour, scene, event);
}

function show() {
  if (!store.state) return;
  place.channel = settled(place.channel, store.state.channels);
  scene = { ...sceneOf(store, place, ways), ...known };
  reading.begin(scene.now);
  keepPlace(place, scene.channels);
  findThread();
  sheet.show(scene);
  showFrame(parts, scene, (channel) => reading.news(scene.person, channel, store.conversations.get(channel.id)));
  showModal(scene.modals, scene);
  showWeChat();
  showTour(parts.tour, scene);
}

/** Show WeChat's side to another person anew, or when it is opened; else it hears for itself what is new. */
function showWeChat() {
  const looks = `${place.person} ${parts.behind.hidden}`;
  if (looks === behindAt) return;
  behindAt = looks;
  showPanel(parts.behind, scene);
}

/** Fetch what came before until the thread is there that the address names; one that never was is not looked for. */
async function findThread() {
  const { conversation, channel } = scene, isOlder = place.thread && place.thread < conversation?.oldest;
  if (isOlder && conversation.hasMore && (await store.older(channel.id))) draw();
}

/** Show what came before the oldest message shown; `holding` leaves what the reader reads where it is. */
async function showOlder(holding) {
  const { conversation, channel } = scene ?? {};
  if (conversation?.hasMore && (await store.older(channel.id))) holding(show);
}

/** Put away the forms that a reload left open: Slack does not show them again, either. */
function putAwayForms() {
  const [{ type }] = performance.getEntriesByType("navigation"), [root] = scene?.modals ?? [];
  return type === "reload" && root && scene.attempt(act("dismiss", { view_id: root.id, all: true }));
}

/** Ask for what the composer completes; it does not change while the page is open. */
async function learn() {
  [known.manifest, known.usage] = await Promise.all([look("manifest"), look("usage")]);
  draw();
}

parts.behind.hidden = innerWidth < WIDE;
addEventListener("hashchange", () => {
  const to = placeOf(location.hash), isKnown = scene?.people.some((one) => one.name === to.person);
  // whoever wrote a name that nobody has, stays who she is
  move(isKnown ? to : { ...to, person: place.person });
});
parts.skip.addEventListener("click", (event) => {
  event.preventDefault();
  sheet.begin();
});
parts.messages.addEventListener("pointerdown", () => document.body.classList.remove("drawn"));
listen(() => scene);
sit().then(putAwayForms).then(begin);
learn().catch(lose);
