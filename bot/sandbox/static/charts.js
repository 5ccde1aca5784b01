// The data visualization block: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block

import { el } from "./dom.js";

const WIDTH = 560, HEIGHT = 240, LEFT = 52, RIGHT = 10, TOP = 10, BOTTOM = 30;
const COLOURS = ["#1d7fc4", "#d9652b", "#189a76", "#b06aa3", "#a98613", "#7c8794"];
const LABEL = 58; // the room that one label needs

/** Return a chart with its title, its legend, and its numbers for who cannot see it. */
export function chart(block) {
  const { type, series = [], segments = [], axis_config: axis } = block.chart;
  const parts = type === "pie" ? segments.map(({ label }) => label) : series.map(({ name }) => name);
  const drawn = type === "pie" ? pie(segments) : plot(type, series, axis.categories);
  return el("figure", { class: "chart" },
    el("figcaption", {}, block.title), drawn,
    axis?.x_label && el("small", {}, axis.x_label),
    el("ul", { class: "legend" }, parts.map((name, at) => el("li", { style: `--colour: ${colour(at)}` }, name))));
}

function plot(type, series, categories) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const marks = ticks(Math.min(0, ...values), Math.max(0, ...values));
  const low = marks[0], high = marks.at(-1), slot = (WIDTH - LEFT - RIGHT) / categories.length;
  const x = (at) => LEFT + slot * (at + 0.5), y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
  const shapes = type === "bar" ? bars(series, { x, y, slot }) : series.map((one, at) => line(type, one, at, { x, y }));
  const said = series.map(({ name, data }) => `${name}: ${data.map(({ label, value }) => `${label} ${value}`).join(", ")}`);
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": said.join("; ") },
    marks.map((mark) => svg("path", { class: mark ? "rule" : "base", d: `M${LEFT} ${y(mark)}H${WIDTH - RIGHT}` })),
    marks.map((mark) => svg("text", { x: LEFT - 8, y: y(mark) + 4, "text-anchor": "end" }, short(mark))),
    labels(categories, slot, x), shapes);
}

function labels(categories, slot, x) {
  const every = Math.ceil(LABEL / slot), room = Math.max(3, Math.floor(slot * every / 7));
  return categories.map((name, at) => at % every === 0 &&
    svg("text", { x: x(at), y: HEIGHT - 8, "text-anchor": "middle" }, name.length > room ? `${name.slice(0, room - 1)}…` : name));
}

function bars(series, { x, y, slot }) {
  const wide = Math.min(48, slot * 0.75 / series.length);
  return series.flatMap(({ name, data }, of) => data.map(({ label, value }, at) => hinted("rect", name, label, value, {
    x: x(at) + (of - series.length / 2) * wide, width: wide * 0.92, y: y(Math.max(0, value)),
    height: Math.abs(y(value) - y(0)), fill: colour(of),
  })));
}

function line(type, { name, data }, of, { x, y }) {
  const path = "M" + data.map(({ value }, at) => `${x(at)} ${y(value)}`).join("L");
  return [
    type === "area" && svg("path", { d: `${path}V${y(0)}H${x(0)}z`, fill: colour(of), opacity: 0.25 }),
    svg("path", { d: path, fill: "none", stroke: colour(of), "stroke-width": 2.5, "stroke-linejoin": "round" }),
    data.map(({ label, value }, at) => hinted("circle", name, label, value, { cx: x(at), cy: y(value), r: 3.5, fill: colour(of) })),
  ];
}

function pie(segments) {
  const whole = segments.reduce((sum, { value }) => sum + value, 0), middle = HEIGHT / 2, radius = middle - TOP;
  let turned = 0;
  const at = (part) => [WIDTH / 2 + radius * Math.sin(2 * Math.PI * part), middle - radius * Math.cos(2 * Math.PI * part)];
  const pieces = segments.map(({ label, value }, of) => {
    const from = turned, to = (turned += value / whole);
    const wide = to - from > 0.5 ? 1 : 0, end = to - from < 1 ? at(to) : at(to - 1e-5);
    return hinted("path", label, "", value, {
      d: `M${WIDTH / 2} ${middle}L${at(from)}A${radius} ${radius} 0 ${wide} 1 ${end}z`, fill: colour(of),
    });
  });
  const said = segments.map(({ label, value }) => `${label} ${value}`).join(", ");
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": said }, pieces);
}

/** Return a shape that tells its number to a pointer that rests on it. */
function hinted(tag, name, label, value, attributes) {
  return svg(tag, attributes, svg("title", {}, `${[name, label].filter(Boolean).join(", ")}: ${value.toLocaleString()}`));
}

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

function colour(at) {
  return COLOURS[at % COLOURS.length];
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat(Infinity).filter(Boolean));
  return made;
}
