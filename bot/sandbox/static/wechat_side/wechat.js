// WeChat's side of the page, as the rest of the page knows it.

import { wait } from "./knowing.js";
import { panelBadge, refreshPanel, showPanel as showItsPanel } from "./panel.js";
import { lookAgain, makeRoom, openPhone } from "./phone.js";
import { scanButton } from "./phone_codes.js";
import { comesOn } from "./phone_crowd.js";

export { makeRoom, openPhone, panelBadge, scanButton };

// a crowd is told of many times a second: more than anybody reads, or the sandbox should be asked
const PAUSE = 200;
const heard = { scene: null, due: null };
const OF_WECHAT = new Set(["call", "push", "people", "clock", "faults"]);

/** Show WeChat's side in `element`, and the phone, to the person of the scene. */
export function showPanel(element, scene, tab) {
  showItsPanel(element, scene, tab);
  wait(scene, lookAgain(scene));
}

/** Take note of what the stream told, if it is of WeChat. */
export function hear(event, scene) {
  if (!OF_WECHAT.has(event.type)) return;
  if (event.crowd) comesOn(event.crowd);
  catchUp(scene);
}

/** Ask for all of WeChat's side anew, soon: for what was told, or for what nobody knows was missed. */
export function catchUp(scene) {
  heard.scene = scene;
  heard.due ??= setTimeout(() => {
    heard.due = null;
    wait(heard.scene, Promise.all([refreshPanel(), lookAgain(heard.scene)]));
  }, PAUSE);
}
