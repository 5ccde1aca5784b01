// Tables: https://docs.slack.dev/reference/block-kit/blocks/table-block, …/data-table-block

import { el } from "../dom.js";
import { rich } from "./rich.js";

const PAGE = 5; // rows, where the app did not say

/** Return a table whose first row is its head; its columns are set as `column_settings` say, where they say so. */
export function table({ rows: [head, ...rest], column_settings: settings = [] }, scene) {
  const row = (tag, cells) => el("tr", {}, cells.map((one, at) =>
    el(tag, { scope: tag === "th" ? "col" : null, class: setting(settings[at]) }, cell(one, scene))));
  return el("div", { class: "table", tabindex: "0", role: "group", "aria-label": scene.say("table") }, el("table", {},
    el("thead", {}, row("th", head)),
    el("tbody", {}, rest.map((cells) => row("td", cells)))));
}

function setting(column) {
  return `${column?.align ?? "left"} ${column?.is_wrapped ? "wrapped" : "unwrapped"}`;
}

/** Return a table whose head sorts it and whose foot turns its pages. */
export function dataTable(block, scene) {
  const [head, ...rows] = block.rows;
  const shown = { block, scene, rows, size: block.page_size ?? PAGE, page: 0, column: null, up: true };
  const names = head.map((one, column) => name(one, kindOf(rows[0][column]), () => sort(column)));
  const body = el("tbody"), foot = pages(scene, (by) => turn(shown.page + by));

  function sort(column) {
    Object.assign(shown, { column, up: shown.column === column ? !shown.up : true });
    const way = shown.up ? "ascending" : "descending";
    names.forEach((one, at) => one.setAttribute("aria-sort", at === column ? way : "none"));
    turn(0);
  }

  function turn(page) {
    shown.page = page;
    body.replaceChildren(...seen(shown).map((row) => line(row, block.row_header_column_index ?? 0, scene)));
    foot.tell(shown);
  }

  turn(0);
  return el("div", { class: "data-table" },
    el("div", { class: "table", tabindex: "0", role: "group", "aria-label": block.caption },
      el("table", {}, el("caption", {}, block.caption), el("thead", {}, el("tr", {}, names)), body)),
    rows.length > shown.size && foot);
}

function name(one, kind, onclick) {
  return el("th", { scope: "col", class: kind, "aria-sort": "none" },
    el("button", { type: "button", onclick }, one.text ?? String(one.value)));
}

/** Return the rows of the page that is shown, sorted. */
function seen({ rows, column, up, page, size, scene }) {
  const sorted = column === null ? rows : [...rows].sort((one, other) =>
    compared(one[column], other[column], scene) * (up ? 1 : -1));
  return sorted.slice(page * size, (page + 1) * size);
}

/** Return the foot; its `tell(shown)` says which rows are to be seen. */
function pages(scene, turn) {
  const button = (by, name, sign) =>
    el("button", { type: "button", "aria-label": scene.say(name), onclick: () => turn(by) }, sign);
  const back = button(-1, "back", "‹"), forth = button(1, "forth", "›"), place = el("span", { role: "status" });
  const tell = ({ page, size, rows: { length } }) => {
    const to = Math.min((page + 1) * size, length);
    place.textContent = scene.say("rows", { from: page * size + 1, to, count: length });
    back.disabled = page === 0;
    forth.disabled = to === length;
  };
  return Object.assign(el("div", { class: "pages" }, back, place, forth), { tell });
}

function line(row, header, scene) {
  return el("tr", {}, row.map((one, at) => {
    const tag = at === header ? "th" : "td", scope = at === header ? "row" : null;
    return el(tag, { scope, class: kindOf(one) }, cell(one, scene));
  }));
}

/** Return what a cell shows. */
function cell(one, scene) {
  return one.type === "rich_text" ? rich(one, scene) : one.text ?? String(one.value);
}

/** Return "number" for a cell that holds one: it is set to the right. */
function kindOf(one) {
  return one?.type === "raw_number" ? "number" : null;
}

/** Compare two cells as a reader does: numbers by their value, texts by her language. */
function compared(one, other, scene) {
  if (one.type === "raw_number" && other.type === "raw_number") return one.value - other.value;
  const text = (each) => el("span", {}, cell(each, scene)).textContent;
  return text(one).localeCompare(text(other), scene.person.locale, { numeric: true });
}
