import type { IsoDate } from "../types.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const MONTH =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const WEEKDAY = "(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\\.?,?\\s{1,3})?";
const TIME =
  "(?:,?\\s{1,3}(?:at\\s)?\\d{1,2}[:.]\\d{2}(?::\\d{2})?(?:\\s?[ap]\\.?m\\.?)?(?:\\s(?:[+-]\\d{4}|[A-Z]{2,4}))?(?:\\s\\([A-Z]{2,5}\\))?)?";

interface DateForm {
  readonly pattern: string;
  readonly read: (groups: readonly string[]) => IsoDate | null;
}

const FORMS: readonly DateForm[] = [
  {
    pattern: `(\\d{1,2})(?:st|nd|rd|th)?(?:\\sday)?(?:\\sof)?\\s{1,3}${MONTH},?\\s{1,3}(\\d{4})`,
    read: ([day, month, year]) => isoDate(year, monthNumber(month), day),
  },
  {
    pattern: `${MONTH}\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?,?\\s{1,3}(\\d{4})`,
    read: ([month, day, year]) => isoDate(year, monthNumber(month), day),
  },
  { pattern: "(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})", read: ([year, month, day]) => isoDate(year, month, day) },
  {
    pattern: "(\\d{4})\\s?[년年]\\s?(\\d{1,2})\\s?[월月]\\s?(\\d{1,2})\\s?[일日]",
    read: ([year, month, day]) => isoDate(year, month, day),
  },
  {
    pattern: "(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4})",
    read: ([first, second, year]) => unambiguous(first, second, year),
  },
];
const MONTH_AND_YEAR: DateForm = {
  pattern: `${MONTH},?\\s{1,3}(\\d{4})`,
  read: ([month, year]) => isoDate(year, monthNumber(month)),
};

/** "Sept." is "9"; "0" where it is no English month. */
export function monthNumber(name = ""): string {
  return String(MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1);
}

/** 15.11.2019 and 11/15/2019 can be read one way only; 11.12.2019 is not read at all. */
function unambiguous(first = "", second = "", year = ""): IsoDate | null {
  const swapped = Number(second) > 12;
  if (Number(first) <= 12 && !swapped && Number(first) !== Number(second)) return null;
  return swapped ? isoDate(year, first, second) : isoDate(year, second, first);
}

/** A date that exists, at day, month or year precision; null otherwise. */
export function isoDate(year = "", month?: string, day?: string): IsoDate | null {
  const y = Number(year);
  if (!/^\d{4}$/.test(year) || y < 1000 || y > 2999) return null;
  if (month === undefined) return year;
  const m = Number(month);
  if (!(m >= 1 && m <= 12)) return null;
  const upToMonth = `${year}-${String(m).padStart(2, "0")}`;
  if (day === undefined) return upToMonth;
  const d = Number(day);
  const daysInMonth = new Date(Date.UTC(y, m, 0)).getUTCDate();
  return d >= 1 && d <= daysInMonth ? `${upToMonth}-${String(d).padStart(2, "0")}` : null;
}

/** Whether it is a day, a month or a year of the calendar, written as ISO 8601 does: 1996-11-01, 1996-11, 1996. */
export function isIsoDate(text: string): boolean {
  const [year, ...rest] = text.split("-");
  return isoDate(year, ...rest) === text;
}

const anywhere = FORMS.map((form) => ({
  ...form,
  regex: new RegExp(`(?<![\\p{L}\\d./-])${form.pattern}(?![\\d])`, "giu"),
}));
const alone = [...FORMS, MONTH_AND_YEAR].map((form) => ({
  ...form,
  regex: new RegExp(
    `^(?:(?:dated?|sent|made)(?:\\s{0,2}:|\\s(?:on|this)(?:\\sthe)?|(?=\\s))\\s{0,9})?${WEEKDAY}${form.pattern}${TIME}\\.?$`,
    "iu",
  ),
}));

const INSTRUMENT =
  "agreement|contract|deed|lease|licen[cs]e|memorandum|treaty|indenture|undertaking|settlement|charter";
const made = FORMS.map((form) => ({
  ...form,
  regex: new RegExp(
    `^(?:this\\s|(?:\\p{L}+\\s){0,4}?(?:${INSTRUMENT})\\b)[^.;:]{0,120}?\\b(?:made|dated|entered\\sinto|executed|concluded|signed)(?:\\s(?:and|made|entered|into|executed|on|as|of|this|the|effective|dated)){0,6},?\\s${WEEKDAY}${form.pattern}`,
    "iu",
  ),
}));

/** "This Agreement is made on 3 June 2021 between ...": the date that a paragraph gives the contract it opens. */
export function instrumentDate(paragraph: string): IsoDate | null {
  const head = paragraph.slice(0, 300).replace(/\s+/g, " ");
  for (const { regex, read } of made) {
    const match = regex.exec(head);
    const date = match ? read(match.slice(1)) : null;
    if (date !== null) return date;
  }
  return null;
}

/** The date in an e-mail's head: of its line "Date: ..." or "Sent: ...", where another such line stands beside it. */
export function mailDate(lines: readonly string[]): IsoDate | null {
  const plain = lines.map((line) => line.replaceAll(/[*_]/g, ""));
  if (!plain.some((line) => /^(?:from|to|subject)\s{0,2}:/i.test(line))) return null;
  for (const line of plain) {
    const value = /^(?:date|sent)\s{0,2}:\s{0,9}(\S.{0,80})$/i.exec(line)?.[1];
    const date = value === undefined ? null : writtenDate(value);
    if (date !== null) return date;
  }
  return null;
}

/** Every date of day precision in a text, each once, in the order of the forms above. */
export function datesIn(text: string): IsoDate[] {
  const found = new Set<IsoDate>();
  for (const { regex, read } of anywhere)
    for (const match of text.matchAll(regex)) {
      const date = read(match.slice(1));
      if (date !== null) found.add(date);
    }
  return [...found];
}

/** The date that a line says and nothing else does but a place: "Seoul, November 15, 2019". */
export function bareDateline(content: string): IsoDate | null {
  if (content.length > 90 || !/\d{4}/.test(content)) return null;
  for (const candidate of [content, withoutPlace(content)])
    for (const { regex, read } of alone) {
      const match = candidate === null ? null : regex.exec(candidate);
      const date = match ? read(match.slice(1)) : null;
      if (date !== null) return date;
    }
  return null;
}

const PLACE =
  /^(?:\p{Lu}[\p{L}.'’-]{1,20}\s?){1,4}(?:,\s?(?:\p{Lu}[\p{L}.'’-]{0,20}\s?){1,3})?(?:,\s?|\s[–—-]{1,2}\s|\s\(|:\s)/u;

function withoutPlace(content: string): string | null {
  const place = PLACE.exec(content);
  return place ? content.slice(place[0].length).replace(/\)$/, "") : null;
}

/** "SEOUL, Nov. 15, 2019 — The two sides ...": the date a news story begins with. */
export function runInDateline(paragraph: string): IsoDate | null {
  const head = /^(.{8,70}?)\s?(?:--|[–—-])\s/su.exec(paragraph.slice(0, 90));
  return head?.[1] ? bareDateline(head[1].replace(/\s+/g, " ").replace(/[()]/g, "").trim()) : null;
}

/** A date at the start of a file's name: 1996-11-01, 19961101, 14-03-2021, 1996-11 or 1996, and then its end, `-`, `_` or a blank. */
export function fileNameDate(name: string): IsoDate | null {
  const dayFirst = /^(\d{1,2})([-._])(\d{1,2})\2(\d{4})(?=[-_\s]|$)/.exec(name);
  if (dayFirst) return unambiguous(dayFirst[1], dayFirst[3], dayFirst[4]);
  const forms = [
    /^(\d{4})-(\d{2})-(\d{2})/,
    /^(\d{4})(\d{2})(\d{2})/,
    /^(\d{4})_(\d{2})_(\d{2})/,
    /^(\d{4})-(\d{2})/,
    /^(\d{4})/,
  ];
  for (const form of forms) {
    const match = form.exec(name);
    if (!match || !/^(?:[-_\s]|$)/.test(name.slice(match[0].length))) continue;
    const date = isoDate(match[1], match[2], match[3]);
    if (date !== null) return date;
  }
  return null;
}

/** A date as somebody wrote it into a field: ISO (with a time, too) or any form above. */
export function writtenDate(value: string): IsoDate | null {
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?=$|[T\s]))?)?(?=$|[T\s])/.exec(value.trim());
  return iso ? isoDate(iso[1], iso[2], iso[3]) : bareDateline(value.trim());
}

/** "1 November 1996", "November 1996" or "1996". */
export function dateInWords(date: IsoDate): string {
  const [year = "", month, day] = date.split("-");
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
  return [day === undefined ? undefined : String(Number(day)), name, year]
    .filter((part) => part !== undefined)
    .join(" ");
}
