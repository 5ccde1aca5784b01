// Types into the composer before the reader's eyes, and gives back what was there; the sandbox sends it, not the page.

const composer = () => document.querySelector("#composer textarea");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let draft = null;

/** Type `text`, each letter `seconds` after the last, as long as `goesOn()`. */
export async function typeOut(text, seconds, goesOn) {
  const input = composer();
  if (!input) return;
  takeBack();
  draft = { input, words: input.value };
  const step = calm.matches || !seconds ? text.length : 1;
  for (let end = step; end <= text.length && goesOn(); end += step) {
    write(input, text.slice(0, end));
    await new Promise((done) => setTimeout(done, seconds * 1000));
  }
}

/** Take away what was typed here, and put back what the reader had begun. */
export function takeBack() {
  if (draft) write(draft.input, draft.words);
  draft = null;
}

/** Return whether what stands in the composer was typed here. */
export const isTyping = () => draft !== null;

/** Leave to the reader what was typed here. */
export function keepTyped() {
  draft?.input.focus();
  draft = null;
}

function write(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
