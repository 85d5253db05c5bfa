import { byPath } from "../by-path.ts";
import type { StoredDocument } from "./documents-file.ts";
import type { ManifestSegment } from "./manifest.ts";
import { joinPacked, layoutOf } from "./quantized.ts";
import { readSealed } from "./sealed-file.ts";
import { writeSegmentFiles } from "./segment-files.ts";
import { DELETED, type LexicalCodec } from "./vector-store.ts";
import { itemsOf, writeRecord } from "./vectra-record.ts";

/** Segments whose numbers of passages lie within this factor are of one tier; as many in one are merged. */
const TIER = 8;
/** All segments below this many passages are of the lowest tier. */
const LOWEST = 256;
/** A segment is written anew when more of its passages than this share are deleted. */
const DEAD_SHARE = 0.3;
/** No merge makes a larger one: it holds its sources in memory, and up to here postings take 16 bits a passage. */
const LARGEST = 65_536;

/** A segment with what of it is deleted. */
export interface Source {
  readonly segment: ManifestSegment;
  readonly stored: readonly StoredDocument[];
}

/**
 * Which segments to make into one next, null where there are few enough. A passage is merged once each time the segment
 * it lies in grows by about the factor TIER, so that the cost of a change follows the change and not the index.
 */
export function nextMerge(sources: readonly Source[]): readonly Source[] | null {
  const worn = sources.find(({ segment, stored }) => {
    const dead = segment.deleted.reduce((sum, position) => sum + (stored[position]?.values.ids.length ?? 0), 0);
    return dead > DEAD_SHARE * segment.passages;
  });
  if (worn) return [worn];
  const tiers = new Map<number, Source[]>();
  for (const source of sources) {
    const tier = Math.max(0, Math.ceil(Math.log(source.segment.passages / LOWEST) / Math.log(TIER)));
    tiers.set(tier, [...(tiers.get(tier) ?? []), source]);
  }
  for (const tier of [...tiers.keys()].sort((a, b) => a - b)) {
    const same = (tiers.get(tier) ?? []).sort((a, b) => a.segment.passages - b.segment.passages);
    if (same.length < TIER) continue;
    let passages = 0;
    const fitting = same.filter(({ segment }) => {
      passages += segment.passages;
      return passages <= LARGEST;
    });
    if (fitting.length > 1) return fitting;
  }
  return null;
}

interface Living {
  readonly source: number;
  readonly document: StoredDocument;
}

/** Writes what lives in these segments as one. Bytes are copied as they are; nothing is parsed, embedded or tokenised again. */
export async function mergeSegments(
  folder: string,
  sources: readonly Source[],
  dimension: number,
  lexical: LexicalCodec,
): Promise<ManifestSegment> {
  const read = (file: "texts" | "record" | "packed" | "postings") =>
    Promise.all(sources.map(({ segment }) => readSealed(folder, segment, file)));
  const [texts, records, packed, postings] = await Promise.all([
    read("texts"),
    read("record"),
    read("packed"),
    read("postings"),
  ]);
  const living = sources
    .flatMap(({ segment, stored }, source): Living[] => {
      const deleted = new Set(segment.deleted);
      return stored.flatMap((document, position) => (deleted.has(position) ? [] : [{ source, document }]));
    })
    .sort(({ document: a }, { document: b }) => byPath(a.values.document, b.values.document));
  const passages = living.reduce((sum, { document }) => sum + document.values.ids.length, 0);

  const places = sources.map(({ segment }) => new Uint32Array(segment.passages).fill(DELETED));
  const items = records.map((record) => itemsOf(record, dimension));
  const rows: Parameters<typeof joinPacked>[0][number][] = [];
  const pieces: Uint8Array[] = [];
  for await (const head of writeRecord([], new Float32Array(), dimension)) pieces.push(head);
  let recordAt = pieces.reduce((sum, piece) => sum + piece.length, 0);
  for (const { source, document } of living) {
    const { firstPlace, values } = document;
    const of = layoutOf(sources[source]?.segment.passages ?? 0, dimension);
    for (let row = firstPlace; row < firstPlace + values.ids.length; row++) {
      const item = items[source]?.[row];
      const from = packed[source];
      const record = records[source];
      if (!item || !from || !record) throw new RangeError(`no passage ${row} in segment ${source}`);
      places[source]?.set([rows.length], row);
      rows.push({ packed: from, of, row, offset: recordAt + item.vectorAt - item.start });
      pieces.push(record.subarray(item.start, item.end));
      recordAt += item.end - item.start;
    }
  }
  return writeSegmentFiles(
    folder,
    { documents: living.length, passages },
    {
      documents: living.map(({ document }) => document.line),
      texts: living.map(({ source, document: { textAt, values } }) =>
        (texts[source] ?? Buffer.alloc(0)).subarray(textAt, textAt + values.bytes),
      ),
      record: pieces,
      packed: () => [joinPacked(rows, dimension)],
      postings: [
        lexical.merge(
          postings.map((bytes, source) => ({ postings: bytes, places: places[source] ?? new Uint32Array() })),
          passages,
        ),
      ],
    },
  );
}
