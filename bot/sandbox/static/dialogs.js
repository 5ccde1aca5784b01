// What lies over the page for a moment: a question, a large picture.

import { el } from "./dom.js";
import { textOf } from "./mrkdwn.js";

/** Show a dialog until it is closed, and return which of its buttons closed it ("" for Escape). */
function shown(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue);
  }));
}

/** Ask what a confirmation object asks, and return whether the answer is yes. */
export async function confirmed(question, scene) {
  const choice = (value, text, style) =>
    el("button", { value, class: `act ${style}`, autofocus: value === "yes" }, textOf(text, scene));
  const dialog = el("dialog", { class: "question", "aria-label": question.title.text },
    el("form", { method: "dialog" },
      el("h2", {}, textOf(question.title, scene)),
      el("p", {}, textOf(question.text, scene)),
      el("div", { class: "choices" },
        choice("", question.deny, ""), choice("yes", question.confirm, question.style ?? "primary"))));
  return (await shown(dialog)) === "yes";
}

/** Show a picture as large as the window allows. */
export function enlarge(src, alt, say) {
  const dialog = el("dialog", { class: "large", "aria-label": alt, onclick: () => dialog.close() },
    el("img", { src, alt }),
    el("form", { method: "dialog" }, el("button", { class: "act" }, say("close"))));
  return shown(dialog);
}
