// The square that stands for a person or an app.

import { el, shape } from "../dom.js";

const HUES = [152, 285, 195, 335, 205, 30, 255];
// a code seen from far away
const CODE = "M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM12 12h2v2h-2zM15 15h2v2h-2zM12 16h1v1h-1zM16 11h1v2h-1z" +
  "M5 5v2h2V5zM13 5v2h2V5zM5 13v2h2v-2z";

/** The app, as a person is told of. */
export const APP = { id: "U0", is_app: true };

/** Return the square with a person's first letters, or the app's sign. */
export function avatar(person) {
  const hue = HUES[Number(person?.id.at(-1)) || 0];
  const sign = person?.is_app ? drawn() : letters(person?.real_name ?? "?");
  const kind = person?.is_app ? "avatar app" : "avatar";
  return el("span", { class: kind, "aria-hidden": "true", style: `--hue: ${hue}` }, sign);
}

function letters(name) {
  return /^[\x00-\x7f]/.test(name) ? name.split(" ").map((word) => word[0]).join("").slice(0, 2) : name.at(-1);
}

function drawn() {
  const path = shape("path", { d: CODE, fill: "currentColor", "fill-rule": "evenodd" });
  return shape("svg", { viewBox: "0 0 20 20" }, path);
}
