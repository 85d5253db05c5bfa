import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { IndexError } from "../errors.ts";
import { nearest, similarities } from "./packed.ts";
import { arrange, checkChange, placesOf } from "./snapshot.ts";
import { stamped } from "./stamps.ts";
import type {
  Catalogue,
  Change,
  IndexIdentity,
  KnownFailure,
  LexicalCodec,
  NewDocument,
  Snapshot,
  VectorStore,
  Writing,
} from "./vector-store.ts";

/** Everything at once: a single segment whose places are its ordinals. */
interface Content extends IndexIdentity {
  readonly documents: readonly NewDocument[];
  readonly vectors: Float32Array;
  readonly postings: Uint8Array;
  readonly failures: readonly KnownFailure[];
}

/** What there is of an index, with the snapshot of it that readers get. */
interface Held {
  readonly content: Content;
  readonly snapshot: Snapshot;
}

/** An index that lasts as long as the process. */
export function memoryStore(lexical: LexicalCodec): VectorStore {
  let current: Held | null = null;
  let replacement: Held | null = null;
  let writingSince: string | null = null;

  return {
    name: "memory",
    generation: async () => current?.snapshot.generation ?? null,
    open: async () => current?.snapshot ?? null,
    catalogue: async () => catalogueOf(current),
    replacement: async () => catalogueOf(replacement),
    writer: async () => (writingSince === null ? null : { pid: process.pid, host: hostname(), since: writingSince }),
    async exclusively(write) {
      if (writingSince) {
        throw new IndexError(
          "index-locked",
          `The index is being written by this process, ${process.pid}, since ${writingSince}`,
          "Wait until it is done.",
        );
      }
      writingSince = new Date().toISOString();
      let ended = false;
      const requireWriter = () => {
        if (ended) throw new Error("something was written after its writer had ended");
      };
      const writing = (read: () => Held | null, put: (held: Held) => void) =>
        writingOf(lexical, read, (held) => {
          requireWriter();
          put(held);
        });
      try {
        return await write({
          ...writing(
            () => current,
            (held) => {
              current = held;
            },
          ),
          replacement: {
            ...writing(
              () => replacement,
              (held) => {
                replacement = held;
              },
            ),
            async finish() {
              requireWriter();
              if (replacement === null) throw new Error("there is no replacement to finish");
              current = replacement;
              replacement = null;
            },
            async discard() {
              requireWriter();
              replacement = null;
            },
          },
        });
      } finally {
        ended = true;
        writingSince = null;
      }
    },
  };
}

function writingOf(lexical: LexicalCodec, read: () => Held | null, put: (held: Held) => void): Writing {
  return {
    catalogue: async () => catalogueOf(read()),
    async read(documentIds) {
      const held = read();
      if (held === null) return [];
      return partsOf(held.content)
        .filter(({ entry }) => documentIds.includes(entry.document.documentId))
        .map(({ entry: { document, passages }, vectors }) => ({ entry: { document, passages }, vectors }));
    },
    async keepStamps(stamps) {
      const held = read();
      if (held === null) return;
      const { documents, failures } = held.content;
      const states = documents.map(({ document: { path }, state }) => ({ path, ...state }));
      const newest = stamped({ documents: states, failures }, stamps);
      const kept = documents.map((entry, i) => ({ ...entry, state: newest.documents[i] ?? entry.state }));
      put({ ...held, content: { ...held.content, documents: kept, failures: newest.failures } });
    },
    async commit(change) {
      const before = read()?.content ?? null;
      checkChange(change, before);
      const content = changed(change.replace ? null : before, change, lexical);
      put({ content, snapshot: snapshotOf(content) });
    },
  };
}

function catalogueOf(held: Held | null): Catalogue | null {
  if (held === null) return null;
  const { content, snapshot } = held;
  return {
    ...content,
    generation: snapshot.generation,
    createdAt: snapshot.createdAt,
    damaged: [],
    documents: content.documents.map(({ document: { documentId, path }, passages, state }) => ({
      documentId,
      path,
      passages: passages.length,
      ...state,
    })),
  };
}

/** Each document with its own vectors. */
function partsOf({ documents, vectors, embedder: { dimension } }: Pick<Content, "documents" | "vectors" | "embedder">) {
  let place = 0;
  return documents.map((entry) => {
    const from = place;
    place += entry.passages.length;
    return { entry, place: from, vectors: vectors.slice(from * dimension, place * dimension) };
  });
}

function changed(before: Content | null, change: Change, lexical: LexicalCodec): Content {
  const { embedder, rules, corpus, failures, added } = change;
  const gone = new Set([...change.removed, ...(added?.documents ?? []).map(({ document }) => document.documentId)]);
  const old = before ? partsOf(before) : [];
  const sources = [
    { parts: old, deleted: old.flatMap(({ entry }, i) => (gone.has(entry.document.documentId) ? [i] : [])) },
    { parts: added ? partsOf({ ...added, embedder }) : [], deleted: [] },
  ];
  const { documents, ordinals, passages } = arrange(
    sources.map(({ parts, deleted }) => ({ documents: parts.map(({ entry }) => entry), deleted })),
  );
  const known = new Map(
    sources.flatMap(({ parts, deleted }) =>
      parts.flatMap((part, i) => (deleted.includes(i) ? [] : [[part.entry.document.documentId, part] as const])),
    ),
  );
  const all = documents.flatMap(({ document }) => known.get(document.documentId) ?? []);
  const rows = new Float32Array(passages * embedder.dimension);
  let at = 0;
  for (const { vectors } of all) {
    rows.set(vectors, at);
    at += vectors.length;
  }
  const postings = [before?.postings, added?.postings].flatMap((bytes, i) =>
    bytes ? [{ postings: bytes, places: ordinals[i] ?? new Uint32Array() }] : [],
  );
  return {
    embedder,
    rules,
    corpus,
    failures,
    documents: all.map(({ entry }) => entry),
    vectors: rows,
    postings: lexical.merge(postings, passages),
  };
}

function snapshotOf({ embedder, rules, documents, vectors, postings, failures }: Content): Snapshot {
  const { dimension } = embedder;
  const ordinals = Uint32Array.from({ length: vectors.length / dimension }, (_, i) => i);
  const checked = (query: Float32Array): Float32Array => {
    if (query.length === dimension) return query;
    throw new RangeError(`The query has ${query.length} dimensions, the index ${dimension}`);
  };
  return {
    embedder,
    rules,
    generation: randomUUID(),
    createdAt: new Date().toISOString(),
    documents: documents.map(({ document, passages }) => ({ document, passages })),
    failures: failures.map(({ path, code, message }) => ({ path, code, message })),
    segments: [{ postings, ordinals }],
    places: placesOf([ordinals], ordinals.length),
    search: (query, limit, allows) => nearest(vectors, checked(query), limit, allows),
    similarities: (query, ordinals) => similarities(vectors, checked(query), ordinals),
    vectorsOf(ordinals) {
      const rows = new Float32Array(ordinals.length * dimension);
      ordinals.forEach((ordinal, i) => {
        rows.set(vectors.subarray(ordinal * dimension, (ordinal + 1) * dimension), i * dimension);
      });
      return rows;
    },
  };
}
