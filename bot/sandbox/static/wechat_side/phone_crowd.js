// A crowd instead of one phone: how many, how long, how far they are, and what came of it.

import { act } from "../api.js";
import { el } from "../dom.js";
import { wait } from "./knowing.js";
import { codesForAll } from "./phone_codes.js";
import { phone } from "./phone_owner.js";

const EVERY = "";
// 0: as long as the code lives, a day at most
const SPANS = [0, 3600, 86_400, 604_800], USUAL = { people: 100, over: 0 };
const DID = ["subscribe", "SCAN", "unsubscribe", "expired"];
// each crowd has other people, who do other things
let seed = Date.now() % 1_000_000;

/** Let the crowd be about a code; what came of the one before another is told no longer. */
export function crowdTo(code, more = {}) {
  const isOver = phone.crowd?.code !== code && !phone.crowd?.isUnderWay;
  phone.crowd = { ...phone.crowd, ...more, code, ...(isOver && { of: 0, result: null }) };
}

/** Return the form that lets a crowd come, and what came of the last one. */
export function crowdCard() {
  const { scene: { say }, crowd } = phone;
  return el("section", { class: "crowd", tabindex: "-1", "aria-label": say("crowd.title") },
    el("h2", {}, say("crowd.title")), form({ ...USUAL, ...crowd }, codesForAll(), say),
    crowd?.of ? progress(crowd, say) : null, crowd?.result ? result(crowd.result, say) : null);
}

function form({ code, people, over, isUnderWay }, codes, say) {
  const begin = (event) => {
    event.preventDefault();
    wait(phone.scene, come(Object.fromEntries(new FormData(event.currentTarget)), codes));
  };
  const number = { type: "number", name: "people", min: "1", max: "1000", required: true, value: String(people) };
  const field = (name, input) => el("label", {}, el("span", {}, say(name)), input);
  const which = choice("code", whichOf(codes, say), code);
  which.addEventListener("change", () => {
    const { people: many, over: within } = Object.fromEntries(new FormData(which.form));
    crowdTo(which.value, { people: many, over: within });
    phone.draw();
  });
  return el("form", { onsubmit: begin },
    field("crowd.which", which),
    field("crowd.people", el("input", { ...number, "data-hold": "people" })),
    field("crowd.over", choice("over", SPANS.map((span) => [String(span), say(`crowd.over.${span}`)]), String(over))),
    el("p", { class: "note" }, say(codes.length ? "crowd.note" : "aim.none")),
    el("button", { class: "wx-button", "data-hold": "come", disabled: !codes.length || Boolean(isUnderWay) },
      say("crowd.come")));
}

function choice(name, options, chosen) {
  return el("select", { name, "data-hold": name },
    options.map(([value, words]) => el("option", { value, selected: value === chosen }, words)));
}

function whichOf(codes, say) {
  const all = codes.map(({ code, title }, at) => [code, title || say("crowd.code", { number: at + 1 })]);
  return codes.length > 1 ? [...all, [EVERY, say("crowd.every")]] : all;
}

async function come({ code, people, over }, codes) {
  const wish = { people: Number(people), over: Number(over), seed: (seed += 1) };
  phone.crowd = { ...wish, code, isUnderWay: true, done: 0, of: wish.people, result: null };
  phone.draw();
  const all = code === EVERY ? codes.map((one) => one.code) : [code];
  try {
    phone.crowd.result = await act("crowd", { codes: all, ...wish });
  } finally {
    phone.crowd.isUnderWay = false;
    await phone.refresh();
  }
}

/** Let the bar be as far as the stream tells. */
export function comesOn({ done, of }) {
  if (!phone.crowd?.isUnderWay) return;
  Object.assign(phone.crowd, { done, of });
  const bar = phone.element.querySelector(".crowd progress");
  if (!bar) return;
  Object.assign(bar, { value: done, max: of });
  bar.nextElementSibling.textContent = phone.scene.say("crowd.done", { done, of });
}

function progress({ done, of }, say) {
  return el("div", { class: "progress" },
    el("progress", { value: done, max: of, "aria-label": say("crowd.title") }),
    el("span", {}, say("crowd.done", { done, of })));
}

function result({ people, answered, pushes, expired }, say) {
  const all = Object.values(pushes).reduce((sum, count) => sum + count, 0), counts = { ...pushes, expired };
  return el("div", { class: "crowd-came", role: "status" },
    el("p", {}, say("crowd.came", { people, answered, pushes: all })),
    el("dl", {}, DID.filter((what) => counts[what]).map((what) => [
      el("dt", {}, say(`crowd.${what}`)), el("dd", {}, String(counts[what]))])));
}
