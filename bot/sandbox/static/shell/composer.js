// The box where the person types, one under each conversation and one in its thread, and what becomes of a line.

import { act } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { Completion } from "./completion.js";
import { outcome } from "./scene.js";

const SIGNS = { slash: "/", at: "@" };

/** A composer in `form`; `sent()` is called before a line goes out, `fail(error)` where it could not. */
export class Composer {
  #scene;
  #at = "";
  #drafts = new Map();
  #past = [];
  #back = 0;
  #isInThread; #sent; #fail;
  #input = el("textarea", { rows: 1, spellcheck: "false", autocomplete: "off" });
  #completion = new Completion(this.#input);
  #refusal = el("p", { class: "refusal", role: "alert" });
  #tools = Object.keys(SIGNS).map((name) => this.#tool(name));
  #send = el("button", { class: "send" }, icon("send"));

  constructor(form, { sent, fail, isInThread = false }) {
    this.form = form;
    [this.#sent, this.#fail, this.#isInThread] = [sent, fail, isInThread];
    form.append(this.#completion.list, this.#refusal,
      el("div", { class: "box" }, this.#input, el("div", { class: "tools" }, this.#tools, this.#send)));
    this.#listen();
  }

  #tool(name) {
    return el("button", { type: "button", class: "plain", onclick: () => this.#begin(SIGNS[name]) }, icon(name));
  }

  /** Show the composer of the place where the scene is; what was begun in another stays there. */
  show(scene) {
    this.#scene = scene;
    const { say, channel, place } = scene;
    this.form.hidden = !channel;
    if (!channel) return;
    const where = channel.kind === "im" ? "wxqr" : `#${channel.name}`;
    const words = this.#thread ? say("reply_here") : say("placeholder", { where });
    this.#input.placeholder = words;
    this.#input.setAttribute("aria-label", words);
    const names = [say("type_command"), say("type_mention"), say("send")];
    for (const [at, button] of [...this.#tools, this.#send].entries()) button.title = button.ariaLabel = names[at];
    this.#move([place.person, channel.id, this.#thread].join("/"));
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  get #thread() {
    return this.#isInThread ? this.#scene.place.thread : "";
  }

  #move(at) {
    if (at === this.#at) return;
    this.#drafts.set(this.#at, this.#input.value);
    this.#at = at;
    this.#write(this.#drafts.get(at) ?? "");
    this.#completion.close();
  }

  #listen() {
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("blur", () => this.#completion.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** While an input method composes, its keys are its own. */
  #press(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.#completion.takes(event) || this.#recalls(event.key)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    }
  }

  #typed() {
    this.#back = 0;
    this.#refusal.textContent = "";
    this.form.classList.toggle("ready", Boolean(this.#input.value.trim()));
    this.#completion.look(this.#scene, this.#thread);
  }

  #write(text) {
    this.#input.value = text;
    this.form.classList.toggle("ready", Boolean(text.trim()));
  }

  /** Begin a mention at the caret, or a command where nothing else has been begun. */
  #begin(sign) {
    this.focus();
    if (sign === "/" && this.#input.value) return;
    const space = this.#input.value ? " " : "";
    this.#input.setRangeText(`${space}${sign}`, this.#input.selectionStart, this.#input.selectionEnd, "end");
    this.#typed();
  }

  /** Bring back what was typed before, as a shell does; return whether the key meant that. */
  #recalls(key) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[key];
    const isIdle = !this.#input.value || this.#input.value === this.#past.at(-this.#back);
    if (!step || !isIdle || (step < 0 && !this.#back) || !this.#past.length) return false;
    this.#back = Math.min(this.#back + step, this.#past.length);
    this.#write(this.#back ? this.#past.at(-this.#back) : "");
    return true;
  }

  async #submit() {
    const typed = this.#input.value.trimEnd(), scene = this.#scene;
    if (!typed.trim()) return;
    this.#past.push(typed);
    this.#back = 0;
    this.#write("");
    this.#completion.close();
    this.#sent();
    try {
      const refused = await send(typed, scene, this.#thread);
      if (refused) this.#refuse(typed, refused);
    } catch (error) {
      this.#fail(error);
      this.#putBack(typed);
    }
  }

  /** Say Slack's no, and leave what was typed where it can be corrected. */
  #refuse(typed, words) {
    this.#refusal.textContent = words;
    this.#putBack(typed);
  }

  #putBack(typed) {
    if (!this.#input.value) this.#write(typed);
  }
}

/**
 * Send a line: /wxqr goes to the bot, /invite lets it in, anything else is only said.
 * Return the words with which Slack refuses it, or nothing.
 */
async function send(typed, scene, thread) {
  const { say, tell } = scene, place = { person: scene.person.name, channel: scene.channel.id };
  // an empty space before it makes a message of a command, as Slack's refusal says
  const [command] = typed.split(/\s/);
  if (!/^\/[a-z]/.test(command)) {
    await act("say", { ...place, text: typed.trim(), ...(thread && { thread_ts: thread }) });
  } else if (thread) return say("no_threads", { command });
  else if (command === "/wxqr") {
    const came = await act("command", { ...place, text: typed.slice(command.length).trim() });
    tell(outcome(typed, came, say), Boolean(came.error));
  } else if (/^\/invite\s+@wxqr$/.test(typed)) await act("invite", place);
  else return say("no_command", { command });
  return "";
}
