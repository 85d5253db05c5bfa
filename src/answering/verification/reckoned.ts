import { type Amount, isSameMeasure } from "./numbers.ts";

const NEAR = 0.006;

/** Whether a number can be reckoned from two of what is cited: their sum, difference or share. It may be chance. */
export function isReckoned(amount: Amount, said: readonly Amount[]): boolean {
  const isSame = (value: number) => Math.abs(value - amount.value) <= NEAR * Math.max(1, Math.abs(amount.value));
  const theirs = said.filter(
    ({ isOrdinal, currency }) =>
      !isOrdinal && (currency === null || amount.currency === null || currency === amount.currency),
  );
  if (amount.isOrdinal) return false;
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
