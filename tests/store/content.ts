import fc from "fast-check";
import type { IndexContent } from "../../src/store/vector-store.ts";
import type { IndexedDocument } from "../../src/types.ts";
import { fakeEmbedder } from "../fake-embedder.ts";

/** A document whose passages are the lines of `text`. */
export function documentOf(documentId: string, text: string): IndexedDocument {
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
  return { document, passages };
}

/** Content as the indexer makes it, with the fake embedder. `tag` goes into every part that can tell two apart. */
export async function contentOf(texts: readonly string[], tag = "a"): Promise<IndexContent> {
  const embedder = fakeEmbedder();
  const documents = texts.map((text, i) => documentOf(`${tag}-${i}`, text));
  const passages = documents.flatMap((each) => each.passages);
  const vectors = await embedder.embed(
    passages.map(({ text }) => text),
    "passage",
  );
  return {
    embedder: { id: embedder.id, dimension: embedder.dimension, hash: embedder.hash },
    rules: `rules-${tag}`,
    documents,
    vectors: Float32Array.from(vectors.flatMap((vector) => [...vector])),
    postings: new TextEncoder().encode(tag),
    failures: [{ path: "broken.txt", code: "binary", message: `not a text (${tag})` }],
  };
}

/** What was put in, without what a snapshot adds. */
export function plain({ embedder, rules, documents, vectors, postings, failures }: IndexContent): IndexContent {
  return { embedder, rules, documents, vectors, postings, failures };
}

const textBits = fc.array(
  fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\n", "\ud800", "\u2028", "핵우산 ", "\u0000")),
);

/** Any content at all: any characters, documents without passages, overlapping passages, any finite vectors. */
export const anyContent: fc.Arbitrary<IndexContent> = fc
  .record({
    dimension: fc.integer({ min: 1, max: 5 }),
    texts: fc.array(
      textBits
        .map((bits) => bits.join(""))
        .chain((text) =>
          fc.record({
            text: fc.constant(text),
            spans: fc.array(fc.tuple(fc.nat(text.length), fc.nat(text.length)), { maxLength: 4 }),
            label: fc.string(),
            date: fc.option(fc.constantFrom("1996", "2017-02-07")),
            people: fc.array(fc.record({ name: fc.string(), role: fc.string() }), { maxLength: 2 }),
          }),
        ),
      { maxLength: 5 },
    ),
    postings: fc.uint8Array(),
    rules: fc.string(),
    failures: fc.array(fc.record({ path: fc.string(), code: fc.string(), message: fc.string() }), { maxLength: 2 }),
    numbers: fc.infiniteStream(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1, max: 1 })),
  })
  .map(({ dimension, texts, numbers, ...rest }) => {
    const documents = texts.map(({ text, spans, label, date, people }, i) => {
      const { document } = documentOf(`d${i}`, "");
      const passages = spans.map(([a, b], k) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        return { passageId: `d${i}#${k}`, documentId: `d${i}`, label, start, end, text: text.slice(start, end) };
      });
      return { document: { ...document, text, date, people }, passages };
    });
    const count = documents.reduce((sum, { passages }) => sum + passages.length, 0);
    // A negative zero is a zero for every use of it, but not for `toEqual`.
    const vectors = Float32Array.from({ length: count * dimension }, () => (numbers.next().value ?? 0) + 0);
    return { ...rest, embedder: { id: "any", dimension, hash: "h" }, documents, vectors };
  });
