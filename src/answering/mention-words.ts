/** "4 mentions in 3 documents". */
export function mentionsInWords(mentions: number, documents: number): string {
  const count = (number: number, noun: string) => `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
  return `${count(mentions, "mention")} in ${count(documents, "document")}`;
}
