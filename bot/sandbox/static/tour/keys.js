// The keys of the tour: Escape leaves it, the right arrow goes on.

import { isTyping } from "./typewriter.js";

const INPUTS = "input, textarea, select, [contenteditable]";

/** Listen for them while the tour `isShown()`. */
export function listen(isShown, { leave, next }) {
  const isMeant = (event, key) => event.key === key && isPlain(event) && isShown();
  // before all others: what opens while the tour types is not what the reader wants to be rid of
  document.addEventListener("keydown", (event) => isMeant(event, "Escape") && !event.target.closest?.("#phone, dialog") && leave(),
    { capture: true });
  document.addEventListener("keydown", (event) => isMeant(event, "ArrowRight") && !hasUseFor(event.target) && next());
}

function isPlain({ defaultPrevented, altKey, ctrlKey, metaKey }) {
  return !(defaultPrevented || altKey || ctrlKey || metaKey);
}

/** Return whether arrows have a use of their own there; in a composer that is empty, or typed into here, they have none. */
function hasUseFor(target) {
  return target.matches?.(INPUTS) && !(target.tagName === "TEXTAREA" && (isTyping() || !target.value));
}
