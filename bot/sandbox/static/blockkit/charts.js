// The data visualization block: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block

import { el, shape } from "../dom.js";

const COLOURS = ["#1d7fc4", "#d9652b", "#189a76", "#b06aa3", "#a98613", "#7c8794"];
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const HEIGHT = 250, LEFT = 52, RIGHT = 12, TOP = 12, BOTTOM = 30, NAME = 18;
const LABEL = 58; // the room that one label needs
const LETTER = 7;
const WIDEST = 44;
const MIDDLE = 120, RADIUS = 110;
const FIRST_WIDTH = 560; // until it is known how much room there is

/** Return a chart with its title, its legend, a value to see wherever one points or walks to, and its numbers. */
export function chart(block, scene) {
  const { type, segments = [], series = [] } = block.chart;
  const names = type === "pie" ? segments.map(({ label }) => label) : series.map(({ name }) => name);
  const draw = type === "pie" ? pie : plot;
  return el("figure", { class: "chart", "data-chart": type },
    el("figcaption", {}, block.title),
    telling((width) => draw(block, colour, width)),
    el("ul", { class: "legend" }, names.map((name, at) => el("li", { style: `--colour: ${colour(at)}` }, name))),
    numbers(block, scene));
}

const colour = (at) => COLOURS[at % COLOURS.length];

/** Return a drawing that is as wide as there is room, so that its labels are as large as all other words. */
function telling(draw) {
  const shown = el("output", { class: "pointed", hidden: true });
  const place = el("div", { class: "plot" }, walked(draw(FIRST_WIDTH), shown), shown);
  let drawn = FIRST_WIDTH;
  new ResizeObserver(([{ contentRect: { width } }]) => {
    if (!width || Math.round(width) === drawn) return;
    drawn = Math.round(width);
    shown.hidden = true;
    place.firstChild.replaceWith(walked(draw(drawn), shown));
  }).observe(place);
  return place;
}

/** Let a drawing tell the value of each shape: under the pointer, and to who walks through them with the arrow keys. */
function walked(drawn, shown) {
  const shapes = [...drawn.querySelectorAll("[data-says]")];
  let at = -1;
  const walk = (event) => {
    if (!STEPS[event.key]) return;
    event.preventDefault();
    at = (at + STEPS[event.key] + shapes.length) % shapes.length;
    point(shown, shapes[at]);
  };
  const hide = () => (shown.hidden = true);
  drawn.setAttribute("tabindex", "0");
  drawn.addEventListener("pointerover", ({ target }) => point(shown, target));
  drawn.addEventListener("keydown", walk);
  for (const leaving of ["pointerleave", "blur"]) drawn.addEventListener(leaving, hide);
  return drawn;
}

/** Show what a shape says beside it. */
function point(shown, shape) {
  shown.hidden = !shape.dataset.says;
  if (shown.hidden) return;
  const plot = shown.parentElement.getBoundingClientRect(), place = shape.getBoundingClientRect();
  const middle = place.left + place.width / 2 - plot.left, width = plot.width;
  shown.textContent = shape.dataset.says;
  shown.style.left = `${Math.min(Math.max(middle, width * 0.16), width * 0.84)}px`;
  shown.style.top = `${place.top - plot.top}px`;
}

/** Return the chart as a table, for who cannot see it. */
function numbers({ title, chart: { type, segments, series, axis_config: axis } }, { say }) {
  const head = type === "pie" ? [say("part"), say("value")]
    : [axis.x_label ?? say("part"), ...series.map(({ name }) => name)];
  const rows = type === "pie" ? segments.map(({ label, value }) => [label, value])
    : axis.categories.map((label, at) => [label, ...series.map(({ data }) => data[at]?.value)]);
  return el("table", { class: "unseen" },
    el("caption", {}, title),
    el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map(([label, ...values]) => el("tr", {},
      el("th", { scope: "row" }, label), values.map((value) => el("td", {}, value?.toLocaleString() ?? ""))))));
}

/** Return the drawing of a line, area or bar chart. */
function plot({ title, chart: { type, series, axis_config: axis } }, colour, width) {
  const room = roomOf(series, axis, width);
  const shapes = type === "bar" ? bars(series, room, colour)
    : series.map((one, at) => line(type, one, colour(at), room));
  const told = (data) => data.map(({ label, value }) => `${label} ${value}`).join(", ");
  const said = series.map(({ name, data }) => `${name}: ${told(data)}`);
  return shape("svg", { ...sized(width, HEIGHT), "aria-label": `${title}. ${said.join("; ")}` },
    scale(room), labels(axis.categories, room), names(axis, room), shapes);
}

const sized = (width, height) => ({ viewBox: `0 0 ${width} ${height}`, height, role: "img" });

/** Return where things stand: x of a category, y of a value, the marks of the scale. */
function roomOf(series, { categories, x_label: below, y_label: beside }, width) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const marks = ticks(Math.min(0, ...values), Math.max(0, ...values));
  const low = marks[0], high = marks.at(-1);
  const left = LEFT + (beside ? NAME : 0), bottom = HEIGHT - BOTTOM - (below ? NAME : 0);
  const right = width - RIGHT, slot = (right - left) / categories.length;
  return {
    marks, slot, left, right, bottom,
    x: (at) => left + slot * (at + 0.5),
    y: (value) => TOP + (bottom - TOP) * (high - value) / (high - low),
  };
}

function scale({ marks, left, right, y }) {
  return marks.map((mark) => [
    shape("path", { class: mark ? "rule" : "base", d: `M${left} ${y(mark)}H${right}` }),
    shape("text", { x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, short(mark)),
  ]);
}

function labels(categories, { slot, x, bottom }) {
  const every = Math.ceil(LABEL / slot), most = Math.max(3, Math.floor(slot * every / LETTER));
  const cut = (name) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);
  return categories.map((name, at) => at % every === 0 && words(cut(name), x(at), bottom + 18));
}

function names({ x_label: below, y_label: beside }, { left, right, bottom }) {
  const middle = (TOP + bottom) / 2;
  return [
    below && words(below, (left + right) / 2, HEIGHT - 6),
    beside && words(beside, 12, middle, `rotate(-90 12 ${middle})`),
  ];
}

function words(text, x, y, transform = null) {
  return shape("text", { x, y, "text-anchor": "middle", transform }, text);
}

function bars(series, { x, y, slot }, colour) {
  const wide = Math.min(WIDEST, slot * 0.75 / series.length);
  return series.flatMap(({ name, data }, of) => data.map(({ label, value }, at) => shape("rect", {
    ...saying(name, label, value), x: x(at) + (of - series.length / 2) * wide, width: wide * 0.92, rx: 2,
    y: y(Math.max(0, value)), height: Math.abs(y(value) - y(0)), fill: colour(of),
  })));
}

function line(type, { name, data }, fill, { x, y }) {
  const path = "M" + data.map(({ value }, at) => `${x(at)} ${y(value)}`).join("L");
  return [
    type === "area" && shape("path", { d: `${path}V${y(0)}H${x(0)}z`, fill, opacity: 0.25 }),
    shape("path", { d: path, fill: "none", stroke: fill, "stroke-width": 2.5, "stroke-linejoin": "round" }),
    data.map(({ label, value }, at) =>
      shape("circle", { ...saying(name, label, value), cx: x(at), cy: y(value), r: 3.5, fill })),
  ];
}

const saying = (name, label, value) => ({ "data-says": `${label} · ${name}: ${value.toLocaleString()}` });

/** Return round numbers from below `low` to above `high`. */
function ticks(low, high) {
  const rough = (high - low) / 4 || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999);
  const first = Math.floor(low / step), last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

function short(number) {
  return new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" }).format(number);
}

/** Return the drawing of a pie chart. */
function pie({ title, chart: { segments } }, colour, width) {
  const whole = segments.reduce((sum, { value }) => sum + value, 0) || 1;
  const said = segments.map(({ label, value }) => `${label} ${value}`).join(", ");
  let turned = 0;
  const pieces = segments.map(({ label, value }, at) => {
    const from = turned, share = value / whole;
    turned += share;
    return shape("path", {
      d: piece(from, turned, width / 2), fill: colour(at),
      "data-says": `${label}: ${value.toLocaleString()} (${percent(share)})`,
    });
  });
  return shape("svg", { ...sized(width, 2 * MIDDLE), "aria-label": `${title}. ${said}` }, pieces);
}

function piece(from, to, middle) {
  // a circle that ends where it begins is not drawn at all
  const end = rim(to - from < 1 ? to : to - 1e-5, middle), wide = to - from > 0.5 ? 1 : 0;
  return `M${middle} ${MIDDLE}L${rim(from, middle)}A${RADIUS} ${RADIUS} 0 ${wide} 1 ${end}z`;
}

/** Return where a part of the whole turn ends on the rim. */
function rim(part, middle) {
  return [middle + RADIUS * Math.sin(2 * Math.PI * part), MIDDLE - RADIUS * Math.cos(2 * Math.PI * part)];
}

function percent(share) {
  const style = { style: "percent", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(share);
}
