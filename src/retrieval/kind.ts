import { asksForChange } from "./change-question.ts";
import { type MentionQuestion, readMentionQuestion } from "./mention-question.ts";
import type { SearchableIndex } from "./searchable.ts";
import { readSides, type Side } from "./sides.ts";

/** What kind of answer a question asks for. */
export type AskedKind =
  | { readonly kind: "fact" }
  /** `sides` is null where the question names none: the documents that speak of it are the sides. */
  | { readonly kind: "comparison"; readonly sides: readonly Side[] | null }
  | ({ readonly kind: "every-mention" } & MentionQuestion);

/** A longer question tells a story; the patterns are made for short ones, and would take their time. */
const LONGEST = 400;

/** Reads from a standalone question what kind of answer it asks for, by its wording and by what the documents name. */
export function readKind(question: string, index: SearchableIndex): AskedKind {
  if (question.length > LONGEST) return { kind: "fact" };
  const mentions = readMentionQuestion(question, index);
  if (mentions !== null) return { kind: "every-mention", ...mentions };
  const sides = readSides(question, index);
  if (sides.length > 0) return { kind: "comparison", sides };
  return asksForChange(question) ? { kind: "comparison", sides: null } : { kind: "fact" };
}
