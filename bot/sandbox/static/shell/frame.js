// What stands around the sheet: the sandbox's bar above, Slack's strip, rail and sidebar, and the sheet's head.

import { el, keep } from "../dom.js";
import { icon } from "../icons.js";
import { showMe } from "../tour/tour.js";
import { APP, avatar } from "./avatar.js";
import { showPeople, showTools } from "./bar.js";
import { showFoot } from "./foot.js";
import { showHeader } from "./header.js";
import { openSwitcher } from "./keys.js";
import { TABS } from "./scene.js";

const NAMES = {
  bar: "sandbox", rail: "workspace", channels: "open_channels", messages: "messages", behind: "open_panel",
};
const SIGNS = { channels: () => icon("hash"), groups: () => icon("lock"), im: () => avatar(APP) };
// where the rail's Home leads back to
let lastChannel = "";

/** Show the frame; `news(channel)` tells what is unread there. */
export function showFrame(parts, scene, news) {
  const { channel } = scene;
  if (channel && channel.kind !== "im") lastChannel = channel.id;
  nameParts(parts, scene);
  showPeople(parts.people, scene);
  showTools(parts.tools, scene, { tour: showMe(scene), panel: parts.behind });
  showTop(parts.top, scene, () => openSwitcher(scene));
  showRail(parts.rail, scene, () => lastChannel);
  showChannels(parts.channels, scene, news);
  showHeader(parts.title, scene, () => document.body.classList.toggle("drawn"));
  showFoot(parts, scene);
}

/** Give the landmarks and the lists their names in the person's language. */
function nameParts(parts, scene) {
  const { say, person } = scene, root = document.documentElement;
  // even the same word, set again, would have every style worked out anew
  if (root.lang !== person.locale) root.lang = person.locale;
  for (const [id, key] of Object.entries(NAMES)) parts[id].setAttribute("aria-label", say(key));
  parts.skip.textContent = say("skip");
  document.title = `${teamOf(scene)} – wxqr sandbox`;
}

/** Show the strip above; nothing is searched here, so it says no more than what it does: open the quick switcher. */
function showTop(strip, { say }, jump) {
  keep(strip, [say("jump")], {
    key: () => "jump",
    draw: (words) => el("button", { type: "button", class: "search", "aria-keyshortcuts": "Control+K", onclick: jump },
      icon("search"), words),
  });
}

/** Show the rail: the workspace, its two halves, and who is here. */
function showRail(rail, scene, lastChannel) {
  const { say, channel, channels, go, person } = scene;
  const direct = channels.find((one) => one.kind === "im");
  const isDirect = !channel || channel.kind === "im";
  keep(rail, [scene], {
    key: () => "rail",
    like: () => [person.id, isDirect, teamOf(scene)],
    draw: () => el("div", {},
      el("span", { class: "workspace", "aria-hidden": "true" }, teamOf(scene)[0]),
      item("home", say("home"), !isDirect, () => go(lastChannel())),
      item("talk", say("direct"), isDirect, () => go(direct.id)),
      el("span", { class: "me" }, avatar(person))),
  });
}

const teamOf = ({ team_name: name, say }) => name || say("workspace");

function item(drawing, words, isOpen, onclick) {
  return el("button", { type: "button", "aria-current": isOpen ? "true" : null, onclick },
    icon(drawing), el("span", {}, words));
}

/** Show the sidebar; `news(channel)` tells what is unread there. */
function showChannels(bar, scene, news) {
  const channels = scene.channels.filter((one) => one.kind !== "im");
  const direct = scene.channels.find((one) => one.kind === "im");
  const items = [
    { key: "team", draw: () => team(scene) },
    ...section("channels", channels.map((one) => itemOf(one, scene, news)), scene),
    ...section("apps", [itemOf(direct, scene, news)], scene),
  ];
  keep(bar, items, {
    key: (one) => one.key,
    like: (one) => [scene.person.id, scene.person.locale, scene.team_name, JSON.stringify(one)],
    draw: (one) => one.draw(),
  });
}

function section(name, items, scene) {
  const heading = { key: name, draw: () => el("h2", {}, scene.say(name)) };
  return [heading, ...items.map((one) => ({ key: one.id, ...one, draw: () => link(one, scene) }))];
}

function itemOf(channel, { place }, news) {
  const { id, kind, name } = channel;
  const chosen = id === place.channel || (kind === "im" && TABS.includes(place.channel));
  return { id, kind, name: kind === "im" ? "wxqr" : name, chosen, ...news(channel) };
}

function team(scene) {
  return el("header", {}, el("strong", {}, teamOf(scene)), el("small", {}, scene.person.real_name));
}

function link({ id, kind, name, chosen, isUnread, mentions }, { say, go }) {
  return el("button", {
    type: "button", class: isUnread ? "unread" : "", "aria-current": chosen ? "page" : null, "data-channel": id,
    onclick: () => go(id),
  }, SIGNS[kind](), el("span", { class: "name" }, name),
  mentions > 0 && el("span", { class: "mentions", role: "img", "aria-label": say("mentions", { count: mentions }) },
    String(mentions)));
}
