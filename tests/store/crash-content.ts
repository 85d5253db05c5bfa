/** Enough to be caught in the middle of; another number gives other words and another count. */
export function crashTexts(number: number): string[] {
  return Array.from({ length: 40 + (number % 7) }, (_, i) =>
    Array.from({ length: 10 }, (_, k) => `commit ${number} document ${i} line ${k}`).join("\n"),
  );
}
