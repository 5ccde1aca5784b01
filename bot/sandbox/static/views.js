// Modals and the home tab: https://docs.slack.dev/surfaces/modals

import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { el } from "./dom.js";
import { textOf } from "./mrkdwn.js";

let open = null;

/** Show the topmost modal of the person, or none. */
export function showModal(modals, scene) {
  const top = modals.at(-1);
  const looks = top && JSON.stringify({ ...top, errors: null, trouble: null });
  if (open && open.looks !== looks) {
    open.typed = top?.id === open.id ? values(open.dialog) : {};
    open.dialog.remove();
  }
  if (!top) open = null;
  else if (open?.looks !== looks) open = { id: top.id, looks, dialog: drawn(top, scene, open?.typed ?? {}) };
  if (top) complain(open.dialog, top);
}

function drawn(view, scene, typed) {
  const touch = (element, value) => scene.touch(view.id, element, value);
  const dismiss = () => scene.attempt(act("dismiss", { view_id: view.id }));
  const form = el("form", {},
    el("h2", {}, textOf(view.title, scene)),
    el("p", { class: "problem trouble", role: "alert" }),
    blocks(view.blocks, scene, touch),
    el("div", { class: "choices" },
      el("button", { type: "button", class: "act", onclick: dismiss },
        view.close ? textOf(view.close, scene) : scene.say("close")),
      view.submit && el("button", { class: "act primary" }, textOf(view.submit, scene))));
  const dialog = el("dialog", { class: "modal", "aria-label": view.title.text }, form);
  for (const input of inputs(dialog)) if (input.dataset.name in typed) input.write(typed[input.dataset.name]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    scene.attempt(act("submit", { view_id: view.id, values: values(dialog) }));
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const inputs = (dialog) => [...dialog.querySelectorAll(".input")].filter((input) => input.read);
const values = (dialog) => Object.fromEntries(inputs(dialog).map((input) => [input.dataset.name, input.read()]));

function complain(dialog, view) {
  dialog.querySelector(".trouble").textContent = view.trouble ?? "";
  for (const input of inputs(dialog)) {
    input.querySelector(".problem").textContent = view.errors[input.dataset.name] ?? "";
  }
}

/** Return what the home tab shows. */
export function homeOf(home, scene) {
  if (!home) return [el("p", { class: "nothing" }, scene.say("no_home"))];
  return blocks(home.blocks, scene, (element, value) => scene.touch(home.id, element, value));
}
