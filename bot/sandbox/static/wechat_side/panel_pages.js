// What the panel tells, tab by tab: what is used up, the calls of the bot, WeChat's pushes to it, and the people.

import { dayNumber, dayOf, timeToTheSecond } from "../dates.js";
import { el, keep } from "../dom.js";
import { now } from "./knowing.js";

// of a limit: from here on its bar warns
const NEARLY = 0.9;
// the one path that answers with no JSON: mp.weixin.qq.com
const PICTURE = "/cgi-bin/showqrcode";
let onlyBad = false;

/** Return the bars of what is used, those first that are used at all. */
export function figures({ permanent, quotas }, scene) {
  const looks = JSON.stringify([permanent, quotas]);
  return { key: "figures", looks, draw: () => bars(permanent, quotas, scene.say) };
}

function bars(permanent, quotas, say) {
  const all = Object.entries(quotas);
  const used = all.filter(([, quota]) => quota.used).sort(([, a], [, b]) => b.used / b.limit - a.used / a.limit);
  const idle = all.filter(([, quota]) => !quota.used);
  return el("section", { class: "figures" },
    bar(say("used.permanent"), permanent, say),
    el("h3", {}, say("used.today")),
    used.map(([path, quota]) => bar(say(`used.${path}`), quota, say, path)),
    used.length ? null : el("p", { class: "note" }, say("used.nothing")),
    el("details", { class: "note" }, el("summary", {}, say("used.unused", { count: idle.length })),
      idle.map(([path, quota]) => bar(say(`used.${path}`), quota, say, path))));
}

function bar(name, { used, limit }, say, path = null) {
  const number = (count) => count.toLocaleString("en");
  const words = say("used.of", { used: number(used), limit: number(limit) });
  return el("div", { class: "meter", title: path },
    el("span", {}, name), el("span", { class: "amount" }, words),
    el("progress", { max: limit, value: used, "aria-label": `${name}: ${words}`,
      class: used > NEARLY * limit ? "low" : "" }));
}

/** Return the calls to WeChat; errcodes: https://developers.weixin.qq.com/doc/service/guide/dev/error_code.html */
export function wechatCalls(calls, scene) {
  return rows("wechat", calls.map((call) => ofWeChat(call, scene.say)), scene);
}

function ofWeChat(call, say) {
  const more = () => facts([
    [say("call.rid"), call.rid], [say("call.query"), code(JSON.stringify(call.query_without_secrets))],
    [say("call.body"), code(call.body)], [say("call.answer"), code(call.answer)],
    [say("call.ip"), call.ip],
  ]);
  return { id: `${call.at} ${call.path}`, at: call.at, what: short(call.path), said: saidBy(call, say),
    isBad: Boolean(call.errcode) || call.status !== 200 || isPage(call), ms: call.milliseconds, more };
}

/** Return what WeChat said: its errcode, or else what HTTP did; only a picture has none and is well. */
function saidBy(call, say) {
  if (call.errcode) return String(call.errcode);
  if (!call.status) return say("push.unanswered");
  if (isPage(call)) return say("call.not_json");
  return call.errcode === 0 ? "ok" : String(call.status);
}

const isPage = ({ errcode, status, path }) => errcode === null && status === 200 && path !== PICTURE;

/** Return the calls to Slack's Web API. */
export function slackCalls(calls, scene) {
  return rows("slack", calls.map((call) => ofSlack(call, scene.say)), scene);
}

function ofSlack(call, say) {
  const more = () => facts([
    [say("call.status"), String(call.status)], [say("call.error"), call.error],
    [say("call.arguments"), code(call.arguments)],
  ]);
  return { id: `${call.at} ${call.method}`, at: call.at, what: call.method, said: call.error ?? "ok",
    isBad: Boolean(call.error), ms: call.ms, more };
}

const short = (path) => path.replace(/^\/(cgi-bin\/)?/, "");

/** Return the pushes of WeChat to the bot. */
export function pushes(all, scene) {
  return rows("pushes", all.map((push) => ofPush(push, scene)), scene);
}

function ofPush(push, scene) {
  const said = scene.say(`fate.${push.fate}`);
  const tries = push.attempts.length > 1 ? ` ×${push.attempts.length}` : "";
  return {
    id: push.id, at: push.at,
    what: `${push.event} ${push.message.EventKey ?? push.message.Content ?? ""}`, said: said + tries,
    isBad: ["failed", "lost", "none"].includes(push.fate),
    ms: push.attempts.reduce((sum, one) => sum + one.seconds * 1000, 0), more: () => pushInFull(push, scene),
  };
}

function pushInFull(push, scene) {
  const { say } = scene;
  return facts([
    [say("call.error"), push.fault], [say("push.who"), push.open_id],
    [say("push.attempts"), el("ol", {}, push.attempts.map((one) => el("li", {}, delivery(one, scene))))],
    [say("push.reply"), push.reply ? code(replyOf(push.reply)) : ""], [say("push.message"), code(push.xml)],
  ]);
}

function delivery({ at, seconds, status, answer, failure }, { say, person }) {
  const words = say("push.attempt", { time: timeToTheSecond(at, person), ms: Math.round(seconds * 1000),
    status: status || say("push.unanswered") });
  return [words, failure ? ` · ${failure}` : null, answer === "success" ? " · success" : null];
}

const replyOf = ({ kind, text, articles, is_encrypted: isSealed }) =>
  ({ kind, ...(text && { text }), ...(articles.length && { articles }), ...(isSealed && { is_encrypted: true }) });

/**
 * Return a section of rows, the latest first. A row is `{id, at, what, said, isBad, ms, more}`, where `more()`
 * draws what is to be seen when it is opened.
 */
function rows(key, rowsOldestFirst, { say, person }) {
  const all = rowsOldestFirst.toReversed();
  return {
    key, looks: "",
    draw: () => el("section", {},
      el("div", { class: "rows-head" }, el("h3", {}, say(`calls.${key}`)), filter(say)), el("ol", { class: "rows" })),
    update: (section) => {
      section.show = () => showRows(section.querySelector(".rows"), all, person, say);
      section.show();
    },
  };
}

function filter(say) {
  const turn = ({ currentTarget: box }) => {
    onlyBad = box.checked;
    box.closest("section").show();
  };
  return el("label", {}, el("input", { type: "checkbox", checked: onlyBad, onchange: turn }), say("calls.only_bad"));
}

function showRows(list, all, person, say) {
  const shown = all.filter((row) => row.isBad || !onlyBad);
  const nothing = { id: "nothing", words: say(onlyBad && all.length ? "calls.all_well" : "calls.none") };
  keep(list, shown.length ? withDays(shown, person) : [nothing], {
    key: (row) => row.id, like: ({ more, ...row }) => JSON.stringify(row),
    draw: (row) => (row.words ? el("li", { class: row.kind ?? "note" }, row.words) : item(row, person)),
  });
}

/** Return the rows with the day's name over those of each day; today goes without saying as long as it is alone. */
function withDays(shown, person) {
  const days = Map.groupBy(shown, (row) => dayNumber(row.at, person));
  if (days.size === 1 && days.has(dayNumber(now(), person))) return shown;
  const heading = (day, { at }) => ({ id: `day ${day}`, kind: "of-day", words: dayOf(at, person, now()) });
  return [...days].flatMap(([day, rows]) => [heading(day, rows[0]), ...rows]);
}

function item(row, person) {
  const open = () => details.open && details.childElementCount === 1 && details.append(row.more());
  const details = el("details", { ontoggle: open },
    el("summary", {},
      el("time", {}, timeToTheSecond(row.at, person)), el("span", { class: "what" }, row.what),
      el("span", { class: "outcome" }, row.said), el("span", { class: "ms" }, `${Math.round(row.ms)} ms`)));
  return el("li", { class: row.isBad ? "bad" : "" }, details);
}

/** Return facts as a list of terms; what is empty is left out. */
function facts(pairs) {
  return el("dl", {}, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

/** Return JSON as people read it, whether it came as text or not; any other text as it is. */
function readable(value) {
  if (typeof value !== "string") return JSON.stringify(value, null, 1);
  try {
    return JSON.stringify(JSON.parse(value), null, 1);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return value;
  }
}

/** Return JSON to be read; it can be reached by keyboard, since a long one scrolls. */
const code = (value) => (value === "" || value === "{}" ? "" : el("pre", { tabindex: "0" }, readable(value)));

/** Return the people of WeChat as parts. */
export function people(phones, { followers, last }, scene) {
  const { say } = scene;
  const names = new Map(phones.map((one) => [one.open_id, one.nickname]));
  const came = last.filter((one) => !names.has(one.openid));
  const part = (key, told, draw) => ({ key, looks: JSON.stringify(told), draw });
  return [
    part("count", followers, () => el("p", { class: "followers" }, say("people.followers", { count: followers }))),
    part("phones", phones, () => section(say("people.phones"), phones.map((one) => owner(one, scene)))),
    came.length && part("last", came, () => section(say("people.last"), came.map((one) => somebody(one, say)))),
  ];
}

function section(title, items) {
  return el("section", {}, el("h3", {}, title), el("ul", { class: "wechat-people" }, items));
}

function owner(one, scene) {
  const { say } = scene;
  return el("li", {},
    el("strong", {}, one.nickname), el("small", {}, say(one.follows ? "people.follows" : "people.follows_not")),
    el("button", { type: "button", class: "act", "aria-label": `${say("people.use")}: ${one.nickname}`,
      onclick: () => scene.openPhone(null, one.name) }, say("people.use")));
}

function somebody({ openid, subscribe, qr_scene: number, qr_scene_str: text, received }, say) {
  const scene = text || number;
  const told = [
    say(subscribe ? "people.follows" : "people.follows_not"), scene && say("people.by_scene", { scene }),
    received.length && say("people.got", { count: received.length }),
  ];
  return el("li", {}, el("code", {}, `…${openid.slice(-6)}`), el("small", {}, told.filter(Boolean).join(" · ")));
}
