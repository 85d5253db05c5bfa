import fc from "fast-check";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import type { Change, NewDocument, Snapshot } from "../../src/store/vector-store.ts";
import type { IndexedDocument } from "../../src/types.ts";
import { fakeEmbedder } from "../fake-embedder.ts";

/** A document whose passages are the lines of `text`. */
export function documentOf(documentId: string, text: string): NewDocument {
  const passages = [...text.matchAll(/[^\n]+/g)].map((match, i) => ({
    passageId: `${documentId}#p${i + 1}`,
    documentId,
    label: `¶${i + 1}`,
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    ...(i % 2 ? { section: "One › Two", page: i } : {}),
  }));
  const document = {
    documentId,
    path: `letters/${documentId}.txt`,
    title: `Letter ${documentId}`,
    date: "1996-11",
    source: null,
    mediaType: "text/plain",
    encoding: "utf-8",
    hash: "ab".repeat(32),
    text,
    people: [{ name: "William J. Perry", role: "Secretary of Defense" }],
  };
  return { document, passages, state: { hash: document.hash, listed: "{}", stamp: "1 2 3" } };
}

/** Documents as the indexer adds them, with the fake embedder, after everything or in the place of it. */
export async function changeOf(
  documents: readonly NewDocument[],
  { removed = [], replace = false, tag = "a" }: { removed?: string[]; replace?: boolean; tag?: string } = {},
): Promise<Change> {
  const embedder = fakeEmbedder();
  const sorted = documents.toSorted((a, b) => (a.document.path < b.document.path ? -1 : 1));
  const vectors = await embedder.embed(
    sorted.flatMap(({ passages }) => passages.map(({ text }) => text)),
    "passage",
  );
  return {
    embedder: { id: embedder.id, dimension: embedder.dimension, hash: embedder.hash },
    rules: `rules-${tag}`,
    added: {
      documents: sorted,
      vectors: Float32Array.from(vectors.flatMap((vector) => [...vector])),
      postings: lexicalCodec.build(sorted),
    },
    removed,
    failures: [{ path: "broken.txt", code: "binary", message: `not a text (${tag})`, state: null }],
    replace,
  };
}

/** A whole index of these texts. `tag` goes into every part that can tell two apart. */
export function contentOf(texts: readonly string[], tag = "a"): Promise<Change> {
  return changeOf(
    texts.map((text, i) => documentOf(`${tag}-${String(i).padStart(4, "0")}`, text)),
    { replace: true, tag },
  );
}

/** What a snapshot holds, however it is spread over segments: comparable with `plain` of another, and of a change. */
export function plainSnapshot(snapshot: Snapshot | null) {
  if (snapshot === null) throw new Error("there is no index");
  const { embedder, rules, documents, failures, segments } = snapshot;
  const passages = documents.flatMap((entry) => entry.passages);
  const postings = lexicalCodec.merge(
    segments.map(({ postings, ordinals }) => ({ postings, places: ordinals })),
    passages.length,
  );
  const vectors = snapshot.vectorsOf([...passages.keys()]);
  // Texts are read when they are asked for: now, not when it is compared.
  return {
    embedder,
    rules,
    documents: documents.map(plainDocument),
    failures,
    vectors,
    postings: Buffer.from(postings),
  };
}

/** With its texts as values, not as what reads them. */
export function plainDocument({ document, passages }: IndexedDocument): IndexedDocument {
  const withText = <T extends { readonly text: string }>(one: T): T => ({ ...one, text: one.text });
  return { document: withText(document), passages: passages.map(withText) };
}

export function plainChange({ embedder, rules, added, failures }: Change) {
  return {
    embedder,
    rules,
    documents: (added?.documents ?? []).map(({ document, passages }): IndexedDocument => ({ document, passages })),
    failures: failures.map(({ path, code, message }) => ({ path, code, message })),
    vectors: added?.vectors ?? new Float32Array(),
    postings: Buffer.from(added?.postings ?? []),
  };
}

const textBits = fc.array(
  fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\n", "\ud800", "\u2028", "핵우산 ", "\u0000")),
);

/** Any content at all: any characters, documents without passages, overlapping passages, any finite vectors. */
export const anyContent: fc.Arbitrary<Change> = fc
  .record({
    dimension: fc.integer({ min: 1, max: 40 }),
    texts: fc.array(
      textBits
        .map((bits) => bits.join(""))
        .chain((text) =>
          fc.record({
            text: fc.constant(text),
            spans: fc.array(fc.tuple(fc.nat(text.length), fc.nat(text.length)), { maxLength: 4 }),
            label: fc.string(),
            section: fc.option(fc.constantFrom("", "One", "One › Two")),
            date: fc.option(fc.constantFrom("1996", "2017-02-07")),
            people: fc.array(fc.record({ name: fc.string(), role: fc.string() }), { maxLength: 2 }),
          }),
        ),
      { maxLength: 5 },
    ),
    rules: fc.string(),
    failures: fc.array(
      fc.record({ path: fc.string(), code: fc.string(), message: fc.string(), state: fc.constant(null) }),
      { maxLength: 2 },
    ),
    numbers: fc.infiniteStream(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1, max: 1 })),
  })
  .map(({ dimension, texts, numbers, ...rest }) => {
    const documents = texts.map(({ text, spans, label, section, date, people }, i): NewDocument => {
      const { document, state } = documentOf(`d${i}`, "");
      const passages = spans.map(([a, b], k) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const passage = {
          passageId: `d${i}#${k}`,
          documentId: `d${i}`,
          label,
          start,
          end,
          text: text.slice(start, end),
        };
        return section === null ? passage : { ...passage, section };
      });
      return { document: { ...document, text, date, people }, passages, state };
    });
    const count = documents.reduce((sum, { passages }) => sum + passages.length, 0);
    // A negative zero is a zero for every use of it, but not for `toEqual`.
    const vectors = Float32Array.from({ length: count * dimension }, () => (numbers.next().value ?? 0) + 0);
    const added = { documents, vectors, postings: lexicalCodec.build(documents) };
    return { ...rest, embedder: { id: "any", dimension, hash: "h" }, added, removed: [], replace: true };
  });
