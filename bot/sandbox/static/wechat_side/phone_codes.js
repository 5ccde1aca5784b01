// The codes on the page: each can be scanned by what stands under it, or the phone is pointed at them all.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { attempt, CROWD, phone, scan } from "./phone_owner.js";

const CODES = "[data-code]";
let hint = null;

/**
 * Return what stands under the picture of `code`, called `title`: to scan it with the phone, or let a crowd come,
 * but not before a code that only one person sees.
 */
export function scanButton(code, scene, title = "") {
  const { say, isForOne } = scene;
  const button = (name, sign, person) => el("button",
    { type: "button", class: "sandbox-act", onclick: () => scene.openPhone(code, person) }, icon(sign), say(name));
  return el("div", { class: "scan-code", "data-code": code, "data-title": title, "data-for": isForOne ? "one" : "all" },
    button("scan.one", "phone", null), !isForOne && button("scan.crowd", "people", CROWD));
}

/** Return every code on the page that a crowd may come to, each once, with what its picture is called. */
export function codesForAll() {
  const all = [...document.querySelectorAll(`${CODES}[data-for="all"]`)].map(({ dataset: { code, title } }) => ({ code, title }));
  return [...new Map(all.map((one) => [one.code, one])).values()];
}

/** Let every code on the page be a target until one is hit, or Escape is pressed. */
export function aimAtThePage() {
  const { say } = phone.scene;
  const first = [...document.querySelectorAll(CODES)].at(-1);
  phone.came = say(first ? "aim.how" : "aim.none");
  phone.element.querySelector(".came").textContent = phone.came;
  if (!first) return;
  document.body.classList.add("aiming");
  hint = el("div", { class: "aim-hint" }, el("span", { role: "status" }, say("aim.how")),
    el("button", { type: "button", class: "act", onclick: stopAiming }, say("aim.stop")));
  document.body.append(hint);
  first.scrollIntoView({ block: "nearest" });
  first.querySelector("button").focus();
  document.addEventListener("click", hit, { capture: true });
  document.addEventListener("keydown", leave, { capture: true });
}

/** Put the page back as it was. */
export function stopAiming() {
  if (!hint) return;
  hint.remove();
  hint = null;
  document.body.classList.remove("aiming");
  document.removeEventListener("click", hit, { capture: true });
  document.removeEventListener("keydown", leave, { capture: true });
  phone.element.querySelector(".screen")?.focus();
}

function hit(event) {
  const target = event.target.closest(`${CODES}, figure:has(${CODES})`);
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  const { code } = (target.matches(CODES) ? target : target.querySelector(CODES)).dataset;
  stopAiming();
  attempt(scan(code));
}

function leave(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  stopAiming();
}
