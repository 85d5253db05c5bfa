/** A time of day that a text names, and where. */
export interface ClockTime {
  /** Since midnight. */
  readonly minutes: number;
  /** Whether it may as well be twelve hours later: "at 8.20", "3 o'clock". */
  readonly isHalfDay: boolean;
  readonly start: number;
  readonly end: number;
}

const HOURS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const HALF = "([ap])\\.?\\s?m\\b\\.?";
const CLOCK = new RegExp(
  [
    `\\b(\\d{1,2})(?:[:.](\\d\\d))?\\s?${HALF}`,
    "\\b(\\d{1,2}):(\\d\\d)(?![\\d:])",
    "(?<=\\b(?:at|by|until|from|to|about|after|before)\\s)(\\d{1,2})\\.([0-5]\\d)(?![\\d.%]|\\s?(?:per|million|billion|[a-z]*metres?|kg|km)\\b)",
    "\\b(\\d{1,2})\\s?o['’]clock",
    `\\b(\\d{1,2}|${HOURS.join("|")})\\s(?:o['’]clock\\s)?in\\sthe\\s(morning|afternoon|evening)\\b`,
    "(?<=\\b(?:from|between)\\s)(\\d{1,2})(?=\\s(?:to|until|till|and)\\s(?:\\d{1,2}(?:[:.]\\d\\d)?\\s?[ap]\\.?m|noon|midday|midnight)\\b)",
    "\\b(noon|midday|midnight)\\b",
  ].join("|"),
  "gi",
);
const DAY = 24 * 60;

const hourOf = (text: string) => (/^\d/.test(text) ? Number(text) : HOURS.indexOf(text.toLowerCase()) + 1);

/** The times of day of a text, in order. */
export function clockTimesIn(text: string): ClockTime[] {
  return [...text.matchAll(CLOCK)].flatMap((match) => {
    const [, h12, m12, half, h24, m24, hDot, mDot, hClock, hDay, ofDay, hBare, word] = match;
    const at = { start: match.index, end: match.index + match[0].length };
    if (word !== undefined) return [{ minutes: /^midnight$/i.test(word) ? 0 : DAY / 2, isHalfDay: false, ...at }];
    const hour = hourOf(h12 ?? h24 ?? hDot ?? hClock ?? hDay ?? hBare ?? "");
    const minute = Number(m12 ?? m24 ?? mDot ?? 0);
    if (hour > 24 || minute > 59) return [];
    if (ofDay !== undefined) {
      const isLater = /^(?:afternoon|evening)$/i.test(ofDay);
      return [{ minutes: ((hour % 12) + (isLater ? 12 : 0)) * 60, isHalfDay: false, ...at }];
    }
    const isHalfDay = half === undefined && hour <= 12 && !/^0/.test(h24 ?? "");
    const full = half === undefined ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0);
    return [{ minutes: (full * 60 + minute) % DAY, isHalfDay, ...at }];
  });
}

/** Whether two may be the same time of day. */
export function isSameClock(a: ClockTime, b: ClockTime): boolean {
  const apart = Math.abs(a.minutes - b.minutes);
  return apart === 0 || (apart === DAY / 2 && (a.isHalfDay || b.isHalfDay));
}
