import { expect, test } from "vitest";
import { evidenceOf, readText } from "../../../src/answering/verification/evidence.ts";
import { absentParts } from "../../../src/answering/verification/names.ts";
import { isNameMeant } from "../../../src/answering/verification/names-meant.ts";
import type { Person } from "../../../src/types.ts";
import { documentOf } from "../../make-index.ts";

interface Case {
  readonly name?: string;
  readonly statement: string;
  readonly before?: string;
  readonly said: string;
  readonly after?: string;
  readonly title?: string;
  readonly people?: readonly Person[];
}

/** Whether the first name of the statement that the quoted sentences lack is meant by them. */
function isMeant({ statement, before = "", said, after = "", title = "Notes", people = [] }: Case): boolean {
  const { document, passages } = documentOf("notes", {
    title,
    people: [...people],
    paragraphs: [`${before} ${said}`, after],
  });
  const [passage] = passages;
  if (passage === undefined) throw new Error("a sketch has a paragraph");
  const source = { ordinal: 0, passage, document, score: 1, dense: 0, lexical: 0, wording: 0, period: 0, people: 0 };
  const evidence = evidenceOf([said], [{ source, before }]);
  const own = readText(statement);
  const name = own.names.find((one) => absentParts(one, evidence.names).length > 0);
  if (name === undefined) throw new Error(`every name of ${statement} is there`);
  return isNameMeant(name, absentParts(name, evidence.names).length, own, evidence);
}

const HOLM: Person = { name: "Ada Holm", role: "Head Librarian" };

test.each<[string, Case]>([
  ["a pronoun for the one before", { statement: "Ada Holm sings.", before: "Ada Holm is 80.", said: "She sings." }],
  [
    "a name completed by what comes before",
    { statement: "Ada Holm sings.", before: "Ada Kristina Holm is 80.", said: "Then Holm sings." },
  ],
  [
    "a name completed from anywhere in the document",
    { statement: "Ada Holm sings.", said: "Then Holm sings.", after: "Songs for Ada\nHolm." },
  ],
  [
    "a name completed, of which something is",
    { statement: "Ada Holm's song ended.", said: "Then Holm's song ended.", after: "Songs for Ada Holm." },
  ],
  ["we, in a letter", { statement: "Ada Holm sings.", said: "We sing at dawn.", title: "Ada Holm to her aunt" }],
  ["the office", { statement: "Ada Holm closed the room.", said: "The librarian closed the room.", people: [HOLM] }],
  [
    "the Board, in its minutes",
    { statement: "The Council adjourned.", said: "Members adjourned.", title: "Council minutes" },
  ],
  [
    "we, beside another name",
    { statement: "Ada Holm sings.", said: "We and Eva sing.", title: "Ada Holm to her aunt" },
  ],
  [
    "beside another name with nothing but the article in common",
    { statement: "A storm sank the Swan.", before: "The Swan came.", said: "A storm sank her near the Elbe." },
  ],
  [
    "a part of a longer name",
    {
      statement: "The Royal Academy met.",
      before: "The Royal Academy of Turin was founded by a duke.",
      said: "The members of Turin met.",
    },
  ],
  [
    "the object, behind the verb",
    { statement: "Bo Berg paid Ada Holm.", before: "Ada Holm sold a boat.", said: "Bo Berg paid her." },
  ],
  [
    "the subject in the title",
    { statement: "Ada Holm sings.", before: "Bo Berg wept.", said: "She sings.", title: "Ada Holm" },
  ],
  [
    "the last sentence before with a name",
    { statement: "Ada Holm sings.", before: "Bo Berg wept. Ada Holm is 80. It rains.", said: "She sings." },
  ],
])("is meant: %s", (_, one) => {
  expect(isMeant(one)).toBe(true);
});

test.each<[string, Case]>([
  ["a name found nowhere", { statement: "Eva Dahl sings.", before: "Ada Holm is 80.", said: "She sings." }],
  [
    "two halves of different names",
    {
      statement: "Ada Berg sings.",
      before: "Ada Holm is 80. The old music teacher of the village school is Bo Berg.",
      said: "She sings.",
    },
  ],
  ["no pronoun", { statement: "Ada Holm sings.", before: "Ada Holm is 80.", said: "Birds sing." }],
  [
    "a name of the sentence replaced",
    { statement: "Eva Dahl sings in Bath.", before: "Eva Dahl is 80.", said: "Ada Holm sings in Bath for her." },
  ],
  [
    "an object replaced",
    { statement: "Bo Berg paid Ada Holm.", before: "Ada Holm came.", said: "Bo Berg paid Eva Dahl her share." },
  ],
  [
    "a sentence of somebody else",
    { statement: "Ada Holm sings her song.", before: "Ada Holm is 80.", said: "Bo Berg, in tears, sings her song." },
  ],
  [
    "an office of another",
    { statement: "Ada Holm closed the room.", said: "The treasurer closed the room.", people: [HOLM] },
  ],
  [
    "an office that stands before a name",
    { statement: "Ada Holm closed the room.", said: "Librarian Bo Berg closed the room.", people: [HOLM] },
  ],
  [
    "somebody before the nearest",
    { statement: "Ada Holm sings.", before: "Ada Holm is 80. Bo Berg wept.", said: "She sings." },
  ],
  [
    "we, in somebody else's letter",
    { statement: "Ada Holm sings.", before: "Birds came.", said: "We sing at dawn.", title: "Bo Berg to his aunt" },
  ],
])("is not meant: %s", (_, one) => {
  expect(isMeant(one)).toBe(false);
});
