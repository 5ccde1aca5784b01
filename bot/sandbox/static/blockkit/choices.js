// What opens beside a button to choose from: it lies over everything, closes by itself when one looks elsewhere,
// and is searched by typing and walked with the arrow keys. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { el } from "../dom.js";
import { icon } from "../icons.js";

const GAP = 4;
let lists = 0;

/** Let `button` open and close `list`; `onOpen` and `onClose` are called as that happens. */
export function opens(button, list, { onOpen, onClose = () => {} }) {
  list.popover = "auto";
  button.popoverTargetElement = list;
  button.setAttribute("aria-expanded", "false");
  // what is scrolled beneath takes its list along
  const along = ({ target }) => list.contains(target) || place(list, button);
  list.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    removeEventListener("scroll", along, { capture: true });
    if (!isOpen) return onClose();
    addEventListener("scroll", along, { capture: true });
    onOpen();
    return place(list, button);
  });
}

/** Put `list` under `button`, or over it where there is more room. */
function place(list, button) {
  const at = button.getBoundingClientRect();
  list.style.minWidth = `${at.width}px`;
  const { offsetHeight: height, offsetWidth: width } = list;
  const below = at.bottom + GAP + height <= innerHeight || at.top < innerHeight - at.bottom;
  list.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  list.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}

/** Return the item that an arrow key leads to from `item` in `items`. */
export function stepped(key, items, item) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (!steps[key] || !items.length) return null;
  return items[(items.indexOf(item) + steps[key] + items.length) % items.length];
}

/** What there is to choose from, in `node`; `onChoose(value)` is called for what is clicked or entered. */
export class Choices {
  #items;
  #list;
  #none;
  #search;
  #active = null;

  constructor(options, isMany, { say }, onChoose) {
    const id = `choices-${(lists += 1)}`;
    this.#items = options.map((option, at) => item(option, `${id}-${at}`, isMany, () => onChoose(option.value)));
    this.#list = el("ul", { role: "listbox", id, "aria-multiselectable": isMany ? "true" : null });
    this.#none = el("p", { class: "none", role: "status" }, say("none_found"));
    this.#search = el("input", { type: "search", role: "combobox", "aria-controls": id, "aria-expanded": "true",
      "aria-autocomplete": "list", placeholder: say("find"), "aria-label": say("find"), autocomplete: "off",
      oninput: () => this.#sift(), onkeydown: (event) => this.#walk(event) });
    this.node = el("div", { class: "choices" },
      el("label", {}, icon("search"), this.#search), this.#list, this.#none);
    this.id = id;
  }

  /** Begin a search. */
  begin() {
    this.#search.value = "";
    this.#sift();
    this.#search.focus();
  }

  /** Show which values are chosen. */
  mark(values) {
    for (const { node, value } of this.#items) node.setAttribute("aria-selected", String(values.includes(value)));
  }

  #sift() {
    const words = this.#search.value.trim().toLowerCase();
    const found = this.#items.filter((one) => one.words.includes(words));
    this.#list.replaceChildren(...grouped(found));
    this.#none.hidden = found.length > 0;
    this.#point(found[0]?.node ?? null);
  }

  #walk(event) {
    const next = stepped(event.key, [...this.#list.querySelectorAll("[role=option]")], this.#active);
    if (next) this.#point(next);
    else if (event.key === "Enter" && !event.isComposing) this.#active?.click();
    else return;
    event.preventDefault();
  }

  #point(node) {
    this.#active?.classList.remove("active");
    this.#active = node;
    node?.classList.add("active");
    node?.scrollIntoView({ block: "nearest" });
    this.#search.setAttribute("aria-activedescendant", node?.id ?? "");
  }
}

function item({ value, words, description, group }, id, isMany, onclick) {
  const node = el("li", { role: "option", id, class: isMany ? "several" : null, onclick }, el("span", {}, words),
    description && el("small", {}, description));
  return { node, value, group, words: `${words} ${description ?? ""}`.toLowerCase() };
}

/** Return the items, each group of them under its name. */
function grouped(items) {
  const heading = (group) => el("li", { role: "presentation", class: "group" }, group);
  return items.flatMap(({ node, group }, at) =>
    group && group !== items[at - 1]?.group ? [heading(group), node] : [node]);
}
