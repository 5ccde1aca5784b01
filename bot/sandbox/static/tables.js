// The data table block, sorted and paged: https://docs.slack.dev/reference/block-kit/blocks/data-table-block

import { el } from "./dom.js";
import { rich } from "./rich.js";

const PAGE = 5; // rows, where the app did not say

/** Return a table whose head sorts it and whose foot turns its pages. */
export function dataTable(block, scene) {
  const [head, ...rows] = block.rows, size = block.page_size ?? PAGE;
  const order = { column: null, up: true }, pages = Math.ceil(rows.length / size);
  let page = 0;
  const body = el("tbody"), place = el("span", { role: "status" });
  const names = head.map((one, column) => el("th", { scope: "col", class: kindOf(rows[0][column]) },
    el("button", { type: "button", onclick: () => sort(column) }, one.text ?? String(one.value))));
  const turn = (by, name, sign) =>
    el("button", { type: "button", "aria-label": scene.say(name), onclick: () => show(page + by) }, sign);
  const back = turn(-1, "back", "‹"), forth = turn(1, "forth", "›");
  const foot = el("div", { class: "pages" }, back, place, forth);

  function sort(column) {
    Object.assign(order, { column, up: order.column === column ? !order.up : true });
    names.forEach((name, at) => name.setAttribute("aria-sort", at !== column ? "none" : order.up ? "ascending" : "descending"));
    show(0);
  }

  function show(at) {
    page = at;
    const sorted = order.column === null ? rows : [...rows].sort((one, other) =>
      compared(one[order.column], other[order.column], scene) * (order.up ? 1 : -1));
    const seen = sorted.slice(page * size, (page + 1) * size);
    body.replaceChildren(...seen.map((row) => line(row, block.row_header_column_index ?? 0, scene)));
    place.textContent = scene.say("rows", { from: page * size + 1, to: page * size + seen.length, count: rows.length });
    back.disabled = page === 0;
    forth.disabled = page >= pages - 1;
  }

  show(0);
  return el("div", { class: "data-table" },
    el("table", {}, el("caption", {}, block.caption), el("thead", {}, el("tr", {}, names)), body), pages > 1 && foot);
}

function line(row, header, scene) {
  return el("tr", {}, row.map((one, at) => {
    const tag = at === header ? "th" : "td", scope = at === header ? "row" : null;
    return el(tag, { scope, class: kindOf(one) }, cell(one, scene));
  }));
}

function kindOf(one) {
  return one?.type === "raw_number" ? "number" : null;
}

/** Return what a cell shows. */
export function cell(one, scene) {
  return one.type === "rich_text" ? rich(one, scene) : one.text ?? String(one.value);
}

function compared(one, other, scene) {
  if (one.type === "raw_number" && other.type === "raw_number") return one.value - other.value;
  const text = (each) => el("span", {}, cell(each, scene)).textContent;
  return text(one).localeCompare(text(other), document.documentElement.lang, { numeric: true });
}
