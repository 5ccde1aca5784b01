// The keys that work everywhere in the workspace, and the quick switcher that one of them opens.
// https://slack.com/help/articles/201374536

import { el } from "../dom.js";
import { DIRECT } from "./scene.js";

/** Listen for them; `where()` is the scene. */
export function listen(where) {
  addEventListener("keydown", (event) => {
    const scene = where();
    if (!scene || event.isComposing || event.defaultPrevented) return;
    if (key(event, scene)) event.preventDefault();
  });
}

function key(event, scene) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return openSwitcher(scene) ?? true;
  if (event.altKey && event.key === "ArrowDown") return step(scene, 1);
  if (event.altKey && event.key === "ArrowUp") return step(scene, -1);
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) return away(scene);
  return false;
}

/** Go to the channel after or before this one, round and round. */
function step({ channels, channel, go }, by) {
  const at = channels.findIndex((one) => one.id === channel?.id);
  go(channels[(at + by + channels.length) % channels.length].id);
  return true;
}

/** Put away what lies over the conversation, the last thing first. */
function away({ place, openThread }) {
  if (document.body.classList.contains("drawn")) return !document.body.classList.toggle("drawn", false);
  return place.thread ? (openThread("") ?? true) : false;
}

/** Open the quick switcher over the page: a few letters, and one is there. */
export function openSwitcher({ channels, say, go }) {
  if (document.querySelector("dialog.switcher")) return;
  const places = channels.map(placeOf);
  const list = el("ul", { id: "places", role: "listbox", "aria-label": say("suggestions") });
  const input = el("input", { type: "text", role: "combobox", placeholder: say("jump"), "aria-label": say("jump"),
    "aria-controls": "places", "aria-expanded": "true", autocomplete: "off", spellcheck: "false" });
  const leave = () => dialog.remove();
  const dialog = el("dialog", { class: "switcher", "aria-label": say("jump"), onclose: leave }, input, list);
  const choice = chooser(input, list, places, (id) => {
    dialog.close();
    go(id);
  });
  input.addEventListener("input", choice.begin);
  input.addEventListener("keydown", choice.press);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  choice.begin();
  dialog.showModal();
}

function placeOf({ id, kind, name }) {
  return kind === "im" ? { id: DIRECT, words: "wxqr" } : { id, words: `# ${name}` };
}

function option({ id, words }, at, isChosen, choose) {
  const name = { role: "option", id: `place-${at}`, "aria-selected": String(isChosen) };
  return el("li", { ...name, onclick: () => choose(id) }, words);
}

function chooser(input, list, places, choose) {
  let found = [], at = 0;
  const draw = () => {
    list.replaceChildren(...found.map((one, n) => option(one, n, n === at, choose)));
    input.setAttribute("aria-activedescendant", found.length ? `place-${at}` : "");
  };
  const begin = () => {
    found = places.filter((one) => one.words.toLowerCase().includes(input.value.trim().toLowerCase()));
    at = 0;
    draw();
  };
  const press = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) at = (at + step + found.length) % found.length;
    else if (event.key !== "Enter" || event.isComposing) return;
    else if (found.length) choose(found[at].id);
    event.preventDefault();
    draw();
  };
  return { begin, press };
}
