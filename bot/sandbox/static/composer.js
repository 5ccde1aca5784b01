// Where the person types: /wxqr goes to the bot, /invite lets it in, anything else is only said.

import { act } from "./api.js";
import { el } from "./dom.js";

const START = "/wxqr ";

/** Build the composer in `form`; `where()` tells the scene, `tell(words)` shows what came of it. */
export function makeComposer(form, where, tell) {
  const past = [];
  let back = 0;
  const input = el("textarea", { rows: "1", spellcheck: "false", autocomplete: "off" });
  const button = el("button", { class: "act primary" });
  input.value = START;

  async function send() {
    const typed = input.value.trim();
    if (!typed || typed === START.trim()) return;
    past.push(typed);
    back = 0;
    input.value = "";
    await sent(typed, where(), tell);
  }

  /** Bring back what was typed before, as a shell does. */
  function recall(step) {
    back = Math.min(Math.max(back + step, 0), past.length);
    input.value = back ? past.at(-back) : "";
  }

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && (back || !input.value || input.value === START)) recall(1);
    else if (event.key === "ArrowDown" && back) recall(-1);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.append(input, button);
  return function show({ say, channel }) {
    const name = channel ? (channel.kind === "im" ? channel.name : `#${channel.name}`) : "";
    input.placeholder = say("placeholder", { where: name });
    input.setAttribute("aria-label", say("message"));
    button.textContent = say("send");
    form.hidden = !channel;
  };
}

async function sent(typed, scene, tell) {
  const { say } = scene, place = { person: scene.person.name, channel: scene.channel.id };
  const [command, ...rest] = typed.split(/\s+/);
  if (command === "/wxqr") {
    const text = typed.slice(command.length).trim();
    tell(outcome(typed, await act("command", { ...place, text }), say));
  } else if (typed === "/invite @wxqr") {
    await act("invite", place);
  } else if (/^\/[a-z]/.test(command)) {
    tell(say("no_command", { what: [command, ...rest].join(" ") }));
  } else {
    await act("say", { ...place, text: typed });
  }
}

/** Say how the app took something. */
export function outcome(what, { seconds, error }, say) {
  return error ? say("failed", { what, error }) : say("acknowledged", { what, ms: Math.ceil(seconds * 1000) });
}
