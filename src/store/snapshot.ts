import { nearest, similarities } from "./packed.ts";
import type { IndexContent, Snapshot } from "./vector-store.ts";

/** Content that can be searched. The caller gives its arrays away: they must not change any more. */
export function snapshotOf(content: IndexContent, generation: string, createdAt: string): Snapshot {
  const { vectors, embedder } = content;
  const checked = (query: Float32Array): Float32Array => {
    if (query.length === embedder.dimension) return query;
    throw new RangeError(`The query has ${query.length} dimensions, the index ${embedder.dimension}`);
  };
  return {
    ...content,
    generation,
    createdAt,
    search: (query, limit, allows) => nearest(vectors, checked(query), limit, allows),
    similarities: (query, ordinals) => similarities(vectors, checked(query), ordinals),
  };
}

export function passageCount(content: Pick<IndexContent, "documents">): number {
  return content.documents.reduce((sum, { passages }) => sum + passages.length, 0);
}

/** Throws RangeError for content that could not be given back as it is: a mistake of the caller. */
function checkContent(content: IndexContent): void {
  const expected = passageCount(content) * content.embedder.dimension;
  if (content.vectors.length !== expected) {
    throw new RangeError(`The vectors hold ${content.vectors.length} numbers, not passages × dimension, ${expected}`);
  }
  for (const { document, passages } of content.documents) {
    for (const { passageId, documentId, start, end, text } of passages) {
      if (documentId !== document.documentId || document.text.slice(start, end) !== text) {
        throw new RangeError(`The passage ${passageId} is not what ${document.documentId} has from ${start} to ${end}`);
      }
    }
  }
}

/** The `commit` of one writer, refused once the writer has ended and the lock with it. */
export async function writing<T>(
  write: (commit: (content: IndexContent) => Promise<void>) => Promise<T>,
  commit: (content: IndexContent) => Promise<void>,
): Promise<T> {
  let ended = false;
  try {
    return await write(async (content) => {
      if (ended) throw new Error("commit was called after its writer had ended");
      checkContent(content);
      await commit(content);
    });
  } finally {
    ended = true;
  }
}
