import { type Amount, isSameMeasure } from "./numbers.ts";
import type { Time } from "./times.ts";

const NEAR = 0.006;

/** Whether a number can be reckoned from two of what is cited: their sum, difference or share. It may be chance. */
export function isReckoned(amount: Amount, said: readonly Amount[]): boolean {
  const isSame = (value: number) => Math.abs(value - amount.value) <= NEAR * Math.max(1, Math.abs(amount.value));
  const theirs = said.filter(
    ({ isOrdinal, currency }) =>
      !isOrdinal && (currency === null || amount.currency === null || currency === amount.currency),
  );
  if (amount.isOrdinal) return false;
  // What is left of a whole.
  if (amount.isPart && theirs.some(({ isPart, value }) => isPart && isSame(1 - value))) return true;
  return theirs.some((a, i) =>
    theirs.some((b, j) => {
      if (i === j || isSameMeasure(a, b)) return false;
      if (a.isPercent !== b.isPercent) return false;
      const isShare =
        (amount.isPercent && isSame((a.value / b.value) * 100)) || (amount.isPart && isSame(a.value / b.value));
      return (
        isShare || (!amount.isPercent && !amount.isPart && (isSame(a.value - b.value) || isSame(a.value + b.value)))
      );
    }),
  );
}

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
type Day = Pick<Time, "year" | "month" | "day">;

/** Whether a stretch of time is how far a day of what is cited is from another, of the same or from before. */
export function isSpan({ value, unit, isOrdinal }: Amount, said: readonly Day[], before: readonly Day[]): boolean {
  if (unit === null || isOrdinal) return false;
  const year = [...said, ...before].find((time) => time.year !== null)?.year ?? null;
  const days = (times: readonly Day[]) =>
    times.flatMap(({ year: own, month, day }) =>
      month === null || day === null || (own ?? year) === null ? [] : [Date.UTC(own ?? year ?? 0, month - 1, day)],
    );
  const [own, all] = [days(said), days([...said, ...before])];
  if (unit.of === "time") {
    const asked = (value * unit.size) / DAY_SECONDS;
    return asked >= 1 && own.some((a) => all.some((b) => Math.abs(a - b) / DAY_MS === asked));
  }
  if (unit.of !== "calendar") return false;
  const months = (time: number) => new Date(time).getUTCFullYear() * 12 + new Date(time).getUTCMonth();
  const years = [...said, ...before].flatMap((time) => time.year ?? []);
  const isYears = unit.size % 12 === 0 && years.some((a) => years.some((b) => (a - b) * 12 === value * unit.size));
  return isYears || own.some((a) => all.some((b) => a !== b && Math.abs(months(a) - months(b)) === value * unit.size));
}
