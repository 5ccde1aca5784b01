// Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { dated } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };
const SECTIONS = { rich_text_section: "span", rich_text_quote: "blockquote", rich_text_preformatted: "pre" };
const INLINE = {
  text: (one) => one.text,
  emoji: (one) => emoji(one.name) ?? `:${one.name}:`,
  user: (one, scene) => mention(`@${scene.nameOf(one.user_id) ?? one.user_id}`),
  channel: (one, scene) => mention(`#${scene.channels.find(({ id }) => id === one.channel_id)?.name ?? one.channel_id}`),
  broadcast: (one) => mention(`@${one.range}`),
  date: (one, scene) => el("time", { title: one.fallback }, dated(one.timestamp, one.format, scene.person, scene.now)),
  link: (one) => /^https?:/i.test(one.url)
    ? el("a", { href: one.url, target: "_blank", rel: "noreferrer noopener" }, one.text ?? one.url) : one.text ?? one.url,
};

/** Return the nodes of a rich_text block. */
export function rich(block, scene) {
  return block.elements.map((one) => one.type === "rich_text_list"
    ? el(one.style === "ordered" ? "ol" : "ul", {}, one.elements.map((item) => el("li", {}, line(item, scene))))
    : el(SECTIONS[one.type] ?? "span", {}, line(one, scene)));
}

function line(section, scene) {
  return section.elements.map((one) => styled(INLINE[one.type]?.(one, scene) ?? one.text ?? "", one.style ?? {}));
}

function styled(node, style) {
  return Object.keys(STYLES).reduce((inner, name) => (style[name] ? el(STYLES[name], {}, inner) : inner), node);
}

function mention(name) {
  return el("span", { class: "mention" }, name);
}
