// The sandbox's own bar, apart from Slack: who looks, the tour, the phone, WeChat's side, the theme, the time.

import { dated } from "../dates.js";
import { el, keep } from "../dom.js";
import { icon } from "../icons.js";
import { panelBadge } from "../wechat_side/wechat.js";
import { avatar } from "./avatar.js";

// index.html puts the choice on before anything is painted
const THEMES = ["auto", "light", "dark"];

/** Show the people with whose eyes the page can be looked at; one is chosen, and the arrow keys choose another. */
export function showPeople(bar, scene) {
  const people = scene.people.filter((one) => !one.is_app);
  keep(bar, [people], {
    key: () => "people",
    like: () => scene.person.locale,
    draw: () => el("fieldset", { "aria-label": scene.say("people") }, people.map((person) => choice(person, scene))),
  });
  for (const input of bar.querySelectorAll("input")) input.checked = input.value === scene.person.name;
}

function choice(person, { say, become }) {
  const role = say(`role_${person.role}`), tongue = person.locale.startsWith("zh") ? "中文" : "English";
  const label = [person.real_name, role, tongue, person.tz].join(", ");
  return el("label", { title: label },
    el("input", { type: "radio", name: "person", value: person.name, "aria-label": label,
      onchange: () => become(person.name) }),
    avatar(person),
    el("span", { class: "who", "aria-hidden": "true" },
      el("b", {}, person.real_name), el("small", {}, `${role} · ${tongue}`)));
}

/** Show the bar's buttons in `place`; `tour` starts the tour, `panel` is WeChat's side. */
export function showTools(place, scene, { tour, panel }) {
  const { say, openPhone, openPanel, redraw } = scene;
  const turn = () => (panel.hidden ? openPanel() : redraw((panel.hidden = true)));
  const isOpen = String(!panel.hidden), isUp = String(!document.getElementById("phone").hidden);
  const tools = {
    tour: () => tour,
    phone: () => tool("phone", say("phone"), () => openPhone(null),
      { "aria-expanded": isUp, "aria-controls": "phone" }),
    panel: () => tool("panel", say("open_panel"), turn, { "aria-expanded": isOpen, "aria-controls": panel.id },
      panelBadge(scene)),
    theme: () => tool(theme(), say(`theme_${theme()}`), () => redraw(turnTheme()), { class: "tool small" }),
    clock: () => clock(scene),
  };
  const looks = { phone: isUp, panel: isOpen, theme: theme(), clock: timeOf(scene) };
  keep(place, Object.keys(tools), {
    key: (name) => name,
    like: (name) => [scene.person.id, looks[name]],
    draw: (name) => tools[name](),
  });
}

function tool(drawing, words, onclick, more = {}, mark = null) {
  return el("button", { type: "button", class: "tool", title: words, "aria-label": words, onclick, ...more },
    icon(drawing), el("span", {}, words), mark);
}

const timeOf = ({ now, person }) => dated(now, "{date_short} {time}", person, now);

function clock(scene) {
  const zone = scene.say(`zone.${scene.person.tz}`);
  return el("div", { class: "clock", title: scene.say("clock_of", { zone }) },
    el("time", {}, timeOf(scene)), el("small", {}, zone));
}

function theme() {
  return document.documentElement.dataset.theme ?? THEMES[0];
}

/** Change to the next theme and keep it for the next time. */
function turnTheme() {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  localStorage.setItem("theme", next);
}
