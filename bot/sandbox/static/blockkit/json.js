// What an app sent, as it sent it, and what Slack finds wrong with it: the sandbox's own window on messages and views.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { shown, titled } from "./dialogs.js";

// what the sandbox adds to a message or a view for this page
const OURS = ["problems", "via", "channel", "ephemeral_to", "errors", "trouble", "previous_id"];

/** Return the button that shows the JSON of a message or a view. */
export function jsonButton(made, scene) {
  const words = scene.say("show_json");
  return el("button", { type: "button", class: "plain ours", "aria-label": words, title: words,
    onclick: () => showJson(made, scene) }, icon("source"));
}

/** Show the JSON of a message or a view, and what Slack finds wrong with it. */
function showJson(made, { say }) {
  const text = JSON.stringify(sent(made), null, 2), { via, problems } = made;
  const copied = el("span", { role: "status" }), code = el("pre", { tabindex: "0" }, text);
  const copy = async () => {
    // a page that does not come from this very machine has no clipboard unless it is encrypted
    if (!navigator.clipboard) return getSelection().selectAllChildren(code);
    await navigator.clipboard.writeText(text);
    copied.textContent = say("copied");
  };
  return shown(el("dialog", { class: "json", "aria-label": say("json_of") },
    el("form", { method: "dialog" },
      titled(say("json_of"), say),
      el("p", {}, el("small", {}, via && say("came_by", { via }), " ", say("json_note"))),
      refusals(problems, { say }) ?? el("p", { class: "fine" }, icon("good"), say("no_problems")),
      code,
      el("div", { class: "foot" }, copied,
        el("button", { type: "button", class: "act", onclick: copy }, icon("copy"), say("copy"))))));
}

function sent({ files = [], ...made }) {
  const uploaded = files.map(({ url: _url, code: _code, ...file }) => file);
  return Object.fromEntries(Object.entries({ ...made, files: uploaded }).filter(([name, value]) =>
    !OURS.includes(name) && value !== null && value.length !== 0));
}

/** Return what a real Slack would have refused, or nothing where there are none. */
export function refusals(problems, { say }) {
  if (!problems?.length) return null;
  return el("div", { class: "refused" },
    el("strong", {}, icon("warning"), say("refused")), el("ul", {}, problems.map((one) => el("li", {}, one))));
}
