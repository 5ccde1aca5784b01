// Times as a person reads them: in her zone and her language, whatever this machine's are.
// https://docs.slack.dev/messaging/formatting-message-text#date-formatting

const DAY = 86_400;
const STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

function written(at, style, { locale, tz }) {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: tz }).format(at * 1000);
}

function dayNumber(at, { tz }) {
  const [year, month, day] = new Intl.DateTimeFormat("sv-SE", { timeZone: tz }).format(at * 1000).split("-");
  return Date.UTC(year, month - 1, day) / 1000 / DAY;
}

/** Return "today", "tomorrow" or "yesterday" in the person's language; nothing for any other day. */
function nearly(at, person, now) {
  const days = dayNumber(at, person) - dayNumber(now, person);
  if (Math.abs(days) > 1) return null;
  return new Intl.RelativeTimeFormat(person.locale, { numeric: "auto" }).format(days, "day");
}

function ago(at, person, now) {
  const seconds = at - now, relative = new Intl.RelativeTimeFormat(person.locale, { numeric: "auto" });
  const units = [["day", DAY], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, length] = units.find(([, one]) => Math.abs(seconds) >= one) ?? units.at(-1);
  return relative.format(Math.trunc(seconds / length), unit);
}

/** Fill Slack's tokens, such as {date_short_pretty} {time}, with the moment `at`, seconds since 1970. */
export function dated(at, format, person, now) {
  return format.replace(/\{(\w+)\}/g, (token, name) => {
    if (name === "ago") return ago(at, person, now);
    const plain = name.replace(/_pretty$/, "");
    if (!STYLES[plain]) return token;
    return (name !== plain && nearly(at, person, now)) || written(at, STYLES[plain], person);
  });
}

export const timeOfDay = (at, person) => written(at, STYLES.time, person);
export const timeToTheSecond = (at, person) => written(at, STYLES.time_secs, person);
export const dayOf = (at, person, now) => dated(at, "{date_long_pretty}", person, now);
export const fully = (at, person) => `${written(at, STYLES.date_long, person)} ${written(at, STYLES.time_secs, person)}`;
