// Slack's mrkdwn as nodes: https://docs.slack.dev/messaging/formatting-message-text

import { dated } from "../dates.js";
import { el } from "../dom.js";
import { emoji } from "./emoji.js";

// Slack reads a mark only at the edge of a word, and takes no Chinese character for an edge
const EDGE = "[\\s!-/:-@\\[-`{-~\\u2010-\\u2027]";
const BEFORE = `(?<=^|${EDGE})`, AFTER = `(?=$|${EDGE})`;
const TOKEN = /<([^<>\n]+)>/g;
const INLINE = new RegExp(
  `${BEFORE}\`(?<code>[^\`\\n]+)\`${AFTER}|<(?<token>[^<>\\n]+)>|:(?<emoji>[a-z0-9_+-]+):(?::skin-tone-[2-6]:)?|` +
    `${BEFORE}(?<mark>[*_~])(?=\\S)(?<marked>[^\\n]+?)(?<=\\S)\\k<mark>${AFTER}|` +
    "(?<address>https?://[^\\s<>|]*[^\\s<>|.,;:!?)\\]'\"])",
  "gu",
);
const MARKS = { "*": "strong", _: "em", "~": "s" };
const BROADCASTS = ["here", "channel", "everyone"];

/** Return the nodes of a text; `scene` knows the people, the channels, the reader and the time. */
export function mrkdwn(text, scene, verbatim = false) {
  const reader = { scene, verbatim };
  return text.split(/\n?```\n?([^]*?)\n?```\n?/).flatMap((piece, at) =>
    at % 2 ? el("pre", {}, plainly(piece)) : quoted(piece, reader));
}

/** Return the nodes of a text object of Block Kit. */
export function textOf(object, scene) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, scene, object.verbatim) : emojis(object);
}

/** Return the nodes of lines, of which some are quoted: one after ">", all that follow after ">>>". */
function quoted(text, reader) {
  const [mark, at] = [...text.matchAll(/^(?:&gt;|>){3} ?/gm)].map((one) => [one[0], one.index])[0] ?? [];
  if (mark) return [...quoted(text.slice(0, at), reader), quote(text.slice(at + mark.length), reader)];
  return text.split(/((?:^(?:&gt;|>)[^\n]*\n?)+)/m).flatMap((part, at, { length }) => {
    if (at % 2) return quote(unquoted(part), reader);
    return lines(at < length - 1 ? part.replace(/\n$/, "") : part, reader);
  });
}

const unquoted = (text) => text.replace(/^(?:&gt;|>) ?/gm, "").replace(/\n$/, "");
const quote = (text, reader) => el("blockquote", {}, lines(text, reader));

function lines(text, reader) {
  return text.split("\n").flatMap((line, at) => [...(at ? ["\n"] : []), ...inline(line, reader)]);
}

function inline(text, reader) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(decoded(text.slice(from, match.index)), ...drawn(match, reader));
    from = match.index + match[0].length;
  }
  return [...nodes, decoded(text.slice(from))].filter((node) => node !== "");
}

function drawn({ 0: whole, groups }, reader) {
  const { code, token, emoji: name, address, mark, marked } = groups;
  if (code !== undefined) return [el("code", {}, plainly(code))];
  if (token !== undefined) return [meant(token, reader.scene)];
  if (name !== undefined) return [emoji(name) ?? whole];
  if (address !== undefined) return [reader.verbatim ? decoded(address) : link(decoded(address))];
  return [el(MARKS[mark], {}, inline(marked, reader))];
}

/** Return what stands in <angle brackets>. */
function meant(inside, scene) {
  const [target, label] = inside.split("|", 2), name = target.slice(1);
  if (target.startsWith("@")) return user(name, label, scene);
  if (target.startsWith("#")) return channel(name, label, scene);
  if (target.startsWith("!date^")) return date(target, label, scene);
  if (target.startsWith("!subteam^")) return group(label ?? `@${name.split("^")[1]}`);
  if (target.startsWith("!")) return BROADCASTS.includes(name) ? broadcast(name) : group(`<${decoded(label ?? name)}>`);
  return link(decoded(target), decoded(label ?? target));
}

function date(target, fallback, scene) {
  const [, at, format, address] = target.split("^");
  const moment = Number(at), isMoment = at && format && Number.isFinite(moment);
  const said = isMoment ? dated(moment, format, scene.person, scene.now) : decoded(fallback ?? target);
  const words = el("time", { title: fallback }, said);
  return address ? link(decoded(address), words) : words;
}

function emojis({ text, emoji: wanted = true }) {
  return text.split(/:([a-z0-9_+-]+):/).map((piece, at) => (at % 2 ? (wanted && emoji(piece)) || `:${piece}:` : piece));
}

/** Return code as it is read: an address in it stands there without its brackets. */
function plainly(code) {
  return decoded(code.replace(TOKEN, (_, inside) => inside.split("|").at(-1)));
}

function decoded(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * Return the name of a person; who is named herself sees it marked.
 * https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 */
export function user(id, label, scene) {
  const me = id === scene.person.id ? "mention me" : "mention";
  return el("span", { class: me }, `@${scene.nameOf(id) ?? label ?? id}`);
}

/** Return the name of a channel, which leads there if the reader is a member. */
export function channel(id, label, scene) {
  const known = scene.channels.find((one) => one.id === id);
  if (!known) return group(`#${label || (scene.channel_names[id] ?? id)}`);
  return el("button", { type: "button", class: "mention", onclick: () => scene.go(id) }, `#${known.name}`);
}

/** Return the name of a group of people. */
export function group(name) {
  return el("span", { class: "mention" }, name);
}

/** Return @here, @channel or @everyone, which is for who reads it, too. */
export function broadcast(range) {
  return el("span", { class: "mention me" }, `@${range}`);
}

/** Return whether an address leads to the web, or to a file of the sandbox: a script can be an address, too. */
export const isWebAddress = (href) => /^(https?:\/\/|\/slack\/files\/)/i.test(href);

/** Return a link to a web or mail address; any other scheme is only its words. */
export function link(href, words = href) {
  if (!/^(https?:|mailto:)/i.test(href)) return el("span", {}, words);
  return el("a", { href, target: "_blank", rel: "noreferrer noopener" }, words);
}
