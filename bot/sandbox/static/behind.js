// WeChat's side of things, the faults and the clock: the panel on the right.

import { act, look } from "./api.js";
import { dated, timeToTheSecond } from "./dates.js";
import { el, keep } from "./dom.js";
import { answerOf } from "./phone.js";

const SHOWN = "12";
const HOUR = 3600, DAY = 24 * HOUR;
// what a switch arms, where the name alone does not say enough
const CLOSER = { slow: { detail: { seconds: 2 } }, slack_429: { detail: { retry_after: 1 } } };
const FAULTS = [
  "token_revoked", "busy", "quota_used_up", "permanent_full", "ip_not_allowed", "image_host_down", "image_wrong",
  "slow", "push_thrice", "push_empty_key", "push_lost", "slack_429", "slack_5xx_after", "not_in_channel", "share_never",
  "duplicate_delivery", "invalid_charts",
];

/** Ask for what goes on behind the scenes and show it in `panel`. */
export async function showBehind(panel, scene) {
  const [counts, journal, { pushes }] = await Promise.all(
    [look("counts"), look("journal", { last: SHOWN }), look("pushes", { last: SHOWN })]);
  const { say, person } = scene;
  const parts = [
    { key: "figures", seen: [counts.access_tokens, counts.permanent, counts.quotas], draw: () => figures(counts, say) },
    { key: "clock", seen: [Math.floor(counts.clock.now), counts.clock.moved_by], draw: () => clock(say) },
    { key: "faults", seen: counts.faults, draw: () => faults(counts.faults, say) },
    { key: "pushes", seen: pushes, draw: () => calls("pushes", pushes.map((push) => ofPush(push, say)), scene) },
    { key: "wechat", seen: journal.wechat, draw: () => calls("calls", journal.wechat.map(ofWeChat), scene) },
    { key: "slack", seen: journal.slack, draw: () => calls("slack_calls", journal.slack.map(ofSlack), scene) },
  ];
  // the clock's buttons must not go away under a finger each second, so only its words are set anew
  keep(panel, parts, {
    key: (part) => part.key,
    draw: (part) => part.draw(),
    like: (part) => JSON.stringify([person.locale, person.tz, part.key === "clock" ? "" : part.seen]),
  });
  setWords(panel, counts, scene);
}

function setWords(panel, { clock: { now, moved_by: ahead }, faults: armed }, { say, person }) {
  panel.querySelector(".now").textContent = dated(now, "{date_short} {time_secs}", person, now);
  const moved = { days: Math.floor(ahead / DAY), hours: Math.floor((ahead % DAY) / HOUR) };
  panel.querySelector(".moved").textContent = ahead ? say("moved", moved) : "";
  panel.querySelector(".heal").disabled = !armed.length;
}

function section(title, ...inside) {
  return el("section", {}, el("h2", {}, title), inside);
}

function figures({ access_tokens: tokens, permanent, quotas }, say) {
  const token = (left) => (left === null ? say("none") : say("seconds_left", { count: left }));
  const used = Object.entries(quotas).filter(([, quota]) => quota.used);
  return section(say("wechat"),
    el("dl", {},
      row(say("access_token"), token(tokens.stable_token ?? tokens.token)),
      row(say("permanent"), share(permanent))),
    used.length ? el("h3", {}, say("quotas")) : null,
    el("dl", {}, used.map(([path, quota]) => row(short(path), share(quota)))));
}

const row = (name, value) => [el("dt", {}, name), el("dd", {}, value)];
const share = ({ used, limit }) => `${used.toLocaleString("en")} / ${limit.toLocaleString("en")}`;
const short = (path) => path.replace("/cgi-bin/", "");

function clock(say) {
  const button = (key, seconds) =>
    el("button", { type: "button", class: "act", onclick: () => act("clock", { advance: seconds }) }, say(key));
  return section(say("clock"),
    el("p", { class: "now" }), el("small", { class: "moved" }),
    el("div", { class: "actions" }, button("hour", HOUR), button("day", DAY), button("month", 30 * DAY)));
}

function faults(armed, say) {
  const others = [...new Set(armed.map((one) => one.name))].filter((name) => !FAULTS.includes(name));
  return section(say("faults"),
    el("ul", { class: "faults" }, [...FAULTS, ...others].map((name) => fault(name, armed, say))),
    el("button", { type: "button", class: "act heal", onclick: () => act("faults", {}, "DELETE") }, say("heal")));
}

/** Return a fault with a button for the next time only, and a switch for every time. */
function fault(name, armed, say) {
  const mine = armed.filter((one) => one.name === name);
  const always = mine.some((one) => one.times === null), times = mine.reduce((sum, one) => sum + one.times, 0);
  const arm = (more) => act("faults", { name, ...CLOSER[name], ...more });
  const words = FAULTS.includes(name) ? say(name) : name;
  return el("li", { class: mine.length ? "armed" : "", "data-fault": name },
    el("span", {}, words),
    el("button", { type: "button", class: "act", "aria-label": `${words}: ${say("once")}`, onclick: () => arm({ times: 1 }) },
      times ? `${say("once")} ×${times}` : say("once")),
    el("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(always),
      "aria-label": `${words}: ${say("always")}`,
      onclick: () => (always ? act("faults", { name }, "DELETE") : arm({ times: null })) }));
}

const ofWeChat = (call) => ({
  at: call.at, what: short(call.path), said: call.errcode ?? "—", bad: Boolean(call.errcode), ms: call.milliseconds,
});
const ofSlack = (call) => ({ at: call.at, what: call.method, said: call.error ?? "ok", bad: call.error, ms: call.ms });
const ofPush = (push, say) => ({
  at: push.message.CreateTime, what: `${push.event} ${push.message.EventKey ?? ""}`, said: push.fault || answerOf(push, say),
  bad: push.fate === "failed", ms: push.attempts.reduce((sum, one) => sum + one.seconds * 1000, 0),
});

function calls(title, all, { say, person }) {
  return section(say(title), el("table", { class: "calls" }, el("tbody", {}, all.toReversed().map((call) =>
    el("tr", { class: call.bad ? "bad" : "" },
      el("td", {}, timeToTheSecond(call.at, person)), el("td", {}, call.what), el("td", {}, String(call.said)),
      el("td", {}, `${Math.round(call.ms)} ms`))))));
}
