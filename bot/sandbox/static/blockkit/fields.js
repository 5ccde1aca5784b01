// Fields to type in: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element

import { el } from "../dom.js";
import { rich } from "./rich.js";

const TYPED = {
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number",
  datepicker: "date", timepicker: "time",
};
const PICKED = { datepicker: "date", timepicker: "time" };
const HOUR = 3600;
const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", CODE: "code" };
const COMMANDS = { bold: "bold", italic: "italic", strike: "strikeThrough" };
const SIGNS = { bold: "B", italic: "I", strike: "S" };

/** Return a field of one line, or of several; what is picked is told at once, what is typed as the app asks. */
export function field(made, { say }, touch) {
  const value = made.initial_value ?? made.initial_date ?? made.initial_time ?? "";
  const properties = {
    class: "field", placeholder: made.placeholder?.text,
    "aria-label": made.placeholder?.text ?? (PICKED[made.type] && say(PICKED[made.type])),
    maxlength: made.max_length?.toString(), min: made.min_value, max: made.max_value,
    step: made.type === "number_input" && made.is_decimal_allowed ? "any" : null, autofocus: made.focus_on_load,
    ...(touch ? told(made, touch) : {}),
  };
  const input = made.multiline ? el("textarea", { rows: "4", ...properties })
    : el("input", { type: TYPED[made.type], ...properties });
  input.value = value;
  return Object.assign(input, { read: () => input.value || null, write: (given) => (input.value = given ?? "") });
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object */
function told(made, touch) {
  const tell = ({ target }) => touch(made, target.value || null);
  if (PICKED[made.type]) return { onchange: tell };
  const when = made.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const onkeydown = (event) => {
    if (event.key !== "Enter" || event.isComposing || made.multiline) return;
    event.preventDefault();
    tell(event);
  };
  return {
    ...(when.includes("on_enter_pressed") ? { onkeydown } : {}),
    ...(when.includes("on_character_entered") ? { oninput: tell } : {}),
  };
}

/** Return a day and a time beside it; the value is seconds since 1970, chosen in the time zone of who looks. */
export function dateTime(made, { say, person }, touch) {
  const read = () => (day.value && time.value ? moment(`${day.value}T${time.value}`, person.tz) : null);
  const tell = touch && (() => read() !== null && touch(made, read()));
  const day = el("input", { type: "date", class: "field", "aria-label": say("date"), onchange: tell });
  const time = el("input", { type: "time", class: "field", "aria-label": say("time"), onchange: tell });
  const write = (at) => ([day.value, time.value] = Number.isFinite(at) ? local(at, person.tz).split("T") : ["", ""]);
  write(made.initial_date_time);
  return Object.assign(el("span", { class: "datetime" }, day, time), { read, write, control: day });
}

/** Return a moment as "2026-11-22T23:05" in a time zone. */
function local(at, timeZone) {
  const style = { timeZone, dateStyle: "short", timeStyle: "short" };
  return new Intl.DateTimeFormat("sv-SE", style).format(at * 1000).replace(" ", "T");
}

/** Return the first moment that `local` writes like this: zones differ from UTC by whole quarters of an hour. */
function moment(written, timeZone) {
  const utc = Date.parse(`${written}Z`) / 1000;
  for (let at = utc - 14 * HOUR; at <= utc + 14 * HOUR; at += HOUR / 4) if (local(at, timeZone) === written) return at;
  return utc;
}

/**
 * Return a field for rich text; its value is a rich_text block.
 * https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element
 */
export function richInput(made, scene) {
  const text = el("div", { class: "field", contenteditable: "true", role: "textbox", "aria-multiline": "true",
    "data-placeholder": made.placeholder?.text, autofocus: made.focus_on_load });
  const buttons = Object.keys(COMMANDS).map((style) => el("button", { type: "button", class: `plain ${style}`,
    "aria-label": scene.say(style), title: scene.say(style), onmousedown: (event) => event.preventDefault(),
    onclick: () => document.execCommand(COMMANDS[style]) }, SIGNS[style]));
  const write = (block) => text.replaceChildren(...(block ? rich(block, scene).flat() : []));
  write(made.initial_value);
  return Object.assign(el("div", { class: "rich-input" }, el("div", { class: "bar" }, buttons), text), {
    write, control: text, read: () => (text.textContent.trim() ? blockOf(text) : null),
  });
}

function blockOf(text) {
  const elements = [...text.childNodes].flatMap((node, at) => said(node, {}, at > 0));
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

/** Return what a node says as text elements; a browser puts each further line into an element of its own. */
function said(node, style, isLater) {
  if (node.nodeName === "#text") return [textIn(style, node.data)];
  if (node.nodeName === "BR") return [textIn(style, "\n")];
  const own = STYLES[node.nodeName] ? { ...style, [STYLES[node.nodeName]]: true } : style;
  const inside = [...node.childNodes].flatMap((child) => said(child, own, false));
  return isLater && ["DIV", "P"].includes(node.nodeName) ? [textIn(style, "\n"), ...inside] : inside;
}

const textIn = (style, text) => ({ type: "text", text, ...(Object.keys(style).length ? { style } : {}) });
