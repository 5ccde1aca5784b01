// The signs on buttons and fields, as thin lines in the colour of the text around them:
// not every machine has a font with such characters.

import { shape } from "./dom.js";

const DISC = "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z";
const LINES = {
  // what both sides have
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.5 4.5 7 10l5.5 5.5",
  forth: "M7.5 4.5 13 10l-5.5 5.5",
  down: "M5.5 8 10 12.5 14.5 8",
  more: "M4.8 10h.1M10 10h.1M15.1 10h.1",
  search: "M8.7 14a5.2 5.2 0 1 0 0-10.4 5.2 5.2 0 0 0 0 10.4zM12.6 12.6 16.5 16.5",
  people: "M7.5 9a2.8 2.8 0 1 0 0-5.5A2.8 2.8 0 0 0 7.5 9zM2.5 16.5c0-6 10-6 10 0M12.5 3.7a2.8 2.8 0 0 1 0 5.2" +
    "M14 11.7c2.2.5 3.5 2.1 3.5 4.8",
  phone: "M6 2.5h8a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM9 15h2",
  // Slack's frame
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16.5h3.6v-4.6h2.8v4.6H15V8.5",
  talk: "M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 14h-5l-4 3v-3H4a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 4 4z",
  send: "M3.5 16.5 17 10 3.5 3.5l1.2 5L11 10l-6.3 1.5z",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  at: "M13 7v4.5c0 2.7 4 2.3 4-1.5a7 7 0 1 0-3 5.8M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  slash: "M5 3h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM11.8 6.5l-3.6 7",
  // messages and forms
  reply: "M4 4.5h12v8.5H9.5L6 16v-3H4zM7 8h6M7 10.5h4",
  source: "M7.5 4C5 4 6.5 9 4 10c2.5 1 1 6 3.5 6M12.5 4C15 4 13.5 9 16 10c-2.5 1-1 6-3.5 6",
  copy: "M7.5 7.5h8.5v8.5H7.5zM12.5 7.5V4H4v8.5h3.5",
  download: "M10 3.5v9M6.2 9 10 12.8 13.8 9M4 16.5h12",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
  trash: "M4.5 6h11M8 6V4h4v2M6 6l.7 10h6.6L14 6M8.6 8.8v4.6M11.4 8.8v4.6",
  approve: "M4 9.5h2.6v6H4zM6.6 10 9.5 4c1.4 0 1.9.9 1.7 2l-.5 2.5h4.1c1 0 1.5.8 1.3 1.7l-1 4c-.2.8-.8 1.3-1.6 1.3H6.6",
  reject:
    "M4 10.5h2.6v-6H4zM6.6 10l2.9 6c1.4 0 1.9-.9 1.7-2l-.5-2.5h4.1c1 0 1.5-.8 1.3-1.7l-1-4c-.2-.8-.8-1.3-1.6-1.3H6.6",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14v.1",
  info: `${DISC}M10 9.2v4.3M10 6.5v.1`,
  good: `${DISC}M6.8 10.2l2.2 2.2 4.2-4.6`,
  bad: `${DISC}M7.5 7.5l5 5M12.5 7.5l-5 5`,
  waiting: DISC,
  busy: "M10 3a7 7 0 1 1-7 7",
  play: "M7 4.5v11l9-5.5z",
  // WeChat's phone
  scan: "M3.5 6.5V4.3a.8.8 0 0 1 .8-.8h2.2M13.5 3.5h2.2a.8.8 0 0 1 .8.8v2.2M16.5 13.5v2.2a.8.8 0 0 1-.8.8h-2.2" +
    "M6.5 16.5H4.3a.8.8 0 0 1-.8-.8v-2.2M3.5 10h13",
  card: "M3.5 4.2h13v11.6h-13zM7.5 10a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z" +
    "M5 13.3c.4-1.7 4.6-1.7 5 0M12.5 7.5H15M12.5 10H15",
  payment: "M3.5 5h13v10h-13zM3.5 8.3h13M6.7 11.7H10",
  code: "M4.2 4.2h4.2v4.2H4.2zM11.7 4.2h4.2v4.2h-4.2zM4.2 11.7h4.2v4.2H4.2z" +
    "M11.7 11.7h1.6v1.6h-1.6zM15 15h.9M15 11.7h.9M11.7 15h.9",
  person: "M10 10a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM4.2 16.7c0-3.3 2.5-5 5.8-5s5.8 1.7 5.8 5",
  alarm: `${DISC}M10 6.5v4.2M10 13.4v.1`,
  signal: "M2.5 13.3V15M5.8 10.8V15M9.2 8.3V15M12.5 5.8V15M15.8 5v10",
  // the sandbox's bar
  light: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2" +
    "M4 4l1.4 1.4M14.6 14.6 16 16M4 16l1.4-1.4M14.6 5.4 16 4",
  dark: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z",
  auto: `${DISC}M10 3v14M12 6h3.7M12 9h4.8M12 12h4.5M12 15h2.5`,
  panel: "M4 3.5h12a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 15V5A1.5 1.5 0 0 1 4 3.5z" +
    "M12 3.5v13",
};

/** Return a sign by its name; it says nothing to who cannot see it. */
export function icon(name) {
  return shape("svg", { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true" },
    shape("path", { d: LINES[name] }));
}
