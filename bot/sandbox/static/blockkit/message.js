// One message as one person sees it.

import { fully, timeInMargin, timeOfDay } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { avatar } from "../shell/avatar.js";
import { blocks } from "./blocks.js";
import { unknown } from "./elements.js";
import { files } from "./files.js";
import { jsonButton, refusals } from "./json.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * Return a message. `isContinued`: it follows another of the same author within minutes, so Slack repeats
 * neither face nor name; `isInThread`: it stands in the pane of its thread already.
 */
export function article(message, scene, how = {}) {
  try {
    return drawn(message, scene, how);
  } catch {
    // one that cannot be drawn must not keep the others from being seen
    return el("article", { class: "message", "data-ts": message.ts },
      el("span"), el("div", { class: "said" }, unknown({ type: "message", ...message }, scene)));
  }
}

function drawn(message, scene, { isContinued = false, isInThread = false }) {
  const author = scene.people.find((one) => one.id === message.user);
  const at = Number(message.ts), name = author?.real_name ?? message.user;
  const kind = ["message", isContinued && "continued", message.ephemeral_to && "ephemeral"].filter(Boolean).join(" ");
  return el("article", {
    class: kind, "data-ts": message.ts, "aria-label": scene.say("said", { name, time: timeOfDay(at, scene.person) }),
  },
    isContinued ? moment(at, scene, timeInMargin) : avatar(author),
    el("div", { class: "said" },
      message.ephemeral_to && el("small", { class: "only-you" }, icon("eye"), scene.say("only_you")),
      !isContinued && el("header", {},
        el("strong", {}, name), author?.is_app && el("span", { class: "badge" }, scene.say("app")), moment(at, scene)),
      body(message, scene),
      refusals(message.problems, scene)),
    toolbar(message, isInThread, scene));
}

function moment(at, { person }, write = timeOfDay) {
  return el("time", { title: fully(at, person) }, write(at, person));
}

/** Return what is said: the blocks, or the text where there are none; then the files. */
function body(message, all) {
  const scene = { ...all, isForOne: Boolean(message.ephemeral_to) };
  const touch = (element, value) => scene.touch(message.ts, element, value);
  const mark = message.edited && edited(Number(message.edited), scene);
  return [
    message.blocks.length ? [blocks(message.blocks, scene, touch), mark]
      : (message.text || mark) && el("p", {}, mrkdwn(message.text, scene), mark),
    message.attachments?.length ? unknown({ type: "attachments", attachments: message.attachments }, scene) : null,
    files(message.files, scene),
  ];
}

function edited(at, { say, person }) {
  return el("small", { class: "edited", title: fully(at, person) }, " ", say("edited"));
}

function toolbar(message, isInThread, scene) {
  const { say } = scene, reply = { "aria-label": say("reply"), title: say("reply") };
  // nobody can answer what only one person sees
  const canReply = !isInThread && !message.ephemeral_to && scene.openThread;
  return el("div", { class: "toolbar", role: "group", "aria-label": say("message_actions") },
    canReply && el("button", { type: "button", class: "plain", ...reply,
      onclick: () => scene.openThread(message.thread_ts ?? message.ts) }, icon("reply")),
    jsonButton(message, scene));
}
