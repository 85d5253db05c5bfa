import type { Document, Passage } from "../types.ts";
import { dateInWords } from "./dates.ts";

/** What is put before a passage when it is embedded and indexed: title, date, section, people. Never quoted. */
export function passageHeader(
  document: Pick<Document, "title" | "date" | "people">,
  passage: Pick<Passage, "section">,
): string {
  const dated = document.date === null ? document.title : `${document.title}, ${dateInWords(document.date)}`;
  const people = document.people.map(({ name, role }) => `${role} ${name}`).join("; ");
  return [dated, passage.section, people]
    .filter((part) => part !== undefined && part !== "")
    .map((part) => `${part}.`)
    .join(" ");
}
