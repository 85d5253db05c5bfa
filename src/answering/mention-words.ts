import type { MentionReading } from "../types.ts";

/** "4 mentions in 3 documents". */
export function mentionsInWords(mentions: number, documents: number): string {
  const count = (number: number, noun: string) => `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
  return `${count(mentions, "mention")} in ${count(documents, "document")}`;
}

/** How many forms are named. */
const FORMS_SHOWN = 8;

/** What was counted, where that is not plain, and which headings were not; empty where there is nothing to say. */
export function countedInWords({ phrases, exact, forms, headings }: MentionReading): string {
  const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(", ");
  const asked = new Set(phrases.map((phrase) => phrase.toLowerCase().replace(/\s+/g, " ")));
  const others = forms.filter((form) => !asked.has(form));
  const more = forms.length > FORMS_SHOWN ? ` and ${forms.length - FORMS_SHOWN} more` : "";
  const counted = exact || others.length === 0 ? [] : [`Counted: ${quoted(forms.slice(0, FORMS_SHOWN))}${more}.`];
  const not = headings.length === 0 ? [] : [`Headings are not counted: it also stands in ${headings.join(" and ")}.`];
  return [...counted, ...not].join(" ");
}
