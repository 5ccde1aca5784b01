// Block Kit as Slack draws it: https://docs.slack.dev/reference/block-kit/blocks

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { chart } from "./charts.js";
import { element, unknown } from "./elements.js";
import { image, small } from "./files.js";
import { input } from "./forms.js";
import { markdown } from "./markdown.js";
import { isWebAddress, link, textOf } from "./mrkdwn.js";
import { rich } from "./rich.js";
import { dataTable, table } from "./tables.js";

const DRAWN = {
  section,
  header,
  context,
  alert,
  image,
  input,
  table,
  card,
  carousel,
  plan,
  video,
  file: remoteFile,
  divider: () => el("hr"),
  actions: (block, scene, touch) => row("actions", block, scene, touch),
  context_actions: (block, scene, touch) => row("actions small", block, scene, touch),
  markdown: (block) => el("div", { class: "prose" }, markdown(block.text)),
  rich_text: (block, scene) => el("div", { class: "prose" }, rich(block, scene)),
  data_table: dataTable,
  data_visualization: chart,
  task_card: task,
  container: (block, scene, touch) => container(block, scene, blocks(block.child_blocks, scene, touch)),
};

// Slack folds long sections, and does not say from where on; an attachment's text is folded from 700 characters on
const LONG = 700, MANY_LINES = 20;
const LEVELS = { default: "info", info: "info", warning: "warning", error: "bad", success: "good" };
const STATES = { pending: "waiting", in_progress: "busy", complete: "good", error: "bad" };

/** Return the nodes of `blocks`; `touch(element, value)` is called when something in them is used. */
export function blocks(all, scene, touch) {
  return all.map((block) => el("div", { class: "block", "data-block": block.type },
    drawn(block, scene, touch)));
}

/** Return a block drawn, or its JSON: of what the sandbox takes, not all can be drawn, and the rest still must be. */
function drawn(block, scene, touch) {
  try {
    return DRAWN[block.type]?.(block, scene, touch) ?? unknown(block, scene);
  } catch {
    return unknown(block, scene);
  }
}

function row(kind, block, scene, touch) {
  return el("div", { class: kind }, block.elements.map((one) => element(one, scene, touch)));
}

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
function section(block, scene, touch) {
  const { text, fields, accessory } = block;
  return el("div", { class: "section" },
    el("div", { class: "words" },
      text && folded(text, block.expand, scene),
      fields && el("div", { class: "fields" }, fields.map((field) => el("p", {}, textOf(field, scene))))),
    accessory && el("div", { class: "accessory" },
      accessory.type === "image" ? small(accessory, scene) : element(accessory, scene, touch)));
}

/** Return a text; what is long shows its beginning, unless the app wants all of it shown. */
function folded(text, expand, { say, ...scene }) {
  const words = el("p", {}, textOf(text, { say, ...scene }));
  if (expand || (text.text.length < LONG && text.text.split("\n").length < MANY_LINES)) return words;
  words.className = "folded";
  const button = el("button", { type: "button", class: "plain", "aria-expanded": "false", onclick: turn },
    say("see_more"));
  function turn() {
    const isFolded = words.classList.toggle("folded");
    button.textContent = say(isFolded ? "see_more" : "see_less");
    button.setAttribute("aria-expanded", String(!isFolded));
  }
  return [words, button];
}

/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
function header(block, scene) {
  return el("h3", {}, textOf(block.text, scene));
}

/** https://docs.slack.dev/reference/block-kit/blocks/context-block */
function context(block, scene) {
  return el("div", { class: "context" }, block.elements.map((one) =>
    one.type === "image" ? small(one, scene) : el("span", {}, textOf(one, scene))));
}

/** https://docs.slack.dev/reference/block-kit/blocks/alert-block */
function alert({ level = "default", text }, scene) {
  return el("div", { class: "alert", "data-level": level },
    icon(LEVELS[level] ?? "info"), el("p", {}, textOf(text, scene)));
}

/** Return a card: a picture on top, a title with its icon, a text, at most three buttons. */
function card({ hero_image: hero, icon: sign, title, subtitle, body, actions }, scene, touch) {
  return el("div", { class: "card" },
    hero && el("div", { class: "hero" }, small(hero, scene)),
    (title || subtitle) && el("div", { class: "head" }, sign && small(sign, scene), el("div", {},
      title && el("strong", {}, textOf(title, scene)), subtitle && el("small", {}, textOf(subtitle, scene)))),
    body && el("p", {}, textOf(body, scene)),
    actions && el("div", { class: "actions" }, actions.map((one) => element(one, scene, touch))));
}

/** https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
function carousel({ elements }, scene, touch) {
  return el("div", { class: "carousel", role: "group", tabindex: "0", "aria-label": scene.say("carousel") },
    elements.map((one) => card(one, scene, touch)));
}

/** Return a frame around `children`, which can be folded if the app says so. */
function container(block, scene, children) {
  const { width = "standard", is_collapsible: canFold, default_collapsed: isFolded } = block;
  const inside = el("div", { class: "children" }, children);
  if (!canFold) {
    return el("section", { class: block.has_header_divider ? "container ruled" : "container", "data-width": width },
      el("div", { class: "head" }, heading(block, scene)), inside);
  }
  return el("details", { class: "container", "data-width": width, open: !isFolded },
    el("summary", {}, heading(block, scene)), inside);
}

function heading({ icon: sign, title, rich_text_title: richTitle, subtitle }, scene) {
  return [
    sign && small(sign, scene),
    el("div", {}, el("strong", {}, richTitle ? rich(richTitle, scene) : textOf(title, scene)),
      subtitle && el("small", {}, textOf(subtitle, scene))),
  ];
}

/** Return a plan with its tasks. */
function plan({ title, tasks = [] }, scene) {
  return el("details", { class: "plan", open: true },
    el("summary", {}, el("strong", {}, title)),
    el("ol", {}, tasks.map((one) => el("li", {}, task(one, scene)))));
}

/** Return a task: how it stands, and, unfolded, what was done. */
function task({ title, status = "pending", details, output, sources = [] }, scene) {
  const heading = [stateOf(status, scene), el("span", {}, title)];
  if (!details && !output && !sources.length) return el("div", { class: "task", "data-status": status }, heading);
  return el("details", { class: "task", "data-status": status },
    el("summary", {}, heading),
    el("div", { class: "children prose" }, details && rich(details, scene), output && rich(output, scene),
      sources.length > 0 && el("p", { class: "sources" }, sources.map(({ url, text }) => link(url, text)))));
}

function stateOf(status, { say }) {
  const words = say(status);
  return el("span", { class: "state", role: "img", "aria-label": words, title: words }, icon(STATES[status]));
}

/** https://docs.slack.dev/reference/block-kit/blocks/video-block */
function video(block, scene) {
  const { alt_text: alt, video_url: href, thumbnail_url: thumbnail, title_url: page } = block;
  const by = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  return el("figure", { class: "video" },
    by && el("small", {}, by),
    el("strong", {}, page ? link(page, block.title.text) : textOf(block.title, scene)),
    block.description && el("p", {}, textOf(block.description, scene)),
    el("a", { class: "thumbnail", href: isWebAddress(href) && href, target: "_blank",
      rel: "noreferrer noopener", "aria-label": alt, title: alt },
      el("img", { src: scene.near(thumbnail), alt: "", loading: "lazy" }), icon("play")));
}

/** https://docs.slack.dev/reference/block-kit/blocks/file-block */
function remoteFile({ external_id: id }, { say }) {
  return el("div", { class: "filecard" },
    el("span", { class: "kind" }, say("remote")),
    el("span", { class: "words" }, el("strong", {}, id), el("small", {}, say("remote_file"))));
}
