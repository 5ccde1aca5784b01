// The shortcodes that bots like ours use; any other is shown as it is written.
// The ones on which something hangs are drawn here: not every machine has a font for them.

import { shape } from "../dom.js";

const DISC = "M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21z";
const DRAWN = {
  white_check_mark: [["#2eb67d", "M5 1h14a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V5a4 4 0 0 1 4-4z"],
    ["#fff", "M10 18.2 4.8 13l2.1-2.1 3.1 3.1 7.1-7.1L19.2 9z"]],
  warning: [["#ecb22e", "M12 1.5 23.5 22H.5z"], ["#1d1c1d", "M10.8 8h2.4l-.4 7.5h-1.6zM10.7 17h2.6v2.6h-2.6z"]],
  rotating_light: [["#e01e5a", "M5 17v-5a7 7 0 0 1 14 0v5z"], ["#616061", "M3 18h18v4H3z"],
    ["#e01e5a", "M11 0h2v3h-2zM1.5 4.9 2.9 3.5 5 5.6 3.6 7zM22.5 4.9 21.1 3.5 19 5.6 20.4 7z"]],
  x: [["#e01e5a",
    "M4.5 2 12 9.5 19.5 2 22 4.5 14.5 12 22 19.5 19.5 22 12 14.5 4.5 22 2 19.5 9.5 12 2 4.5z"]],
  bust_in_silhouette: [["#5b7a9d",
    "M12 2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM2 22c0-5 4-7.5 10-7.5s10 2.5 10 7.5z"]],
  wave: [["#ecb22e",
    "M9 22c-3-1-5.5-4-6.5-7.5-.4-1.4 1.5-2.1 2.2-.8l1.3 2.3L4.5 8.5c-.4-1.7 1.8-2.3 2.3-.7l1.5 4.5" +
    "L8 5.8c0-1.7 2.3-1.8 2.5-.1l.7 6.3 1.2-5.5c.4-1.6 2.6-1.2 2.4.5l-.8 6.5 1.8-3.5c.7-1.5 2.7-.7 2.2.9" +
    "-1 3.1-1.5 5.6-2.8 8C14 21.5 11.5 22.8 9 22z"],
    ["#5b7a9d", "M17 2.5c2 .6 3.7 2 4.5 4l-1.4.5c-.6-1.5-1.8-2.6-3.5-3.1z"]],
  tada: [["#ecb22e", "M2 22 8 6.5 17.5 16z"], ["#e01e5a", "M13 2h2.5v4H13zM18 8.5h4V11h-4z"],
    ["#36c5f0", "M18 3l2.5 2.5L17 9l-1.8-1.8z"]],
  large_green_circle: [["#2eb67d", DISC]],
  large_yellow_circle: [["#ecb22e", DISC]],
  large_orange_circle: [["#e8912d", DISC]],
  red_circle: [["#e01e5a", DISC]],
  large_blue_circle: [["#1264a3", DISC]],
  white_circle: [["#c9c9cc", DISC]],
  lock: [["currentColor", "M7 10V7a5 5 0 0 1 10 0v3h2v12H5V10zm2.4 0h5.2V7a2.6 2.6 0 0 0-5.2 0z"]],
  eye: [["currentColor", "M12 5C6 5 2 12 2 12s4 7 10 7 10-7 10-7-4-7-10-7zm0 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8z"]],
  bar_chart: [["#2eb67d", "M3 13h4.5v9H3z"], ["#e01e5a", "M9.7 3h4.5v19H9.7z"], ["#1264a3", "M16.5 8H21v14h-4.5z"]],
};
const WRITTEN = {
  heavy_check_mark: "✔", no_entry: "⛔", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱",
  information_source: "ℹ", bulb: "💡", key: "🔑", link: "🔗", pushpin: "📌", bell: "🔔", eyes: "👀", thumbsup: "👍",
  "+1": "👍", thumbsdown: "👎", "-1": "👎", chart_with_upwards_trend: "📈", calendar: "📅", page_facing_up: "📄",
  printer: "🖨", arrow_right: "➡", repeat: "🔁", arrows_counterclockwise: "🔄", wastebasket: "🗑", mag: "🔍",
  heart: "❤", smile: "😄", rocket: "🚀",
};

/** Return what stands for a shortcode: a drawing, a character, or undefined where it is not known. */
export function emoji(name) {
  return DRAWN[name] ? drawing(name) : WRITTEN[name];
}

function drawing(name) {
  const words = name.replaceAll("_", " ");
  return shape("svg", { viewBox: "0 0 24 24", class: "emoji", role: "img", "aria-label": words },
    DRAWN[name].map(([fill, d]) => shape("path", { fill, d, "fill-rule": "evenodd" })));
}
