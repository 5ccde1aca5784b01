// The messages of a conversation as one person sees them.

import { blocks } from "./blocks.js";
import { dayOf, fully, timeOfDay } from "./dates.js";
import { enlarge } from "./dialogs.js";
import { el, keep } from "./dom.js";
import { emoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { phone } from "./phone.js";

const NEAR_THE_END = 60;

/** Let `list` follow what comes, also the pictures that come late, as long as the reader is at its end. */
export function follow(list) {
  const toEnd = () => list.follows && (list.scrollTop = list.scrollHeight);
  list.follows = true;
  list.addEventListener("scroll", () => {
    list.follows = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END;
  });
  list.addEventListener("load", toEnd, { capture: true });
  new MutationObserver(toEnd).observe(list, { childList: true });
}

/** Show the messages in `list`. */
export function showMessages(list, channel, scene) {
  keep(list, rows(channel, scene), {
    key: (row) => row.key,
    draw: (row) => row.draw(),
    like: (row) => row.looks,
  });
}

function rows(channel, scene) {
  const { messages } = channel;
  const parents = messages.filter((one) => !threadOf(one, messages));
  const drawn = [];
  let day = null;
  for (const message of parents) {
    const next = dayOf(Number(message.ts), scene.person, scene.now);
    if (next !== day) drawn.push(divider((day = next), message.ts));
    drawn.push(row(message, messages.filter((one) => threadOf(one, messages) === message.ts), scene));
  }
  return drawn.length ? drawn : [empty(scene)];
}

/** Return the ts of the message that `message` answers, if that is still to be seen. */
function threadOf(message, all) {
  const ts = message.thread_ts;
  return ts && ts !== message.ts && all.some((one) => one.ts === ts) ? ts : null;
}

function divider(day, ts) {
  return { key: `day ${ts}`, looks: day, draw: () => el("li", { class: "day", role: "separator" }, el("span", {}, day)) };
}

function empty(scene) {
  const words = scene.say("nothing_said");
  return { key: "nothing", looks: words, draw: () => el("li", { class: "nothing" }, words) };
}

function row(message, replies, scene) {
  return {
    key: message.ts,
    // what a date is called, and what a channel is, may change while the message does not
    looks: JSON.stringify([message, replies, scene.person.id, dayOf(scene.now, scene.person, 0), scene.channels.length]),
    draw: () => el("li", { class: "row" }, article(message, scene), replies.length ? thread(replies, scene) : null),
  };
}

function thread(replies, scene) {
  return el("section", { class: "thread", "aria-label": scene.say("replies", { count: replies.length }) },
    el("small", {}, scene.say("replies", { count: replies.length })),
    replies.map((reply) => article(reply, scene)));
}

function article(message, scene) {
  const author = scene.people.find((one) => one.id === message.user);
  const touch = (element, value) => scene.touch(message.ts, element, value);
  const said = message.blocks.length ? blocks(message.blocks, scene, touch) : el("p", {}, mrkdwn(message.text, scene));
  return el("article", { class: message.ephemeral_to ? "message ephemeral" : "message", "data-ts": message.ts },
    avatar(author),
    el("div", { class: "said" },
      message.ephemeral_to && el("small", { class: "only-you" }, emoji("eye"), " ", scene.say("only_you")),
      heading(message, author, scene),
      said,
      message.edited && el("small", { class: "edited" }, scene.say("edited")),
      message.files.map((one) => file(one, scene))));
}

function heading(message, author, scene) {
  const at = Number(message.ts);
  return el("header", {},
    el("strong", {}, author?.real_name ?? message.user),
    author?.is_app && el("span", { class: "badge" }, scene.say("app")),
    el("time", { title: fully(at, scene.person) }, timeOfDay(at, scene.person)));
}

/** Return an uploaded file: a picture to look at, or a card to download it with. */
function file(one, scene) {
  const { url, title, name } = one;
  if (url && /^image\/(png|jpeg|gif|webp)$/.test(one.mimetype)) {
    const image = el("img", { src: url, alt: title, loading: "lazy" });
    return el("figure", { class: "file" },
      el("figcaption", {}, title, " ", el("a", { href: url, download: name }, scene.say("download"))),
      el("button", { type: "button", class: "picture", title: scene.say("enlarge"),
        onclick: () => enlarge(url, title, scene.say) }, image),
      one.code && phone(one.code, scene));
  }
  const size = `${Math.max(1, Math.round(one.size / 1024))} KB`;
  return el("div", { class: "file card" },
    el("span", { class: "kind" }, name.split(".").pop().toUpperCase()),
    el("span", { class: "words" }, el("strong", {}, title), el("small", {}, `${name} · ${size}`)),
    url ? el("a", { href: url, download: name }, scene.say("download")) : el("small", {}, scene.say("not_kept")));
}
