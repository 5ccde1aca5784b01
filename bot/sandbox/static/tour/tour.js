// The guided tour: the sandbox plays it, every open page follows. This page is moved along, and shows what is told.

import { act, coalesced, look } from "../api.js";
import { el } from "../dom.js";
import { newest, toEnd } from "../shell/list.js";
import { makeRoom } from "../wechat_side/wechat.js";
import { speaker } from "../words.js";
import { showInvitation } from "./invitation.js";
import { listen } from "./keys.js";
import { showStrip } from "./strip.js";
import { keepTyped, takeBack, typeOut } from "./typewriter.js";

// whether this page began the tour, so that it ends it, too: a reload does not change that
const MINE = "tour-is-mine";
// `led`: the step the page was brought to; `before`: what was the newest message there; `left`: the telling that is
// not followed
const page = {
  strip: null, scene: null, told: null, led: "", before: "", left: 0, locale: "", button: null, look() {},
};
const stepOf = ({ telling, step }) => `${telling}/${step}`;
const messages = () => document.getElementById("messages");
const isLeft = () => page.left === page.told.telling;

/** Return the button that plays the tour. */
export function showMe({ say, person }) {
  if (page.button?.lang !== person.locale) {
    const words = { lang: person.locale, "aria-label": say("tour_play"), title: say("tour_play_why") };
    page.button = el("button", { type: "button", class: "tool show-me", ...words, onclick: DOES.play },
      el("span", { "aria-hidden": "true" }, "▶"), el("span", {}, say("tour_play")));
  }
  return page.button;
}

/** Show the tour in `strip`, whenever the page is drawn; `event` is what the stream of changes told of it. */
export function showTour(strip, scene, event) {
  const isFirst = !page.strip, isAnother = page.scene?.person.id !== scene.person.id;
  Object.assign(page, { strip, scene });
  page.look();
  invite();
  if (isFirst) listen(() => Boolean(strip.firstChild), DOES);
  if (event) hear(event);
  // what was told while the page changed from one person's stream to another's is asked for
  else if (isAnother) attempt(catchUp().then(isFirst ? beginWithPage : undefined));
}

async function play() {
  sessionStorage.setItem(MINE, "yes");
  Object.assign(page, { left: 0, led: "" });
  hearAnswer(await act("tour", { action: "play", language: page.scene.person.locale }));
}

const next = () => act("tour", { action: "next" });

/** End the tour if it is this page's, or else only follow it no longer. */
function leave() {
  page.left = page.told.telling;
  messages().after = null;
  takeBack();
  show();
  const isMine = sessionStorage.getItem(MINE);
  sessionStorage.removeItem(MINE);
  return isMine && act("tour", { action: "stop" });
}

/** Play where `wxqr sandbox --tour` was asked for: anew for every time the page is loaded. */
async function beginWithPage({ begins_itself: isAsked }) {
  if (!isAsked) return;
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type === "reload") await act("tour", { action: "stop" });
  await play();
}

async function catchUp() {
  const told = await look("tour");
  if (!page.told) Object.assign(page, { told, locale: page.scene.person.locale });
  invite();
  // what was over before the page was opened is no news
  if (page.led || !told.is_over) hearAnswer(told);
  return told;
}

/** Hear an answer of the sandbox, unless the stream was faster and has told more. */
function hearAnswer(told) {
  if (told.number >= page.told.number) hear(told);
}

/** Invite who has just come, once it is known that no tour is told. */
function invite() {
  const { told, scene } = page, isOver = Boolean(told?.caption || told?.begins_itself);
  if (told) showInvitation(document.getElementById("invitation"), scene, { isOver, play: DOES.play });
}

function hear(told) {
  // a telling goes on in the language of who looked when it began
  if (told.telling !== page.told?.telling) page.locale = page.scene.person.locale;
  page.told = told;
  page.look();
  invite();
  follow();
}

const follow = coalesced(async () => {
  const { told } = page;
  show();
  if (isLeft()) return;
  if (stepOf(told) !== page.led && told.caption) await lead(told);
  if (page.told !== told) return;
  toEnd(messages(), page.before);
  if (told.typing) await typeOut(told.typing, told.letter, () => page.told === told && !isLeft());
  else takeBack();
  if (told.is_over) end();
});

function end() {
  page.led = "";
  sessionStorage.removeItem(MINE);
}

/** Bring the page to where the step is. */
async function lead(told) {
  page.led = stepOf(told);
  takeBack();
  page.scene.become(told.person, told.channel);
  await arrival(told);
  page.before = newest(messages());
  if (stepOf(page.told) === page.led) await openBeside(told);
}

/** Open what the step shows beside Slack; whoever goes through the tour by keyboard keeps the focus. */
async function openBeside({ thread, show, tab, phone, code }) {
  const { activeElement: held } = document;
  if (thread) page.scene.openThread(thread);
  if (show === "slack") makeRoom(null);
  if (show === "panel") page.scene.openPanel(tab);
  if (show === "phone") await page.scene.openPhone(code, phone);
  if (held === document.body) document.activeElement.blur();
  else held.focus({ preventScroll: true });
  page.scene.redraw();
}

/** Wait until the page shows what the step is about, or the next one is told. */
function arrival(told) {
  return new Promise((arrived) => {
    page.look = () => {
      const { person, place } = page.scene;
      const isThere = person.name === told.person && place.channel === told.channel;
      if (isThere || stepOf(page.told) !== stepOf(told)) arrived();
    };
    page.look();
  });
}

/** Let the reader begin where the tour ends: the first command stands in the composer. */
function tryIt() {
  const left = leave();
  typeOut(page.scene.say("tour_first"), 0, () => true);
  keepTyped();
  return left;
}

/** Say where the sandbox is gone; what becomes of the tour is told by the stream. */
function attempt(doing) {
  return page.scene.attempt(Promise.resolve(doing).then(() => null));
}

const attempting = (deed) => () => attempt(deed());
const DOES = {
  next: attempting(next), leave: attempting(leave), play: attempting(play), tryIt: attempting(tryIt),
};

function show() {
  const { strip, told, locale } = page;
  const isShown = told.caption && !isLeft();
  showStrip(strip, isShown ? told : null, speaker(locale), { ...DOES, locale });
}
