// Modals and the home tab: https://docs.slack.dev/surfaces/modals

import { act } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { avatar } from "../shell/avatar.js";
import { blocks } from "./blocks.js";
import { complain, fill, firstWrong, inputs, values } from "./forms.js";
import { jsonButton, refusals } from "./json.js";
import { textOf } from "./mrkdwn.js";

const HEADING = "modal-title", FIRST = "[autofocus], .input .field, .input input";
let open = null;
// what is typed into each view of the stack, so that it is there again when what lies over it is closed
const typed = new Map();

/** Show the topmost modal of the person, or none. */
export function showModal(modals, scene) {
  const top = modals.at(-1);
  if (open) typed.set(open.id, values(open.dialog));
  for (const id of typed.keys()) if (!modals.some((one) => one.id === id)) typed.delete(id);
  if (!top) return close();
  const looks = JSON.stringify([scene.person.id, { ...top, errors: null, trouble: null }]);
  open ??= begin();
  if (open.looks !== looks) draw(top, modals, looks, scene);
  return complain(open.dialog, top);
}

function begin() {
  const dialog = el("dialog", { class: "modal", "aria-labelledby": HEADING });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog };
}

function close() {
  open?.dialog.close();
  open?.dialog.remove();
  open = null;
}

/** Draw a view in the dialog that is open: what was typed and where the focus was stay. */
function draw(view, modals, looks, scene) {
  const { dialog } = open, isSame = open.id === view.id;
  const focused = isSame && document.activeElement.closest(".input")?.dataset.name;
  const dismiss = (id, all = false) => scene.attempt(act("dismiss", { view_id: id, all }));
  Object.assign(open, { id: view.id, looks });
  dialog.oncancel = (event) => {
    event.preventDefault();
    dismiss(view.id, true);
  };
  dialog.replaceChildren(form(view, modals, dismiss, scene));
  fill(dialog, typed.get(view.id) ?? {});
  const again = inputs(dialog).find((input) => input.dataset.name === focused);
  (again?.control ?? dialog.querySelector(FIRST) ?? dialog.querySelector("button")).focus();
}

function form(view, modals, dismiss, scene) {
  const touch = (element, value) => scene.touch(view.id, element, value);
  return el("form", { novalidate: true, onsubmit: (event) => submit(event, view, scene) },
    el("div", { class: "head" },
      modals.length > 1 && sign("back", "go_back", () => dismiss(view.id), scene),
      avatar(scene.people.find((one) => one.is_app)),
      el("h2", { id: HEADING }, textOf(view.title, scene)),
      jsonButton(view, scene),
      sign("close", "close", () => dismiss(view.id, true), scene)),
    el("div", { class: "body" },
      el("p", { class: "problem trouble", role: "alert" }), blocks(view.blocks, scene, touch),
      refusals(view.problems, scene)),
    el("div", { class: "foot" },
      el("button", { type: "button", class: "act large", onclick: () => dismiss(view.id) },
        view.close ? textOf(view.close, scene) : scene.say("close")),
      view.submit && el("button", { class: "act large primary", disabled: view.submit_disabled },
        textOf(view.submit, scene))));
}

function sign(name, words, onclick, { say }) {
  const said = { "aria-label": say(words), title: say(words) };
  return el("button", { type: "button", class: "plain", ...said, onclick }, icon(name));
}

/** Send the form, once it is what Slack would send; its button waits for the app. */
async function submit(event, view, scene) {
  event.preventDefault();
  const { dialog } = open, button = dialog.querySelector(".foot .primary");
  if (button.ariaBusy === "true" || firstWrong(dialog)) return;
  button.ariaBusy = "true";
  await scene.attempt(act("submit", { view_id: view.id, values: values(dialog) }));
  button.ariaBusy = "false";
}

/** Return what the home tab shows. */
export function homeOf(home, scene) {
  if (!home) return [el("p", { class: "nothing" }, scene.say("no_home"))];
  const touch = (element, value) => scene.touch(home.id, element, value);
  const ours = [refusals(home.problems, scene), jsonButton(home, scene)].filter(Boolean);
  return [...blocks(home.blocks, scene, touch), ...ours];
}
