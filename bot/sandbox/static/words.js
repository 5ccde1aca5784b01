// What the page itself says, in the language of the person it is looked at with; each area has a list of its own.

import * as blockkit from "./words/blockkit.js";
import * as shell from "./words/shell.js";
import * as tour from "./words/tour.js";
import * as wechat from "./words/wechat.js";

const AREAS = [shell, blockkit, wechat, tour];
const ENGLISH = Object.assign({}, ...AREAS.map((area) => area.ENGLISH));
const CHINESE = Object.assign({}, ...AREAS.map((area) => area.CHINESE));

/** Return a function that says a word in the language of `locale`. */
export function speaker(locale) {
  const words = locale.startsWith("zh") ? CHINESE : ENGLISH;
  return (key, facts = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}
