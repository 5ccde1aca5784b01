// Menus to choose from: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { Choices, opens, stepped } from "./choices.js";
import { confirmed } from "./dialogs.js";
import { isWebAddress } from "./mrkdwn.js";

const PEOPLE = /users_select$/, CHANNELS = /channels_select$/, CONVERSATIONS = /conversations_select$/;
const KINDS = { public: "channels", private: "groups", im: "im" };
let menus = 0;

/** Return the field that opens a menu; one of several values shows each as a word. */
export function menu(made, scene, touch) {
  const { node, control, read, write } = new Menu(made, scene, touch);
  return Object.assign(node, { control, read, write });
}

class Menu {
  #made;
  #scene;
  #touch;
  #isMany;
  #options;
  #chosen;
  #told;
  #face = el("span", { class: "face", id: `face-${(menus += 1)}` });
  #list;

  constructor(made, scene, touch) {
    Object.assign(this, { read: () => this.#read(), write: (given) => this.#begin([given ?? []].flat()) });
    this.#made = made;
    this.#scene = scene;
    this.#touch = touch;
    this.#isMany = made.type.startsWith("multi_");
    this.#options = offered(made, scene);
    this.#list = new Choices(this.#options, this.#isMany, scene, (value) => this.#choose(value));
    this.control = el("button", { type: "button", class: "field", role: "combobox", "aria-haspopup": "listbox",
      "aria-controls": this.#list.id, autofocus: made.focus_on_load }, this.#face, icon("down"));
    this.node = el("span", { class: "menu" }, this.control, this.#list.node);
    opens(this.control, this.#list.node, { onOpen: () => this.#list.begin(), onClose: () => this.#tell() });
    this.#begin(chosenIn(made, scene));
  }

  #read() {
    return this.#isMany ? this.#chosen : this.#chosen[0] ?? null;
  }

  #begin(values) {
    this.#told = values;
    this.#show(values);
  }

  #choose(value) {
    const { max_selected_items: most = Infinity } = this.#made, others = this.#chosen.filter((one) => one !== value);
    if (!this.#isMany) this.#show([value]);
    else if (others.length < this.#chosen.length) this.#show(others);
    else if (others.length < most) this.#show([...others, value]);
    if (!this.#isMany) this.#list.node.hidePopover();
  }

  /** Tell the app once the menu is closed, if something else is chosen now and the person means it. */
  async #tell() {
    if (this.#chosen.join() === this.#told.join()) return;
    const { confirm } = this.#made;
    if (this.#touch && confirm && !(await confirmed(confirm, this.#scene))) return this.#show(this.#told);
    this.#told = this.#chosen;
    await this.#touch?.(this.#made, this.#read());
  }

  #show(values) {
    this.#chosen = values;
    const words = this.#options.filter(({ value }) => values.includes(value)).map((one) => one.words);
    const placeholder = this.#made.placeholder?.text, kind = this.#isMany ? "token" : null;
    this.#face.replaceChildren(...(words.length ? words.map((one) => el("span", { class: kind }, one))
      : [el("span", { class: "placeholder" }, placeholder ?? this.#scene.say("choose"))]));
    this.control.setAttribute("aria-label", [placeholder, ...words].filter(Boolean).join(", "));
    this.#list.mark(values);
  }
}

/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export function overflow(made, scene, touch) {
  const button = el("button", { type: "button", class: "act dots", "aria-haspopup": "menu",
    "aria-label": scene.say("more_actions"), title: scene.say("more_actions") }, icon("more"));
  const items = made.options.map(written).map((option) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(option) },
      el("span", {}, option.words), option.description && el("small", {}, option.description)));
  const list = el("div", { role: "menu", class: "choices", onkeydown: walk }, items);

  function walk(event) {
    const next = stepped(event.key, items, document.activeElement);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  async function choose({ value, url }) {
    list.hidePopover();
    if (made.confirm && !(await confirmed(made.confirm, scene))) return;
    if (isWebAddress(url ?? "")) window.open(url, "_blank", "noopener");
    await touch(made, value);
  }

  opens(button, list, { onOpen: () => items[0].focus() });
  return el("span", { class: "menu" }, button, list);
}

/** Return what there is to choose from: value, words, and, where there is one, description, group and address. */
function offered(made, scene) {
  if (PEOPLE.test(made.type)) return people(scene);
  if (CHANNELS.test(made.type)) return channels(scene).filter(({ kind }) => kind === "channels");
  if (CONVERSATIONS.test(made.type)) return channels(scene).filter(wanted(made.filter));
  const groups = made.option_groups ?? [{ options: made.options ?? [] }];
  return groups.flatMap(({ label, options }) => options.map((option) => ({ ...written(option), group: label?.text })));
}

/** Return the values that are chosen before anybody touches the menu. */
function chosenIn(made, scene) {
  const { default_to_current_conversation: here, ...rest } = made;
  const initial = Object.entries(rest).find(([name]) => name.startsWith("initial_"))?.[1];
  if (initial !== undefined) return [initial].flat().map((one) => one.value ?? one);
  return here && scene.channel ? [scene.channel.id] : [];
}

/** Return an option as the menus show it. */
function written({ value, text, description, url }) {
  return { value, words: text.text, description: description?.text, url };
}

function people({ people: all }) {
  const humans = all.filter((one) => !one.is_app);
  return humans.map(({ id, real_name: words, name }) => ({ value: id, words, description: name }));
}

function channels(scene) {
  return scene.channels.map(({ id, name, kind }) => ({ value: id, words: kind === "im" ? name : `#${name}`, kind }));
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object */
function wanted({ include, exclude_bot_users: noBots } = {}) {
  const kinds = include?.map((one) => KINDS[one]);
  return ({ kind }) => (!kinds || kinds.includes(kind)) && !(noBots && kind === "im");
}
