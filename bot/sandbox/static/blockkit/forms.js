// The inputs of a form: what they ask, what is in them, and what is wrong with them.
// https://docs.slack.dev/reference/block-kit/blocks/input-block

import { el } from "../dom.js";
import { element } from "./elements.js";
import { textOf } from "./mrkdwn.js";

let drawn = 0;

/** Return a label with its field, a hint, and room for what is wrong; read(), write() and wrong() are the field's. */
export function input(block, scene, touch) {
  const inside = element(block.element, scene, block.dispatch_action ? touch : null);
  const id = `input-${(drawn += 1)}`, control = inside.control ?? inside;
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  const hint = block.hint && el("small", { id: `${id}-hint` }, textOf(block.hint, scene));
  control.id = id;
  // what a menu shows is its value: it is read after its name
  const value = control.querySelector(".face")?.id;
  control.setAttribute("aria-labelledby", value ? `${id}-label ${value}` : `${id}-label`);
  control.setAttribute("aria-describedby", hint ? `${problem.id} ${hint.id}` : problem.id);
  const optional = block.optional && el("small", {}, ` (${scene.say("optional")})`);
  const field = el("div", { class: "input", "data-name": block.block_id },
    el("label", { for: id, id: `${id}-label` }, textOf(block.label, scene), optional), inside, problem, hint);
  const complain = (words) => {
    problem.textContent = words;
    control.setAttribute("aria-invalid", String(Boolean(words)));
  };
  return Object.assign(field, {
    control, complain, read: inside.read, write: inside.write, wrong: () => wrong(block, inside, control, scene.say),
  });
}

/** Return what Slack's own client finds wrong with a field before it sends a form; "" where nothing is. */
function wrong({ optional, element: { type, min_length: least } }, inside, control, say) {
  const value = inside.read(), isEmpty = value === null || value.length === 0;
  if (isEmpty && !control.validity?.badInput) return optional ? "" : say("required");
  if (least && value.length < least) return say("too_short", { least });
  return control.validity && !control.validity.valid ? say(`wrong_${type}`) : "";
}

/** Return the input blocks that hold a value. */
export function inputs(form) {
  return [...form.querySelectorAll(".input")].filter((input) => input.read);
}

/** Return what the inputs hold, by block_id. */
export function values(form) {
  return Object.fromEntries(inputs(form).map((input) => [input.dataset.name, input.read()]));
}

/** Put values, by block_id, into the inputs that are there. */
export function fill(form, given) {
  for (const input of inputs(form)) if (input.dataset.name in given) input.write(given[input.dataset.name]);
}

/** Say what Slack's own client finds wrong, and return the first input that is; the app may then say the same again. */
export function firstWrong(form) {
  form.said = null;
  return show(form, (input) => input.wrong());
}

/** Say what the app finds wrong, and Slack's own trouble with the app. */
export function complain(form, { errors, trouble }) {
  form.querySelector(".trouble").textContent = trouble ?? "";
  const said = JSON.stringify(errors);
  if (form.said === said) return;
  form.said = said;
  show(form, (input) => errors[input.dataset.name] ?? "");
}

/** Put under each input what is wrong with it; the focus goes to the first that is. */
function show(form, wrongWith) {
  const all = inputs(form), problems = all.map(wrongWith);
  all.forEach((input, at) => input.complain(problems[at]));
  const first = all.find((_, at) => problems[at]);
  first?.control.focus();
  return first;
}
