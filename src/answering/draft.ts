import { readKind } from "../retrieval/kind.ts";
import { documentsNaming } from "../retrieval/people.ts";
import { withoutQuotedMail } from "../retrieval/quoted-mail.ts";
import { readQuestion } from "../retrieval/reading.ts";
import type { Scope } from "../retrieval/scope.ts";
import { isGuess } from "../retrieval/sides.ts";
import type { Draft } from "./answerer.ts";
import { type AnsweringParts, both, compareSides, documentsAsSides, scopeOf } from "./comparison.ts";
import { everyMention } from "./every-mention.ts";
import { ofThatTime } from "./of-that-time.ts";
import { judge, noSentenceOf } from "./refusal.ts";

/** Does a step of the work and notes how long it took. */
export type Timed = <T>(step: string, work: () => T | Promise<T>) => Promise<T>;

/** Reads a standalone question and drafts the kind of answer that it asks for. */
export async function draftAnswer(question: string, parts: AnsweringParts, timed: Timed): Promise<Draft> {
  const { index, filters } = parts;
  const { asked, reading } = await timed("read", () => ({
    asked: readKind(question, index),
    reading: readQuestion(question, index),
  }));
  if (asked.kind === "every-mention") {
    // The words around the phrase ask; only the phrase is looked for.
    const phrase = readQuestion(asked.phrases.map(({ text }) => text).join(" "), index);
    const { period, spans } = asked;
    const mention = { ...phrase, period, spans };
    const documents = both(
      filters.documents,
      asked.documents?.map(({ documentId }) => documentId),
    );
    const scope: Scope = { ...filters, documents, period, spans };
    const evidence = await timed("retrieve", () => parts.retriever.retrieve(mention.question, parts.limit, scope));
    const draft = await timed("answer", () => everyMention(asked, index, scope));
    return { ...draft, kind: "every-mention", reading: mention, evidence };
  }
  if (asked.kind === "comparison") {
    const sides = asked.sides ?? (await timed("retrieve", () => documentsAsSides(question, parts)));
    if (sides.length > 1) {
      const draft = await timed("answer", () => compareSides(sides, parts));
      // Sides that nothing but the wording tells apart are a guess: where one has nothing, the question stays whole.
      const complete = draft.groups?.every(({ message }) => message === null) ?? false;
      if (complete || !isGuess(sides)) return { ...draft, kind: "comparison", reading };
    }
  }
  const scope = scopeOf(reading, filters);
  const retrieve = (within: Scope) =>
    timed("retrieve", () => parts.retriever.retrieve(question, parts.limit, within, parts.conversation));
  // A sentence of a document without the person is nothing that the person said or did.
  const theirs = await retrieve({ ...scope, documents: both(scope.documents, documentsNaming(question, index)) });
  const evidence = withoutQuotedMail(reading, theirs.length > 0 ? theirs : await retrieve(scope));
  const judged = await judge(reading, evidence, index, scope, parts.retriever.nearestWord);
  const answering = judged === null ? ofThatTime(reading, evidence, index) : [];
  const finding = judged ?? (answering.length === 0 ? noSentenceOf(reading, index, scope) : null);
  const statements = finding === null ? await timed("answer", () => parts.answerer.answer(reading, answering)) : [];
  return { kind: "fact", reading, statements, groups: null, finding, evidence };
}
