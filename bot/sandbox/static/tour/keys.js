// The keys of the tour: Escape leaves it, the right arrow goes on.

import { isTyping } from "./typewriter.js";

const INPUTS = "input, textarea, select, [contenteditable]";

/** Listen for them while the tour `isShown()`. */
export function listen(isShown, { leave, next }) {
  const isMeant = (event, key) => event.key === key && isPlain(event) && isShown();
  // before all others: what opens while the tour types is not what the reader wants to be rid of
  const escape = (event) => isMeant(event, "Escape") && !event.target.closest?.("#phone, dialog") && leave();
  document.addEventListener("keydown", escape, { capture: true });
  document.addEventListener("keydown", (event) => isMeant(event, "ArrowRight") && !hasUseFor(event.target) && next());
}

function isPlain({ defaultPrevented, altKey, ctrlKey, metaKey }) {
  return !(defaultPrevented || altKey || ctrlKey || metaKey);
}

/** Return whether arrows have a use of their own there: not in a composer that is empty, or typed into here. */
function hasUseFor(target) {
  return target.matches?.(INPUTS) && !(target.tagName === "TEXTAREA" && (isTyping() || !target.value));
}
