// Block Kit as Slack draws it: https://docs.slack.dev/reference/block-kit/blocks

import { chart } from "./charts.js";
import { el } from "./dom.js";
import { enlarge } from "./dialogs.js";
import { element } from "./elements.js";
import { textOf } from "./mrkdwn.js";
import { rich } from "./rich.js";
import { cell, dataTable } from "./tables.js";

const DRAWN = {
  section: (block, scene, touch) => el("div", { class: "section" },
    el("div", { class: "words" },
      block.text && el("p", {}, textOf(block.text, scene)),
      block.fields && el("div", { class: "fields" }, block.fields.map((field) => el("p", {}, textOf(field, scene))))),
    block.accessory && element(block.accessory, scene, touch)),
  header: (block, scene) => el("h3", {}, textOf(block.text, scene)),
  divider: () => el("hr"),
  context: (block, scene) => el("div", { class: "context" }, block.elements.map((one) =>
    one.type === "image" ? picture(one, scene) : el("span", {}, textOf(one, scene)))),
  actions: (block, scene, touch) => el("div", { class: "actions" },
    block.elements.map((one) => element(one, scene, touch))),
  image: (block, scene) => el("figure", {},
    block.title && el("figcaption", {}, textOf(block.title, scene)), picture(block, scene, true)),
  input: (block, scene, touch) => input(block, scene, touch),
  markdown: (block) => el("p", {}, block.text),
  rich_text: (block, scene) => el("div", {}, rich(block, scene)),
  table: (block, scene) => table(block.rows, scene),
  data_table: (block, scene) => dataTable(block, scene),
  data_visualization: (block) => chart(block),
  alert: (block, scene) => el("p", { class: "alert", "data-level": block.level }, textOf(block.text, scene)),
};

/** Return the nodes of `blocks`; `touch(element, value)` is called when something in them is used. */
export function blocks(all, scene, touch) {
  return all.map((block) => el("div", { class: "block", "data-block": block.type },
    DRAWN[block.type]?.(block, scene, touch) ?? unknown(block)));
}

function picture(image, scene, large = false) {
  const src = scene.near(image.image_url ?? `/slack/files/${image.slack_file?.id}`);
  const drawn = el("img", { src, alt: image.alt_text, loading: "lazy" });
  if (!large) return drawn;
  return el("button", { type: "button", class: "picture", onclick: () => enlarge(src, image.alt_text, scene.say) }, drawn);
}

function input(block, scene, touch) {
  const inside = element(block.element, scene, block.dispatch_action ? touch : null);
  const id = `in-${block.block_id}`, problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  inside.id = id;
  inside.setAttribute("aria-describedby", problem.id);
  const optional = block.optional && el("small", {}, ` (${scene.say("optional")})`);
  inside.setAttribute("aria-labelledby", `${id}-label`);
  const field = el("div", { class: "input", "data-name": block.block_id },
    el("label", { for: id, id: `${id}-label` }, textOf(block.label, scene), optional), inside,
    block.hint && el("small", {}, textOf(block.hint, scene)), problem);
  return Object.assign(field, { read: inside.read, write: inside.write });
}

function table([head, ...rest], scene) {
  return el("table", {},
    el("thead", {}, el("tr", {}, head.map((one) => el("th", {}, cell(one, scene))))),
    el("tbody", {}, rest.map((row) => el("tr", {}, row.map((one) => el("td", {}, cell(one, scene)))))));
}

/** Show a thing this page cannot draw as what it is. */
function unknown(block) {
  return el("pre", { class: "unknown" }, JSON.stringify(block, null, 2));
}
