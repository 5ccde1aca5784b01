// What can be touched or filled in: https://docs.slack.dev/reference/block-kit/block-elements
// Every element has read() for its value as the control interface takes it, and write(value).

import { confirmed } from "./dialogs.js";
import { el } from "./dom.js";
import { textOf } from "./mrkdwn.js";

const TYPED = {
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number",
  datepicker: "date", timepicker: "time",
};
const DRAWN = {
  button,
  static_select: (made, scene, touch) => menu(made, optionsOf(made), made.initial_option?.value, scene, touch),
  overflow: (made, scene, touch) => menu({ ...made, placeholder: { text: "⋯" } }, optionsOf(made), "", scene, touch),
  users_select: (made, scene, touch) => menu(made, peopleOf(scene), made.initial_user, scene, touch),
  channels_select: (made, scene, touch) => menu(made, channelsOf(scene), made.initial_channel, scene, touch),
  conversations_select: (made, scene, touch) => menu(made, channelsOf(scene), startOf(made, scene), scene, touch),
  radio_buttons: (made, scene, touch) => boxes("radio", made, [made.initial_option], scene, touch),
  checkboxes: (made, scene, touch) => boxes("checkbox", made, made.initial_options ?? [], scene, touch),
};

/** Return the element's node; `touch` is null where nothing is told before a form is submitted. */
export function element(made, scene, touch) {
  if (made.visible_to_user_ids && !made.visible_to_user_ids.includes(scene.person.id)) return null;
  const draw = DRAWN[made.type] ?? (TYPED[made.type] && field);
  return draw?.(made, scene, touch) ?? el("pre", { class: "unknown" }, JSON.stringify(made, null, 2));
}

function button(made, scene, touch) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    if (made.confirm && !(await confirmed(made.confirm, scene))) return;
    if (made.url) window.open(made.url, "_blank", "noopener");
    pressed.disabled = true;
    await touch(made).finally(() => (pressed.disabled = false));
  };
  const label = made.accessibility_label;
  return el("button", { type: "button", class: `act ${made.style ?? ""}`, "aria-label": label, onclick: press },
    textOf(made.text, scene));
}

function field(made, _scene, touch) {
  const type = TYPED[made.type], value = made.initial_value ?? made.initial_date ?? made.initial_time ?? "";
  const properties = {
    placeholder: made.placeholder?.text, minlength: made.min_length?.toString(), maxlength: made.max_length?.toString(),
    min: made.min_value, max: made.max_value, step: made.is_decimal_allowed ? "any" : null,
    autofocus: made.focus_on_load, onchange: touch && ((event) => touch(made, event.target.value || null)),
  };
  const input = made.multiline ? el("textarea", { rows: "4", ...properties }) : el("input", { type, ...properties });
  input.value = value;
  return Object.assign(input, {
    read: () => input.value || null,
    write: (given) => (input.value = given ?? ""),
  });
}

function menu(made, options, chosen, scene, touch) {
  const tell = async () => {
    if (made.confirm && !(await confirmed(made.confirm, scene))) return;
    await touch(made, select.value || null);
  };
  const empty = el("option", { value: "" }, made.placeholder?.text ?? "");
  const select = el("select", { "aria-label": made.placeholder?.text, onchange: touch && tell }, empty,
    options.map(([value, words]) => el("option", { value, selected: value === chosen }, words)));
  return Object.assign(select, {
    read: () => select.value || null,
    write: (given) => (select.value = given ?? ""),
  });
}

function boxes(type, made, initial, scene, touch) {
  const checked = new Set(initial.filter(Boolean).map((option) => option.value));
  const name = made.action_id;
  const all = made.options.map((option) => el("input", {
    type, name, value: option.value, checked: checked.has(option.value), onchange: touch && (() => touch(made, read())),
  }));
  const set = el("fieldset", {}, all.map((box, at) => el("label", {}, box, textOf(made.options[at].text, scene))));
  const read = () => {
    const values = all.filter((box) => box.checked).map((box) => box.value);
    return type === "radio" ? values[0] ?? null : values;
  };
  const write = (given) => all.forEach((box) => (box.checked = [given].flat().includes(box.value)));
  return Object.assign(set, { read, write });
}

function optionsOf(made) {
  const groups = made.option_groups ?? [{ options: made.options }];
  return groups.flatMap((group) => group.options).map((option) => [option.value, option.text.text]);
}

const peopleOf = (scene) => scene.people.filter((one) => !one.is_app).map((one) => [one.id, one.real_name]);
const channelsOf = (scene) => scene.channels.map((one) => [one.id, one.kind === "im" ? one.name : `#${one.name}`]);
const startOf = (made, scene) =>
  made.initial_conversation ?? (made.default_to_current_conversation ? scene.place.channel : null);
