// Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { dated } from "../dates.js";
import { el } from "../dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channel, group, link, user } from "./mrkdwn.js";

const STYLES = {
  bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark", client_highlight: "mark",
};
const SECTIONS = { rich_text_section: "p", rich_text_quote: "blockquote", rich_text_preformatted: "pre" };
const POINTS = { bullet: ["disc", "circle", "square"], ordered: ["decimal", "lower-alpha", "lower-roman"] };
const INLINE = {
  text: (one) => one.text,
  emoji: (one) => emoji(one.name) ?? (one.unicode ? characters(one.unicode) : `:${one.name}:`),
  user: (one, scene) => user(one.user_id, null, scene),
  channel: (one, scene) => channel(one.channel_id, null, scene),
  usergroup: (one) => group(`@${one.usergroup_id}`),
  team: (one, scene) => group(`@${scene.team_name ?? one.team_id}`),
  broadcast: (one) => broadcast(one.range),
  color: (one) => [el("span", { class: "swatch", style: `--colour: ${colour(one.value)}` }), one.value],
  date: (one, scene) => moment(one, scene),
  link: (one) => link(one.url, one.text ?? one.url),
};

/** Return the nodes of a rich_text block. */
export function rich(block, scene) {
  return block.elements.map((one) => (one.type === "rich_text_list" ? list(one, scene) : section(one, scene)));
}

/** Return what the elements of one section say. */
function line(elements, scene) {
  return elements.map((one) => styled(INLINE[one.type]?.(one, scene) ?? one.text ?? "", one.style ?? {}));
}

function section(one, scene) {
  return el(SECTIONS[one.type] ?? "p", { class: one.border ? "bordered" : null }, line(one.elements, scene));
}

/** Return a list; Slack sends a list inside a list as one of its own, further in. */
function list({ style, indent = 0, offset = 0, border, elements }, scene) {
  const points = POINTS[style] ?? POINTS.bullet;
  return el(style === "ordered" ? "ol" : "ul", {
    class: border ? "bordered" : null, start: offset ? String(offset + 1) : null,
    style: `--indent: ${indent}; list-style-type: ${points[indent % points.length]}`,
  }, elements.map((item) => el("li", {}, line(item.elements, scene))));
}

function styled(node, style) {
  return Object.keys(STYLES).reduce((inner, name) => (style[name] ? el(STYLES[name], {}, inner) : inner), node);
}

function moment({ timestamp, format, url, fallback }, scene) {
  const said = Number.isFinite(timestamp) ? dated(timestamp, format, scene.person, scene.now) : fallback;
  const words = el("time", { title: fallback }, said ?? String(timestamp));
  return url ? link(url, words) : words;
}

/** Return the characters of "1f44b-1f3fd". */
function characters(unicode) {
  return String.fromCodePoint(...unicode.split("-").map((one) => parseInt(one, 16)));
}

/** Return a colour as CSS takes it: nothing else of what an app sends gets into a style. */
function colour(value) {
  return /^#[0-9a-f]{3,8}$/i.test(value) ? value : "transparent";
}
