// The sandbox's foot: what came of the last thing done, and why the app would not hear.

import { onDeed } from "../api.js";

let told = null;
// what came of the last thing is no news any more once the next is begun
onDeed(() => told?.replaceChildren());

/** Show the foot; what is told there is told by whoever did something. */
export function showFoot(parts, { say, channel }) {
  told = parts.told;
  parts.hint.textContent = channel && !channel.has_bot ? say("bot_absent", { channel: channel.name }) : "";
}
