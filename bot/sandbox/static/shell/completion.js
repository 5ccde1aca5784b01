// The list over the composer that completes what is typed, by mouse or by keyboard: commands, what they take, people.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ but for the role: a textarea is a textbox, and stays one.

import { el } from "../dom.js";
import { avatar } from "./avatar.js";

const NOTHING = { options: [], hint: null, isHelp: false };
const COMMAND = /^\/\S*$/;
const SUBCOMMAND = /^\/wxqr\s+(\S*)$/;
const AFTER_IT = /^\/wxqr\s+(\S+)\s/;
const PERSON = /(^|\s)@([\p{L}\p{N}._-]*)$/u;
const MOST = 8;
let made = 0;

/** The completion of one `input`; its `list` stands over it. */
export class Completion {
  #input;
  #scene;
  #found = NOTHING;
  #at = -1;
  #id = `completion-${(made += 1)}`;

  constructor(input) {
    this.#input = input;
    this.list = el("div", { class: "completion", id: this.#id, hidden: true });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-controls", this.#id);
  }

  /** Look at what stands before the caret and offer what completes it. */
  look(scene, thread) {
    this.#scene = scene;
    this.#found = suggestions(this.#input.value.slice(0, this.#input.selectionStart), scene, thread);
    // help is there to be read: Enter sends what was typed, unless the reader went into the list
    this.#at = this.#found.isHelp ? -1 : 0;
    this.#draw();
  }

  close() {
    this.#found = NOTHING;
    this.#draw();
  }

  /** Return whether a key pressed in the input was for the list. */
  takes({ key }) {
    if (this.list.hidden) return false;
    if (key === "Escape") return this.close() ?? true;
    if (!this.#found.options.length) return false;
    if (key === "ArrowDown") return this.#go(1);
    if (key === "ArrowUp") return this.#go(-1);
    if (key === "Tab") return this.#choose(this.#found.options[Math.max(this.#at, 0)]);
    return key === "Enter" && this.#at >= 0 && this.#choose(this.#found.options[this.#at]);
  }

  #go(step) {
    const count = this.#found.options.length, from = this.#at < 0 && step < 0 ? 0 : this.#at;
    this.#at = (from + step + count) % count;
    this.#draw();
    return true;
  }

  /** Put what was chosen in the place of what stands before the caret. */
  #choose({ whole }) {
    this.#input.setRangeText(whole, 0, this.#input.selectionStart, "end");
    this.#input.focus();
    this.#input.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  #draw() {
    const { options, hint } = this.#found;
    this.list.hidden = !options.length && !hint;
    this.list.replaceChildren(...[this.#mark(), options.length && this.#listbox(), hint && told(hint)].filter(Boolean));
    const chosen = this.list.querySelector("[aria-selected=true]");
    if (chosen) this.#input.setAttribute("aria-activedescendant", chosen.id);
    else this.#input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** Say what is not Slack's: it shows the hint of the manifest, and knows no subcommands. */
  #mark() {
    return this.#found.isHelp && el("p", { class: "mark" }, this.#scene.say("sandbox_help"));
  }

  #listbox() {
    const label = this.#scene.say("suggestions");
    return el("ul", { role: "listbox", "aria-label": label },
      this.#found.options.map((one, at) => this.#option(one, at)));
  }

  #option(one, at) {
    // a press must not take the focus out of the input
    return el("li", { role: "option", id: `${this.#id}-${at}`, "aria-selected": String(at === this.#at),
      onmousedown: (event) => event.preventDefault(), onclick: () => this.#choose(one) },
    one.person && avatar(one.person),
    el("span", { class: "first" }, el("b", {}, one.text), " ", el("span", { class: "more" }, one.more)),
    one.about && el("small", {}, one.about));
  }
}

function told({ text, about }) {
  return el("p", { class: "hint" }, el("code", {}, text), el("small", {}, about));
}

/** Return what completes `before`, the text up to the caret: options, or a hint how to go on. */
function suggestions(before, scene, thread) {
  if (COMMAND.test(before)) return commands(before, scene);
  const word = SUBCOMMAND.exec(before), known = AFTER_IT.exec(before);
  if (word && !thread) return subcommands(word[1], scene);
  if (known && !thread) return usageOf(known[1], scene);
  const person = PERSON.exec(before);
  return person ? people(before, person, scene) : NOTHING;
}

/** Slack itself shows what the manifest says: https://docs.slack.dev/reference/app-manifest#slash-commands */
function commands(before, { manifest, say }) {
  const known = [
    manifest && { text: manifest.command, more: manifest.usage_hint, about: manifest.description },
    { text: "/invite", more: "@wxqr", about: say("invite"), whole: "/invite @wxqr" },
  ].filter(Boolean);
  const options = known.filter((one) => one.text.startsWith(before) && one.text !== before)
    .map((one) => ({ ...one, whole: one.whole ?? `${one.text} ` }));
  return { ...NOTHING, options };
}

/** What a subcommand takes is the sandbox's help: Slack shows nothing of the kind. */
function subcommands(begun, scene) {
  const options = scene.usage.filter((one) => one.name.startsWith(begun) && one.name !== begun)
    .map((one) => ({ text: one.name, more: takes(one), about: helpOf(one, scene), whole: `/wxqr ${one.name} ` }));
  return { ...NOTHING, options, isHelp: true };
}

function usageOf(name, scene) {
  const one = scene.usage.find((each) => each.name === name);
  return { ...NOTHING, hint: one ? { text: one.usage, about: helpOf(one, scene) } : null, isHelp: true };
}

const takes = ({ usage, name }) => usage.replace(`/wxqr ${name}`, "").trim();
const helpOf = ({ help }, { person }) => help[person.locale.startsWith("zh") ? "zh-CN" : "en"];

function people(before, [whole, space, begun], { people: all, person }) {
  const start = before.slice(0, before.length - whole.length) + space;
  const options = all.filter((one) => one.name !== "slackbot" && one.name !== begun && one.id !== person.id)
    .filter((one) => isCalled(one, begun.toLowerCase()))
    .toSorted((one, other) => far(one, begun) - far(other, begun))
    .slice(0, MOST)
    .map((one) => ({ text: one.real_name, more: `@${one.name}`, whole: `${start}@${one.name} `, person: one }));
  return { ...NOTHING, options };
}

/** Return how far somebody is from what is begun: the app is meant first, then whose handle begins so. */
function far({ name, is_app: isApp }, begun) {
  const isHandle = name.startsWith(begun.toLowerCase());
  return (isApp ? 0 : 2) + (isHandle ? 0 : 1);
}

function isCalled({ name, real_name: whole }, begun) {
  return [name, ...whole.split(" ")].some((part) => part.toLowerCase().startsWith(begun));
}
