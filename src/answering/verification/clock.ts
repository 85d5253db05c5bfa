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
const HOUR = `\\d{1,2}|${HOURS.join("|")}`;
const HALF = "([ap])\\.?\\s?m\\b\\.?";
const CLOCK = new RegExp(
  [
    `(?<![\\d:])\\b(${HOUR})(?:[:.](\\d\\d))?\\s(?:o['’]clock\\s)?(?:in\\sthe|this|that)\\s(morning|afternoon|evening)\\b`,
    `\\b(\\d{1,2})(?:[:.](\\d\\d))?\\s?${HALF}`,
    "(?<![\\d:])(\\d{1,2}):(\\d\\d)(?![\\d:])",
    "(?<=\\b(?:at|by|until|from|to|about|after|before)\\s)(\\d{1,2})\\.([0-5]\\d)(?![\\d.%]|\\s?(?:per|million|billion|[a-z]*metres?|kg|km)\\b)",
    `\\b(half|(?:a )?quarter|five|ten|twenty(?:-five)?|5|10|20|25)\\s(?:minutes\\s)?(past|(?:(?<=quarter\\s|minutes\\s|(?:at|by|until|before|around)\\s[\\w-]+\\s)to))\\s(${HOUR}|noon|midnight)\\b(?=[.,;:)]|$|\\s(?:in|on|at|the|and|when|that|for|by|with|o['’]clock|today|yesterday|this)\\b)(?:\\so['’]clock)?`,
    "\\bhalf an hour (before|after) (midnight|noon|midday)\\b",
    `\\b(${HOUR})\\s?o['’]clock`,
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
    const at = { start: match.index, end: match.index + match[0].length };
    const [
      ,
      hDay,
      mDay,
      ofDay,
      h12,
      m12,
      half,
      h24,
      m24,
      hDot,
      mDot,
      past,
      side,
      hPast,
      beside,
      ofWhat,
      hClock,
      hBare,
      word,
    ] = match;
    if (word !== undefined) return [{ minutes: fixed(word), isHalfDay: false, ...at }];
    if (beside !== undefined) {
      const minutes = fixed(ofWhat ?? "") + (/^before$/i.test(beside) ? -30 : 30);
      return [{ minutes: (minutes + DAY) % DAY, isHalfDay: false, ...at }];
    }
    if (past !== undefined) {
      const hour = /^(?:noon|midnight)$/i.test(hPast ?? "") ? fixed(hPast ?? "") : hourOf(hPast ?? "") * 60;
      const minutes = hour + (/^to$/i.test(side ?? "") ? -1 : 1) * minutesOf(past);
      return [{ minutes: (minutes + DAY) % DAY, isHalfDay: !/^(?:noon|midnight)$/i.test(hPast ?? ""), ...at }];
    }
    const hour = hourOf(h12 ?? h24 ?? hDot ?? hClock ?? hDay ?? hBare ?? "");
    const minute = Number(m12 ?? m24 ?? mDot ?? mDay ?? 0);
    if (hour > 24 || minute > 59) return [];
    if (ofDay !== undefined) {
      const isLater = /^(?:afternoon|evening)$/i.test(ofDay);
      return [{ minutes: ((hour % 12) + (isLater ? 12 : 0)) * 60 + minute, isHalfDay: false, ...at }];
    }
    const isHalfDay = half === undefined && hour <= 12 && !/^0/.test(h24 ?? "");
    const full = half === undefined ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0);
    return [{ minutes: (full * 60 + minute) % DAY, isHalfDay, ...at }];
  });
}

const fixed = (word: string) => (/^midnight$/i.test(word) ? 0 : DAY / 2);

/** Of "half", "a quarter", "twenty-five". */
function minutesOf(past: string): number {
  const plain = past.toLowerCase();
  if (plain === "half") return 30;
  if (plain.endsWith("quarter")) return 15;
  return /^\d/.test(plain) ? Number(plain) : ({ five: 5, ten: 10, twenty: 20, "twenty-five": 25 }[plain] ?? 0);
}

/** Whether two may be the same time of day. */
export function isSameClock(a: ClockTime, b: ClockTime): boolean {
  const apart = Math.abs(a.minutes - b.minutes);
  return apart === 0 || (apart === DAY / 2 && (a.isHalfDay || b.isHalfDay));
}
