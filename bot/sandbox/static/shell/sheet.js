// The sheet in the middle: the conversation that is open, or a tab of the app; the composer, and the thread beside.

import { act } from "../api.js";
import { homeOf } from "../blockkit/views.js";
import { el, forget } from "../dom.js";
import { icon } from "../icons.js";
import { APP, avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { atStart, follow, holding, showMessages, showReplies, toEnd } from "./list.js";

/** What is open: `parts` are its elements, `reading` remembers how far who has read. */
export class Sheet {
  #list; #reading; #composer; #showThread;
  #at = "";
  #unreadFrom = "";
  #latest = "";
  #below = el("button", { type: "button", class: "below", hidden: true, onclick: () => toEnd(this.#list) });

  constructor(parts, reading, { fail, older }) {
    this.#list = parts.messages;
    this.#reading = reading;
    this.#composer = new Composer(parts.composer, { fail, sent: () => toEnd(this.#list) });
    this.#showThread = makeThread(parts.thread, fail);
    parts.composer.append(this.#below);
    follow(this.#list);
    this.#list.addEventListener("scroll", () => (this.#below.hidden ||= this.#list.follows), { passive: true });
    atStart(this.#list, () => older((show) => holding(this.#list, show)));
  }

  /** Let the person type at once. */
  begin() {
    this.#composer.focus();
  }

  show(scene) {
    const { person, place, channel, conversation } = scene;
    const at = `${person.name}/${place.channel}`, isNew = at !== this.#at;
    if (isNew) this.#arrive(at, scene);
    if (channel) {
      this.#reading.see(person.name, channel.id, conversation);
      showMessages(this.#list, conversation, scene, this.#unreadFrom);
    } else this.#list.replaceChildren(el("div", { class: "home" }, tab(scene)));
    this.#composer.show(scene);
    this.#showThread(scene);
    if (isNew) toEnd(this.#list);
    this.#tellBelow(scene, isNew);
  }

  /** Say that something came below what the reader, who has scrolled up, can see. */
  #tellBelow({ conversation, say }, isNew) {
    // what is answered in a thread stands there, and not below
    const latest = conversation?.roots.at(-1)?.ts ?? "";
    this.#below.textContent = say("below");
    if (isNew) this.#below.hidden = true;
    else if (latest > this.#latest && !this.#list.follows) this.#below.hidden = false;
    this.#latest = latest;
  }

  #arrive(at, { person, place, channel, conversation, attempt }) {
    this.#at = at;
    forget(this.#list);
    if (place.channel === "home") attempt(act("home", { person: person.name }));
    const isUnread = channel && this.#reading.news(person, channel, conversation).isUnread;
    this.#unreadFrom = isUnread ? this.#reading.upTo(person.name, channel.id) : "";
  }
}

const tab = (scene) => (scene.place.channel === "home" ? homeOf(scene.home, scene) : about(scene));

/** Return the tab of the app that says what it is, from its manifest. */
function about({ manifest, say }) {
  if (!manifest) return [];
  return el("section", { class: "about" },
    el("header", {}, avatar(APP), el("h2", {}, manifest.name)),
    el("p", {}, manifest.app_description),
    el("h3", {}, say("commands_of")),
    el("p", {}, el("code", {}, manifest.command), " ", el("span", { class: "more" }, manifest.usage_hint)),
    el("p", {}, manifest.description));
}

/** Return a function that shows the open thread of the scene in `pane` at the right, or puts the pane away. */
function makeThread(pane, fail) {
  const title = el("header", {});
  const list = el("div", { class: "list", role: "group", tabindex: "0" });
  const composer = new Composer(el("form"), { isInThread: true, fail, sent: () => toEnd(list) });
  pane.append(title, list, composer.form);
  follow(list);
  let shown = "";
  return function show(scene) {
    const { conversation, place, say } = scene;
    const root = place.thread && conversation?.find(place.thread);
    pane.hidden = !root;
    if (!root) return (shown = "");
    pane.setAttribute("aria-label", say("thread"));
    list.setAttribute("aria-label", say("replies_here"));
    title.replaceChildren(...head(scene));
    showReplies(list, root, conversation.replies(root.ts), scene);
    composer.show(scene);
    if (shown === root.ts) return root.ts;
    composer.focus();
    toEnd(list);
    return (shown = root.ts);
  };
}

function head({ channel, say, openThread }) {
  return [
    el("h2", {}, say("thread"), " ", el("small", {}, channel.kind === "im" ? "wxqr" : `# ${channel.name}`)),
    el("button", { type: "button", class: "plain", "aria-label": say("close"), onclick: () => openThread("") },
      icon("close")),
  ];
}
