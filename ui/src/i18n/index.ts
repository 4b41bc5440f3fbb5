// Every word on the screen that is the app's own. Keys are typed by the English catalogue, which is complete; another
// language is another file of the same type.

import { en } from "./en";

export type Key = keyof typeof en;
export type Catalogue = Record<Key, string>;
type Values = Record<string, string | number>;

const catalogue: Catalogue = en;
const locale = "en";
const plural = new Intl.PluralRules(locale);

/**
 * The text of a key. `{name}` is replaced by the value of that name. A text with forms, "one shot|{n} shots", takes
 * the first when `n` is one.
 */
export function t(key: Key, values: Values = {}): string {
  const forms = catalogue[key].split("|");
  const one = forms.length > 1 && plural.select(Number(values.n)) === "one";
  const text = (one ? forms[0] : forms.at(-1)) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The kinds of stored words that have a name on the screen: `agent.screenwriter`, `style.paper_cut`… */
export type WordKind =
  | "agent"
  | "style"
  | "mood"
  | "framing"
  | "angle"
  | "camera"
  | "chip"
  | "complexity"
  | "stage"
  | "language"
  | "health"
  | "stop"
  | "cap"
  | "calls"
  | "impact"
  | "touch"
  | "verdict"
  | "export_kind"
  | "model_kind"
  | "model_leaves"
  | "key_place"
  | "key_told"
  | "price_each"
  | "trial_asks"
  | "trial_part";

/** The name of a stored word. A word this version does not know is shown as it is, with spaces. */
export function word(kind: WordKind, stored: string): string {
  const key = `${kind}.${stored}`;
  return key in catalogue ? catalogue[key as Key] : humanised(stored);
}

const humanised = (stored: string) => capital(stored.replaceAll("_", " "));

/** With a capital at its beginning. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const times = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const numbers = new Intl.NumberFormat(locale);

const dollars = new Intl.NumberFormat(locale, { style: "currency", currency: "USD" });
const fractions = new Intl.NumberFormat(locale, { style: "currency", currency: "USD", maximumSignificantDigits: 2 });

/** Millionths of a US dollar: "$1.20"; less than a cent is told to two digits and not as nothing. */
export const money = (micros: number) => (micros > 0 && micros < 10_000 ? fractions : dollars).format(micros / 1e6);

/** "$0.40 to $1.20", or one of them when they are the same. */
export function moneyRange(least: number, most: number): string {
  const from = money(least);
  const to = money(most);
  return from === to ? to : t("range", { least: from, most: to });
}

export const number = (value: number) => numbers.format(value);

/** "today, 18:04", "yesterday" or a date. Both times are in milliseconds since 1970. */
export function day(at: number, now: number): string {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return t("date.today", { time: times.format(at) });
  if (days === 1) return t("date.yesterday");
  return dates.format(at);
}

export const clockTime = (at: number) => times.format(at);

/** "0:07", "12:30". */
export function timecode(ms: number): string {
  const whole = Math.floor(ms / 1000 + 0.001);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "5.5 s". */
export const shotLength = (ms: number) => t("unit.seconds", { n: (ms / 1000).toFixed(1) });

/** "40 s", "2 min". */
export function roughly(seconds: number): string {
  if (seconds < 90) return t("unit.seconds", { n: Math.max(5, Math.round(seconds / 5) * 5) });
  if (seconds < 5_400) return t("unit.minutes", { n: Math.round(seconds / 60) });
  return t("unit.hours", { n: (seconds / 3_600).toFixed(1) });
}

/** A size on disk, from kilobytes: "14.2 MB". */
export function size(kb: number): string {
  if (kb < 999_500) return t("unit.mb", { n: (kb / 1000).toFixed(kb < 100_000 ? 1 : 0) });
  return t("unit.gb", { n: (kb / 1_000_000).toFixed(1) });
}
