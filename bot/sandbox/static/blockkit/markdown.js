// The markdown block: standard Markdown, as far as Slack reads it.
// https://docs.slack.dev/reference/block-kit/blocks/markdown-block

import { el } from "../dom.js";
import { emoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE = new RegExp([
  /`(?<code>[^`\n]+)`/,
  /!?\[(?<words>[^\]\n]*)\]\((?<address>[^)\s]+)[^)]*\)/,
  /\*\*(?<bold>\S(?:[^\n]*?\S)?)\*\*/,
  /__(?<strong>\S(?:[^\n]*?\S)?)__/,
  /(?<![\w*])[*](?<italic>[^\s*](?:[^*\n]*?[^\s*])?)[*]/,
  /(?<!\w)_(?<em>[^\s_](?:[^_\n]*?[^\s_])?)_(?!\w)/,
  /~~(?<strike>[^~\n]+)~~/,
  /:(?<emoji>[a-z0-9_+-]+):/,
  /<?(?<bare>https?:\/\/[^\s<>)]+)>?/,
  /\\(?<escaped>[\\`*_{}[\]()#+.!~|>-])/,
].map(({ source }) => source).join("|"), "gu");
const DRAWN = {
  code: ({ code }) => el("code", {}, code),
  words: ({ words, address }) => link(address, words || address),
  bold: ({ bold }) => el("strong", {}, inline(bold)),
  strong: ({ strong }) => el("strong", {}, inline(strong)),
  italic: ({ italic }) => el("em", {}, inline(italic)),
  em: ({ em }) => el("em", {}, inline(em)),
  strike: ({ strike }) => el("s", {}, inline(strike)),
  emoji: ({ emoji: name }) => emoji(name) ?? `:${name}:`,
  bare: ({ bare }) => link(bare),
  escaped: ({ escaped }) => escaped,
};
const FENCE = /^ {0,3}```/, HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/, RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?/, ITEM = /^(\s*)(?:([-*+])|(\d+)[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/, ROW = /^\s*\|.*\|\s*$/;
const KINDS = [
  { starts: FENCE, read: fenced },
  { starts: RULE, read: (lines) => [el("hr"), lines.slice(1)] },
  // Slack shows the headings of every level alike
  { starts: HEADING, read: ([line, ...rest]) => [el("h4", {}, inline(HEADING.exec(line)[2])), rest] },
  { starts: QUOTE, read: (lines) => wholly(lines, QUOTE, quote) },
  { starts: ROW, read: (lines) => wholly(lines, ROW, table) },
  { starts: ITEM, read: (lines) => wholly(lines, ITEM, (own) => list(own.map((line) => ITEM.exec(line)))) },
  { starts: /^\s*$/, read: (lines) => [null, lines.slice(1)] },
];

/** Return the nodes of a Markdown text. */
export function markdown(text) {
  return nodes(text.split("\n"));
}

function nodes(lines) {
  const made = [];
  while (lines.length) {
    const kind = KINDS.find(({ starts }) => starts.test(lines[0]));
    const [node, rest] = (kind?.read ?? paragraph)(lines);
    if (node) made.push(node);
    lines = rest;
  }
  return made;
}

/** Take the lines that look alike from the top, and return what `draw` makes of them, and the rest. */
function wholly(lines, look, draw) {
  const end = lines.findIndex((line) => !look.test(line)), own = end < 0 ? lines : lines.slice(0, end);
  return [draw(own), lines.slice(own.length)];
}

function paragraph(lines) {
  const end = lines.findIndex((line, at) => at && KINDS.some(({ starts }) => starts.test(line)));
  const own = end < 0 ? lines : lines.slice(0, end);
  return [el("p", {}, inline(own.join("\n"))), lines.slice(own.length)];
}

function fenced([, ...lines]) {
  const end = lines.findIndex((line) => FENCE.test(line)), own = end < 0 ? lines : lines.slice(0, end);
  return [el("pre", {}, own.join("\n")), lines.slice(own.length + 1)];
}

function quote(lines) {
  return el("blockquote", {}, nodes(lines.map((line) => line.replace(QUOTE, ""))));
}

/** Return a list; items that stand further in are lists inside their forerunner. */
function list(items) {
  const [[, margin, point, number]] = items;
  const own = [...items.keys()].filter((at) => items[at][1].length <= margin.length);
  return el(point ? "ul" : "ol", { start: number ?? null }, own.map((at, place) => {
    const inner = items.slice(at + 1, own[place + 1]), [, , , , ticked, words] = items[at];
    return el("li", {}, ticked && (ticked === " " ? "☐ " : "☑ "), inline(words), inner.length > 0 && list(inner));
  }));
}

function table(lines) {
  const rows = lines.map((line) => line.trim().slice(1, -1).split(/(?<!\\)\|/).map((one) => one.trim()));
  const [head, ...rest] = rows.filter((row) => !row.every((one) => /^:?-+:?$/.test(one)));
  return el("div", { class: "table" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((one) => el("th", { scope: "col" }, inline(one))))),
    el("tbody", {}, rest.map((row) => el("tr", {}, row.map((one) => el("td", {}, inline(one))))))));
}

function inline(text) {
  const made = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const name = Object.keys(DRAWN).find((one) => match.groups[one] !== undefined);
    made.push(text.slice(from, match.index), DRAWN[name](match.groups));
    from = match.index + match[0].length;
  }
  return [...made, text.slice(from)].filter((one) => one !== "");
}
