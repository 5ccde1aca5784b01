// The strip under the sandbox's bar: how far the tour is, what is told, and how to go on or away.

import { el } from "../dom.js";

/** Show what is `told`, or nothing; what was focused in the strip stays so. */
export function showStrip(strip, told, say, does) {
  const focused = strip.contains(document.activeElement) && document.activeElement.dataset.does;
  strip.hidden = !told;
  strip.classList.toggle("over", Boolean(told?.is_over));
  if (!told) return strip.replaceChildren();
  if (!strip.firstChild) strip.append(...frame());
  const [count, caption, buttons] = strip.children;
  strip.lang = does.locale;
  strip.setAttribute("role", "region");
  strip.setAttribute("aria-label", say("tour"));
  showCount(count, told, say);
  const words = told.caption[does.locale.startsWith("zh") ? "zh-CN" : "en"];
  // said once to who listens: the text changes only with the step
  if (caption.textContent !== words) caption.textContent = words;
  buttons.replaceChildren(...(told.is_over ? atEnd(say, does) : onTheWay(say, does)));
  if (focused) buttons.querySelector(`[data-does="${focused}"], button`).focus();
}

function frame() {
  return [el("div", { class: "count" }, el("span", {}), el("progress", {})),
    el("p", { "aria-live": "polite", "aria-atomic": "true" }), el("div", { class: "buttons" })];
}

function showCount(count, { step, of }, say) {
  const [words, bar] = count.children;
  words.textContent = `${step} / ${of}`;
  Object.assign(bar, { max: of, value: step });
  bar.setAttribute("aria-label", say("tour_step", { step, of }));
}

function onTheWay(say, { next, leave }) {
  return [button("next", say("tour_next"), "→", next), button("leave", say("tour_stop"), "Esc", leave)];
}

function atEnd(say, { tryIt, play, leave }) {
  return [button("try", say("tour_try"), "", tryIt), button("play", say("tour_again"), "", play),
    button("leave", say("tour_close"), "Esc", leave)];
}

function button(does, words, key, onclick) {
  const shortcut = { "aria-keyshortcuts": { "→": "ArrowRight", Esc: "Escape" }[key] };
  return el("button", { type: "button", class: "act", "data-does": does, ...shortcut, onclick },
    words, key && el("kbd", { "aria-hidden": "true" }, key));
}
