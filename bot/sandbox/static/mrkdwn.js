// Slack's mrkdwn as nodes: https://docs.slack.dev/messaging/formatting-message-text

import { dated } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";

// Slack reads a mark only at the edge of a word, and takes no Chinese character for an edge
const EDGE = "[\\s!-/:-@\\[-`{-~\\u2010-\\u2027]";
const BEFORE = `(?<=^|${EDGE})`, AFTER = `(?=$|${EDGE})`;
const INLINE = new RegExp(
  `${BEFORE}\`(?<code>[^\`\\n]+)\`${AFTER}|<(?<token>[^<>\\n]+)>|:(?<emoji>[a-z0-9_+-]+):|` +
    `${BEFORE}(?<mark>[*_~])(?=\\S)(?<marked>[^\\n]+?)(?<=\\S)\\k<mark>${AFTER}`,
  "gu",
);
const MARKS = { "*": "strong", _: "em", "~": "s" };

/** Return the nodes of a text; `scene` knows the people, the channels, the reader and the time. */
export function mrkdwn(text, scene) {
  return text.split(/```\n?([^]*?)```/).flatMap((piece, at) =>
    at % 2 ? el("pre", {}, decoded(piece)) : quoted(piece, scene));
}

/** Return the nodes of a text object of Block Kit. */
export function textOf(object, scene) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, scene) : emojis(object.text);
}

function quoted(text, scene) {
  const nodes = [];
  for (const [at, line] of text.split("\n").entries()) {
    const quote = /^(?:&gt;|>) ?(.*)/.exec(line);
    if (quote) nodes.push(el("blockquote", {}, inline(quote[1], scene)));
    else nodes.push(...(at && nodes.at(-1)?.tagName !== "BLOCKQUOTE" ? ["\n"] : []), ...inline(line, scene));
  }
  return nodes;
}

function inline(text, scene) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(decoded(text.slice(from, match.index)), ...drawn(match, scene));
    from = match.index + match[0].length;
  }
  return [...nodes, decoded(text.slice(from))].filter((node) => node !== "");
}

function drawn({ 0: whole, groups }, scene) {
  if (groups.code !== undefined) return [el("code", {}, decoded(groups.code))];
  if (groups.token !== undefined) return [token(groups.token, scene)];
  if (groups.emoji !== undefined) return [emoji(groups.emoji) ?? whole];
  return [el(MARKS[groups.mark], {}, inline(groups.marked, scene))];
}

function token(inside, scene) {
  const [target, label] = inside.split("|", 2);
  if (target.startsWith("@")) return mention(`@${scene.nameOf(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("#")) return channel(target.slice(1), label, scene);
  if (target.startsWith("!date^")) return date(target, label, scene);
  if (target.startsWith("!")) return mention(`@${label ?? target.slice(1)}`);
  return link(target, label);
}

function mention(name) {
  return el("span", { class: "mention" }, name);
}

function channel(id, label, scene) {
  const known = scene.channels.find((one) => one.id === id);
  if (!known) return mention(`#${label || id}`);
  return el("button", { type: "button", class: "mention", onclick: () => scene.go(id) }, `#${known.name}`);
}

function date(target, fallback, scene) {
  const [, at, format, address] = target.split("^");
  const words = el("time", { title: fallback }, dated(Number(at), format, scene.person, scene.now));
  return address ? link(address, words) : words;
}

/** Return a link to a web or mail address; any other scheme is only its words. */
function link(address, label) {
  const href = decoded(address), words = typeof label === "string" ? decoded(label) : label ?? href;
  if (!/^(https?:|mailto:)/i.test(href)) return el("span", {}, words);
  return el("a", { href, target: "_blank", rel: "noreferrer noopener" }, words);
}

function emojis(text) {
  return text.split(/:([a-z0-9_+-]+):/).map((piece, at) => (at % 2 ? emoji(piece) ?? `:${piece}:` : piece));
}

function decoded(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
