import type { IndexedDocument } from "../types.ts";
import { decodeDocument, decodeText } from "./documents-file.ts";
import type { Source } from "./merge.ts";
import { layoutOf } from "./quantized.ts";
import { readAt, withFile } from "./sealed-file.ts";

/** Some documents with their vectors: only their own part of each file is read. */
export async function readSome(
  folder: string,
  sources: readonly Source[],
  dimension: number,
  wanted: ReadonlySet<string>,
) {
  const found: { entry: IndexedDocument; vectors: Float32Array }[] = [];
  for (const { segment, stored } of sources) {
    const deleted = new Set(segment.deleted);
    const here = stored.filter(
      ({ values }, position) => wanted.has(values.document.documentId) && !deleted.has(position),
    );
    if (here.length === 0) continue;
    const { offsetsAt } = layoutOf(segment.passages, dimension);
    await withFile(folder, segment, "texts", (texts) =>
      withFile(folder, segment, "packed", (packed) =>
        withFile(folder, segment, "record", async (record) => {
          for (const document of here) {
            const { values, textAt, firstPlace } = document;
            const text = Buffer.alloc(values.bytes);
            readAt(texts.fd, text, textAt, segment, "texts");
            const offsets = new Uint32Array(values.ids.length);
            readAt(packed.fd, new Uint8Array(offsets.buffer), offsetsAt + 4 * firstPlace, segment, "packed");
            const vectors = new Float32Array(offsets.length * dimension);
            offsets.forEach((at, row) => {
              const numbers = new Uint8Array(vectors.buffer, row * dimension * 4, dimension * 4);
              readAt(record.fd, numbers, at, segment, "record");
            });
            const whole = decodeText(document, text);
            found.push({
              entry: decodeDocument(document, (part) => (part ? whole.slice(part.start, part.end) : whole)),
              vectors,
            });
          }
        }),
      ),
    );
  }
  return found;
}
