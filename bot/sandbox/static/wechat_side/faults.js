// Every fault there is, by what it strikes (bot/sandbox/control_nature.py), and the switches that arm it, with a detail.

import { act } from "../api.js";
import { el } from "../dom.js";

const FAULTS = {
  token: [
    { name: "token_revoked" }, { name: "token_expired" }, { name: "token_refused" }, { name: "secret_wrong" },
    { name: "ip_not_allowed" },
  ],
  codes: [
    { name: "busy" }, { name: "quota_used_up" }, { name: "permanent_full" }, { name: "unauthorized" },
    { name: "errcode", detail: { code: 45011 } }, { name: "image_host_down" }, { name: "image_wrong" },
    { name: "image_damaged" },
  ],
  network: [
    { name: "slow", detail: { seconds: 2 } }, { name: "drop_before" }, { name: "drop_after" }, { name: "http_502" },
    { name: "not_json" },
  ],
  pushes: [
    { name: "push_thrice" }, { name: "push_late", detail: { seconds: 600 } }, { name: "push_lost" },
    // one alone cannot come in another order
    { name: "push_shuffled", times: 3 }, { name: "push_forged" }, { name: "push_empty_key" },
  ],
  slack: [
    { name: "slack_drop_before" }, { name: "slack_drop_after" }, { name: "slack_slow", detail: { seconds: 2 } },
    { name: "slack_slow_after", detail: { seconds: 2 } }, { name: "slack_429", detail: { retry_after: 1 } },
    { name: "slack_5xx", detail: { status: 503 } }, { name: "slack_5xx_after", detail: { status: 500 } },
    { name: "slack_internal_error" }, { name: "slack_error", detail: { error: "fatal_error" } },
    { name: "slack_token_revoked" }, { name: "not_in_channel" }, { name: "share_never" },
    { name: "duplicate_delivery" }, { name: "invalid_charts" },
  ],
};

// of these details one does not see by the number what they are
const SPANS = ["seconds", "retry_after"];

/** Return a part for each group of faults. */
export function faultSwitches(armed, scene) {
  const groups = Object.entries(FAULTS).map(([group, all]) => ({
    key: group, looks: JSON.stringify(armed.filter((one) => all.some((fault) => fault.name === one.name))),
    draw: () => el("section", {}, el("h3", {}, scene.say(`faults.${group}`)),
      el("ul", { class: "faults" }, all.map((fault) => row(fault, armed, scene)))),
  }));
  return [{ key: "note", looks: "", draw: () => el("p", { class: "note" }, scene.say("faults.note")) }, ...groups];
}

/** Return a fault with what is to be said more closely, a button for the next time, and a switch for every time. */
function row(fault, armed, { say, attempt }) {
  const { name } = fault, words = say(`fault.${name}`);
  const mine = armed.filter((one) => one.name === name);
  const field = fault.detail ? detailField(fault, mine.at(-1)?.detail, words, say) : null;
  const arm = (times) => attempt(act("faults", { name, times, ...(field ? { detail: field.read() } : {}) }));
  return el("li", { class: mine.length ? "armed" : "", "data-fault": name },
    el("span", { class: "fault-name" }, words), field?.label,
    once(fault, mine, arm, words, say), always(name, mine, arm, words, { say, attempt }));
}

function once({ times = 1 }, mine, arm, words, say) {
  const what = times > 1 ? say("faults.times", { count: times }) : say("faults.once");
  const waiting = mine.reduce((sum, one) => sum + one.times, 0);
  return el("button", { type: "button", class: "act", "aria-label": `${words}: ${what}`, onclick: () => arm(times) },
    waiting ? say("faults.waiting", { what, count: waiting }) : what);
}

function always(name, mine, arm, words, { say, attempt }) {
  const isOn = mine.some((one) => one.times === null);
  return el("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(isOn),
    "aria-label": `${words}: ${say("faults.on")}`,
    onclick: () => (isOn ? attempt(act("faults", { name }, "DELETE")) : arm(null)) });
}

/** Return the field for the one detail of a fault, and what reads it. */
function detailField({ detail }, armed, words, say) {
  const [[name, usual]] = Object.entries(detail);
  const isNumber = typeof usual === "number", what = say(`detail.${name}`);
  const input = el("input", { type: isNumber ? "number" : "text", value: String(armed?.[name] ?? usual),
    "aria-label": `${words}: ${what}` });
  return {
    label: el("label", { class: "detail" }, input, SPANS.includes(name) ? what : null),
    read: () => ({ [name]: isNumber ? Number(input.value) : input.value }),
  };
}
