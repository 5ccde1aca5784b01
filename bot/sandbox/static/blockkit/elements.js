// What can be touched or filled in: https://docs.slack.dev/reference/block-kit/block-elements
// What holds a value has read() for it, as the control interface takes it, and write(value);
// `control` is the part that has the focus, where that is not the whole.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { confirmed } from "./dialogs.js";
import { dateTime, field, richInput } from "./fields.js";
import { menu, overflow } from "./menus.js";
import { isWebAddress, textOf } from "./mrkdwn.js";

const DRAWN = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedback,
  overflow,
  static_select: menu,
  users_select: menu,
  channels_select: menu,
  conversations_select: menu,
  multi_static_select: menu,
  multi_users_select: menu,
  multi_channels_select: menu,
  multi_conversations_select: menu,
  radio_buttons: boxes,
  checkboxes: boxes,
  plain_text_input: field,
  email_text_input: field,
  url_text_input: field,
  number_input: field,
  datepicker: field,
  timepicker: field,
  datetimepicker: dateTime,
  rich_text_input: richInput,
};

let sets = 0;

/** Return the element's node; `touch` is null where nothing is told before a form is submitted. */
export function element(made, scene, touch) {
  if (made.visible_to_user_ids && !made.visible_to_user_ids.includes(scene.person.id)) return null;
  return DRAWN[made.type]?.(made, scene, touch) ?? unknown(made, scene);
}

/** Return the JSON of a block or an element, with a mark that says why it is to be seen. */
export function unknown(made, scene) {
  return el("div", { class: "unknown" },
    el("small", {}, scene.say("not_drawn", { type: made.type })),
    el("pre", {}, JSON.stringify(made, null, 2)));
}

/** Return a button; one with an address opens it, and tells the app all the same. */
function button(made, scene, touch) {
  return el("button", {
    type: "button", class: `act ${made.style ?? ""}`, "aria-label": made.accessibility_label,
    onclick: pressed(made, scene, touch),
  }, textOf(made.text, scene));
}

/** https://docs.slack.dev/reference/block-kit/block-elements/icon-button-element */
function iconButton(made, scene, touch) {
  return el("button", {
    type: "button", class: "plain", title: made.text.text, "aria-label": made.accessibility_label ?? made.text.text,
    onclick: pressed(made, scene, touch),
  }, icon(made.icon === "trash" ? "trash" : "more"));
}

/** https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element */
function feedback(made, scene, touch) {
  const one = ({ text, value, accessibility_label: label }, sign) => el("button", {
    type: "button", class: "plain", title: text.text, "aria-label": label ?? text.text,
    onclick: pressed({ ...made, given: value }, scene, touch),
  }, icon(sign));
  return el("span", { class: "feedback" }, one(made.positive_button, "approve"), one(made.negative_button, "reject"));
}

/** Return what a press does: it asks where the app wants it asked, and waits for the app's answer. */
function pressed(made, scene, touch) {
  return async ({ currentTarget }) => {
    if (made.confirm && !(await confirmed(made.confirm, scene))) return;
    if (isWebAddress(made.url ?? "")) window.open(made.url, "_blank", "noopener");
    currentTarget.disabled = true;
    await touch(made, made.given).finally(() => (currentTarget.disabled = false));
  };
}

/**
 * https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
 * Return the options with their boxes; read() is one value of radio buttons, a list of checkboxes.
 */
function boxes(made, scene, touch) {
  const isRadio = made.type === "radio_buttons", name = `boxes-${(sets += 1)}`;
  const initial = [made.initial_option, ...(made.initial_options ?? [])].filter(Boolean).map(({ value }) => value);
  const all = made.options.map(({ value }) => el("input", {
    type: isRadio ? "radio" : "checkbox", name, value, checked: initial.includes(value), onchange: () => tell(),
  }));
  const read = () => {
    const values = all.filter((box) => box.checked).map((box) => box.value);
    return isRadio ? values[0] ?? null : values;
  };
  const write = (given) => all.forEach((box) => (box.checked = [given].flat().includes(box.value)));
  let kept = read();

  async function tell() {
    if (made.confirm && !(await confirmed(made.confirm, scene))) return write(kept);
    kept = read();
    return touch?.(made, kept);
  }

  return Object.assign(
    el("fieldset", { class: "boxes" }, all.map((box, at) => option(box, made.options[at], scene))), { read, write });
}

function option(box, { text, description }, scene) {
  return el("label", {}, box, el("span", {}, textOf(text, scene),
    description && el("small", {}, textOf(description, scene))));
}
