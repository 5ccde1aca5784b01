// The messages of a conversation, one row each, drawn again only when something in it changed; where the reader is
// in their list: at its end she is kept there, at its start what is older is fetched.

import { article } from "../blockkit/message.js";
import { dated, dayNumber, dayOf } from "../dates.js";
import { el, keep } from "../dom.js";
import { icon } from "../icons.js";
import { APP, avatar } from "./avatar.js";

// within this many seconds what one author says stands under one name, as in Slack
const BREATH = 300;
const FACES = 5;
const NEAR_THE_END = 60;
const NEAR_THE_START = 600;
const HELD = 3;
// of what is heard, in letters
const LONGEST = 120;

/**
 * Show what stands in the channel itself: a part for each day, in it the day's name, which stays in sight while that
 * day is read and no longer, and some messages to a leaf: of thousands, the browser then minds only the leaves in
 * sight. `unreadFrom` is the ts after which everything is new to the reader.
 */
export function showMessages(list, conversation, scene, unreadFrom) {
  const days = Map.groupBy(conversation.roots, ({ ts }) => dayNumber(Number(ts), scene.person));
  const parts = [...days.keys()].map((day) => ({ key: day, looks: "", draw: () => el("div", {}) }));
  if (!conversation.hasMore) parts.unshift(beginning(scene));
  show(list, parts);
  let isNew = !unreadFrom;
  for (const [day, messages] of days) {
    const fresh = isNew ? null : messages.find((one) => one.ts > unreadFrom);
    isNew ||= Boolean(fresh);
    showDay(list.kept.get(day).node, messages, { conversation, scene, fresh });
  }
}

function showDay(part, messages, { conversation, scene, fresh }) {
  const rows = rowsOf(messages, { conversation, scene, fresh });
  const leaves = Map.groupBy(rows, ({ ts }) => conversation.leaf(ts));
  const words = dayOf(Number(messages[0].ts), scene.person, scene.now);
  show(part, [
    { key: "line", looks: "", draw: () => el("div", { class: "rule" }) },
    divider("day", words),
    // how many rows it begins with tells how high it will be, about
    ...[...leaves].map(([key, { length }]) => (
      { key, looks: "", draw: () => el("div", { class: "leaf", style: `--rows: ${length}` }) })),
  ]);
  for (const [key, ofIt] of leaves) show(part.kept.get(key).node, ofIt);
}

/** Return a day's rows, with a line before `fresh`, the first message that is new to the reader. */
function rowsOf(messages, { conversation, scene, fresh }) {
  const today = dayNumber(scene.now, scene.person);
  return messages.flatMap((message, at) => {
    const isFresh = message === fresh;
    const own = row(message, !isFresh && messages[at - 1], conversation.replies(message.ts), scene, today);
    return isFresh ? [{ ...divider("new", scene.say("fresh")), ts: message.ts }, own] : [own];
  });
}

/** Show a thread: the message it hangs under, how many answers there are, and these. */
export function showReplies(list, root, replies, scene) {
  const count = { key: "count", looks: replies.length, draw: () => counted(replies.length, scene) };
  const rows = [root, ...replies].map((one, at, all) => row(one, all[at - 1] !== root && all[at - 1], [], scene));
  show(list, replies.length ? rows.toSpliced(1, 0, count) : rows);
}

function show(list, rows) {
  keep(list, rows, { key: (one) => one.key, draw: (one) => one.draw(), like: (one) => one.looks });
}

function divider(kind, words) {
  return { key: kind, looks: words,
    draw: () => el("div", { class: kind, role: "separator", "aria-label": words }, el("span", {}, words)) };
}

/** Return what Slack says where a conversation begins. */
function beginning({ channel, say }) {
  const isApp = channel.kind === "im", name = isApp ? "wxqr" : channel.name;
  return { key: "beginning", looks: [name, say("beginning")], draw: () => el("header", { class: "beginning" },
    el("h2", {}, isApp ? avatar(APP) : icon(channel.kind === "groups" ? "lock" : "hash"), name),
    el("p", {}, say(isApp ? "beginning_app" : "beginning", { channel: name }))) };
}

function counted(count, { say }) {
  return el("div", { class: "counted" }, el("span", {}, say(count === 1 ? "one_reply" : "replies", { count })));
}

function row(message, before, replies, scene, today = null) {
  const isContinued = Boolean(before) && continues(message, before);
  return {
    key: message.ts, ts: message.ts,
    // what a date is called, and what a channel is, may change while the message does not
    looks: [message, replies, isContinued, today, scene.person.id, scene.channels.length],
    draw: () => el("div", { class: "row" },
      message.is_gone ? gone(scene) : article(message, scene, { isContinued, isInThread: today === null }),
      replies.length ? summary(message, replies, scene) : null),
  };
}

/** Return whether `message` stands under the name of the one before it. */
function continues(message, before) {
  const isAlike = ["user", "ephemeral_to", "via"].every((part) => message[part] === before[part]);
  return isAlike && !before.thread_ts && Number(message.ts) - Number(before.ts) < BREATH && !message.ephemeral_to;
}

function gone({ say }) {
  return el("p", { class: "gone" }, say("deleted"));
}

/** Return the button that opens the thread; what only one person sees is not counted, as in Slack. */
function summary(message, replies, scene) {
  const { say, people, openThread } = scene;
  const shown = replies.filter((one) => !one.ephemeral_to);
  if (!shown.length) return null;
  const authors = [...new Set(shown.map((one) => one.user))].slice(0, FACES);
  const last = dated(Number(shown.at(-1).ts), "{ago}", scene.person, scene.now);
  return el("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) },
    authors.map((id) => avatar(people.find((one) => one.id === id))),
    el("b", {}, say(shown.length === 1 ? "one_reply" : "replies", { count: shown.length })),
    el("small", {}, say("last_reply", { when: last })));
}

/** Tell in `region`, in few words, who does not see the page: who said what, if before the person and by another. */
export function announce(region, { type, channel, message }, { place, person, nameOf, say }) {
  if (type !== "message" || channel !== place.channel || message.user === person.id) return;
  const what = message.text || message.files[0]?.title || say("a_file");
  const short = what.length > LONGEST ? `${what.slice(0, LONGEST)}…` : what;
  region.textContent = say("heard", { who: nameOf(message.user) ?? message.user, what: short });
}

/** Let `list` follow what comes, also the pictures that come late, as long as the reader is at its end. */
export function follow(list) {
  Object.assign(list, { follows: true, wasAt: 0, after: null });
  const keepUp = () => list.follows && toEnd(list, list.after);
  list.addEventListener("scroll", () => {
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END;
    if (isAtEnd && list.scrollTop > list.wasAt) list.after = null;
    // what grows takes the end away from under her: she herself leaves it only by going up
    list.follows = isAtEnd || (list.follows && list.scrollTop >= list.wasAt);
    list.wasAt = list.scrollTop;
  }, { passive: true });
  list.addEventListener("load", keepUp, { capture: true });
  // a leaf that comes into sight turns out higher than it was thought to be, and so does the part it is in
  const sizes = new ResizeObserver(keepUp);
  sizes.observe(list);
  new MutationObserver((changes) => {
    for (const { removedNodes, addedNodes } of changes.filter(({ target }) => target === list)) {
      for (const gone of removedNodes) sizes.unobserve(gone);
      for (const part of addedNodes) sizes.observe(part);
    }
    keepUp();
  }).observe(list, { childList: true, subtree: true });
}

/**
 * Go to the end of `list` and stay there; but of what came after the ts `after`, or else of the newest message, show
 * the head, if not all of it can be seen.
 */
export function toEnd(list, after = null) {
  Object.assign(list, { follows: true, after });
  list.scrollTop = list.scrollHeight;
  const hidden = after === null ? 0 : hiddenOf(headOf(list, after), list);
  if (hidden > 0) list.scrollTop -= hidden;
  list.wasAt = list.scrollTop;
}

/** Return the ts of the newest message in `list`. */
export const newest = (list) => [...list.querySelectorAll("[data-ts]")].at(-1)?.dataset.ts ?? "";

function headOf(list, after) {
  const all = [...list.querySelectorAll("[data-ts]")];
  return all.find((one) => one.dataset.ts > after) ?? all.at(-1);
}

/** Return how much of a message is above what is seen of the list, or under the day's name, which floats there. */
function hiddenOf(message, list) {
  const floats = parseFloat(getComputedStyle(list).scrollPaddingBlockStart) || 0;
  return message ? list.getBoundingClientRect().top + floats - message.getBoundingClientRect().top : 0;
}

/** Call `more` when the reader comes near the start of `list`. */
export function atStart(list, more) {
  list.addEventListener("scroll", () => list.scrollTop < NEAR_THE_START && more(), { passive: true });
}

/** Do what puts rows above the reader's, and leave what she reads where it is. */
export function holding(list, change) {
  const { top } = list.getBoundingClientRect(), topOf = (one) => one.getBoundingClientRect().top;
  const isInSight = (one) => one.getBoundingClientRect().bottom > top;
  const leaf = [...list.querySelectorAll(".leaf")].find(isInSight);
  const rows = [...(leaf?.querySelectorAll(".row") ?? [])], first = rows.findIndex(isInSight);
  // the first may be drawn anew: with another before it, it may stand under that one's name
  const held = rows.slice(first, first + HELD).map((row) => ({ row, before: topOf(row) }));
  change();
  const still = held.find(({ row }) => row.isConnected);
  if (still) list.scrollTop += topOf(still.row) - still.before;
}
