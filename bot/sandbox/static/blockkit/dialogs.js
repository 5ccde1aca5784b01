// What lies over the page for a moment: what an app asks before it acts.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { textOf } from "./mrkdwn.js";

/** Show a dialog until it is closed, and return which of its buttons closed it ("" for Escape). */
export function shown(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue);
  }));
}

/** Return the line on top of a dialog: what it is, and a cross. */
export function titled(words, say) {
  return el("div", { class: "head" }, el("h2", {}, words),
    el("button", { class: "plain", value: "", formnovalidate: true, "aria-label": say("close") }, icon("close")));
}

/**
 * Ask what a confirmation object asks, and return whether the answer is yes.
 * https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
 */
export async function confirmed(question, scene) {
  const choice = (value, text, style) =>
    el("button", { value, class: `act large ${style}`, autofocus: value === "yes" }, textOf(text, scene));
  const dialog = el("dialog", { class: "question", "aria-label": question.title.text },
    el("form", { method: "dialog" },
      titled(textOf(question.title, scene), scene.say),
      el("p", {}, textOf(question.text, scene)),
      el("div", { class: "foot" },
        choice("", question.deny, ""), choice("yes", question.confirm, question.style ?? "primary"))));
  return (await shown(dialog)) === "yes";
}
