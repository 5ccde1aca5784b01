// The shortcodes that bots like ours use; any other is shown as it is written.
// The ones on which something hangs are drawn here: not every machine has a font for them.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = {
  white_check_mark: [["#2eb67d", "M5 1h14a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V5a4 4 0 0 1 4-4z"],
    ["#fff", "M10 18.2 4.8 13l2.1-2.1 3.1 3.1 7.1-7.1L19.2 9z"]],
  warning: [["#ecb22e", "M12 1.5 23.5 22H.5z"], ["#1d1c1d", "M10.8 8h2.4l-.4 7.5h-1.6zM10.7 17h2.6v2.6h-2.6z"]],
  rotating_light: [["#e01e5a", "M5 17v-5a7 7 0 0 1 14 0v5z"], ["#616061", "M3 18h18v4H3z"],
    ["#e01e5a", "M11 0h2v3h-2zM1.5 4.9 2.9 3.5 5 5.6 3.6 7zM22.5 4.9 21.1 3.5 19 5.6 20.4 7z"]],
  large_green_circle: [["#2eb67d", circle()]],
  large_yellow_circle: [["#ecb22e", circle()]],
  large_orange_circle: [["#e8912d", circle()]],
  red_circle: [["#e01e5a", circle()]],
  large_blue_circle: [["#1264a3", circle()]],
  white_circle: [["#c9c9cc", circle()]],
  lock: [["currentColor", "M7 10V7a5 5 0 0 1 10 0v3h2v12H5V10zm2.4 0h5.2V7a2.6 2.6 0 0 0-5.2 0z"]],
  eye: [["currentColor", "M12 5C6 5 2 12 2 12s4 7 10 7 10-7 10-7-4-7-10-7zm0 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8z"]],
};
const WRITTEN = {
  heavy_check_mark: "✔", x: "❌", no_entry: "⛔", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱",
  information_source: "ℹ", bulb: "💡", key: "🔑", link: "🔗", pushpin: "📌", bell: "🔔", tada: "🎉", eyes: "👀",
  wave: "👋", bust_in_silhouette: "👤", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", chart_with_upwards_trend: "📈",
  bar_chart: "📊", calendar: "📅", page_facing_up: "📄", printer: "🖨", arrow_right: "➡", repeat: "🔁",
  arrows_counterclockwise: "🔄", wastebasket: "🗑", mag: "🔍", heart: "❤", smile: "😄", rocket: "🚀",
};

function circle() {
  return "M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21z";
}

/** Return what stands for a shortcode: a drawing, a character, or undefined where it is not known. */
export function emoji(name) {
  return DRAWN[name] ? drawing(name) : WRITTEN[name];
}

function drawing(name) {
  const svg = part("svg", { viewBox: "0 0 24 24", class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") });
  svg.append(...DRAWN[name].map(([fill, d]) => part("path", { fill, d, "fill-rule": "evenodd" })));
  return svg;
}

function part(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
