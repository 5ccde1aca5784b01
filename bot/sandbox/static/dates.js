// Times as a person reads them: in her zone and her language, whatever this machine's are.
// https://docs.slack.dev/messaging/formatting-message-text#date-formatting

const DAY = 86_400, QUARTER = 900;
const STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit", locale: "sv-SE" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  day_divider: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  date_long_full: { year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

const made = new Map();

/** Return what `make` makes, made once: a format takes a hundred times as long to make as to use. */
function kept(name, make) {
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
}

function partsOf(at, { locale: own, ...style }, { locale, tz }) {
  const make = () => new Intl.DateTimeFormat(own ?? locale, { ...style, timeZone: tz });
  return kept(`${own ?? locale} ${tz} ${JSON.stringify(style)}`, make).formatToParts(at * 1000);
}

function written(at, style, person) {
  const parts = partsOf(at, style, person), { locale } = person;
  const isEnglish = style.month === "long" && locale.startsWith("en");
  return parts.map(({ type, value }) => (type === "day" && isEnglish ? ordinal(Number(value)) : value)).join("");
}

/** Return 1st, 2nd, 3rd, 4th: Slack writes the days of long English dates so. */
function ordinal(day) {
  const isTeen = day > 10 && day < 14;
  return `${day}${(!isTeen && { 1: "st", 2: "nd", 3: "rd" }[day % 10]) || "th"}`;
}

const relative = ({ locale }) => kept(locale, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));

/** Return the number of the day on which `at` is where the person lives; no day begins within a quarter of an hour. */
export function dayNumber(at, { tz }) {
  return kept(`${tz} ${Math.floor(at / QUARTER)}`, () => {
    const [year, month, day] = written(at, {}, { locale: "sv-SE", tz }).split("-");
    return Date.UTC(year, month - 1, day) / 1000 / DAY;
  });
}

/** Return "today", "tomorrow" or "yesterday" in the person's language; nothing for any other day. */
function nearly(at, person, now) {
  const days = dayNumber(at, person) - dayNumber(now, person);
  if (Math.abs(days) > 1) return null;
  return relative(person).format(days, "day");
}

/** Return how a date is written; the divider of a day leaves the year out while it is this one. */
function styleOf(name, at, person, now) {
  const { year, ...rest } = STYLES[name], yearOf = (moment) => written(moment, { year }, person);
  return name === "day_divider" && yearOf(at) === yearOf(now) ? rest : STYLES[name];
}

function ago(at, person, now) {
  const seconds = at - now;
  const units = [["day", DAY], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, length] = units.find(([, one]) => Math.abs(seconds) >= one) ?? units.at(-1);
  return relative(person).format(Math.trunc(seconds / length), unit);
}

/** Fill Slack's tokens, such as {date_short_pretty} {time}, with the moment `at`, seconds since 1970. */
export function dated(at, format, person, now) {
  return format.replace(/\{(\w+)\}/g, (token, name, place) => {
    if (name === "ago") return ago(at, person, now);
    const plain = name.replace(/_pretty$/, "");
    if (!STYLES[plain]) return token;
    const near = name !== plain && nearly(at, person, now);
    if (!near) return written(at, styleOf(plain, at, person, now), person);
    // Slack capitalises what a format begins with, also amid a sentence: so do jsx-slack and Slack::BlockKit
    return place ? near : near[0].toUpperCase() + near.slice(1);
  });
}

export const timeOfDay = (at, person) => written(at, STYLES.time, person);

/** Return the time as it stands in the margin, as in Slack: without what tells morning from evening. */
export function timeInMargin(at, person) {
  const isTime = ({ type, value }) => type === "hour" || type === "minute" || value === ":";
  return partsOf(at, STYLES.time, person).filter(isTime).map(({ value }) => value).join("");
}

/**
 * Return the time as WeChat writes it above what was said: for yesterday with that word, within a week with the day's
 * name, and before with the date.
 */
export function timeInChat(at, person, now) {
  const days = dayNumber(now, person) - dayNumber(at, person), time = timeOfDay(at, person);
  if (!days) return time;
  const style = days < 7 ? { weekday: "long" } : { year: "numeric", month: "long", day: "numeric" };
  const day = nearly(at, person, now) ?? written(at, style, person);
  return `${day[0].toUpperCase()}${day.slice(1)} ${time}`;
}

export const timeToTheSecond = (at, person) => written(at, STYLES.time_secs, person);

export const dayOf = (at, person, now) => dated(at, "{day_divider_pretty}", person, now);
export const fully = (at, person) => dated(at, "{date_long} {time_secs}", person, 0);
