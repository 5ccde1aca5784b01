// Who looks, and what there is for her to look at: the two bars on the left.

import { el, keep } from "./dom.js";
import { emoji } from "./emoji.js";

const HUES = [152, 285, 160, 335, 205, 30, 255];

/** Return the square with a person's first letters. */
export function avatar(person) {
  const name = person?.real_name ?? "?";
  const letters = /^[\x00-\x7f]/.test(name) ? name.split(" ").map((word) => word[0]).join("").slice(0, 2) : name.at(-1);
  const hue = HUES[Number(person?.id.at(-1)) || 0];
  return el("span", { class: "avatar", "aria-hidden": "true", style: `--hue: ${hue}` }, person?.is_app ? "▣" : letters);
}

/** Show the people to choose from; one is chosen, and the arrow keys choose another. */
export function showPeople(bar, scene) {
  const people = scene.people.filter((one) => !one.is_app);
  keep(bar, [{ id: "all", people, chosen: scene.person.id }], {
    key: (all) => all.id,
    like: () => scene.person.locale,
    draw: () => el("fieldset", { "aria-label": scene.say("people") }, people.map((person) => choice(person, scene))),
  });
  for (const input of bar.querySelectorAll("input")) input.checked = input.value === scene.person.name;
}

function choice(person, scene) {
  const label = `${person.real_name}, ${person.tz}`;
  return el("label", { title: `${label}, ${person.role}` },
    el("input", { type: "radio", name: "person", value: person.name, "aria-label": label,
      onchange: () => scene.become(person.name) }),
    avatar(person));
}

/** Show what the person can open. */
export function showChannels(bar, scene, unread) {
  const channels = scene.channels.filter((one) => one.kind !== "im");
  const direct = scene.channels.find((one) => one.kind === "im");
  const item = (one, words, sign = "") => ({ id: one.id, words, sign, chosen: one.id === scene.place.channel, unread: unread(one) });
  const items = [
    { heading: scene.say("workspace"), person: scene.person.real_name },
    { heading: scene.say("channels") },
    ...channels.map((one) => (one.kind === "groups" ? item(one, one.name, "lock") : item(one, `# ${one.name}`))),
    { heading: scene.say("apps") },
    item(direct, "▣ wxqr"),
    item({ id: "home", messages: [] }, `⌂ ${scene.say("home")}`),
  ];
  keep(bar, items, {
    key: (one) => one.id ?? one.heading,
    draw: (one) => (one.heading ? heading(one) : link(one, scene)),
  });
}

function heading(one) {
  return one.person ? el("h1", {}, one.heading, el("small", {}, one.person)) : el("h2", {}, one.heading);
}

function link(one, scene) {
  return el("button", { type: "button", class: one.unread ? "unread" : "", "aria-current": one.chosen ? "page" : null,
    onclick: () => scene.go(one.id) }, one.sign && [emoji(one.sign), " "], one.words);
}
