import { dot } from "../dot.ts";
import type { Manifest, ManifestSegment } from "./manifest.ts";
import { nearestOf, type ScannedSegment } from "./nearest.ts";
import { type OpenSegment, openSegment } from "./read-segment.ts";
import { arrange, placesOf } from "./snapshot.ts";
import { DELETED, type LexicalCodec, type Snapshot } from "./vector-store.ts";

/** Segments that are open, by id: they never change, so that a new snapshot reads only those that are new. */
export type OpenSegments = ReadonlyMap<string, OpenSegment>;

/** Opens what a manifest names. Throws IndexError `index-damaged`. */
export async function openSnapshot(
  folder: string,
  manifest: Manifest,
  known: OpenSegments,
  lexical: LexicalCodec,
): Promise<{ readonly snapshot: Snapshot; readonly segments: OpenSegments }> {
  const { dimension } = manifest.embedder;
  const segments = new Map<string, OpenSegment>();
  for (const segment of manifest.segments) {
    segments.set(segment.id, known.get(segment.id) ?? (await openSegment(folder, segment, dimension, lexical)));
  }
  return { snapshot: snapshotOf(manifest, segments), segments };
}

function snapshotOf(manifest: Manifest, open: OpenSegments): Snapshot {
  const { embedder, rules, generation, createdAt } = manifest;
  const parts = manifest.segments.flatMap((segment: ManifestSegment) => {
    const opened = open.get(segment.id);
    return opened ? [{ ...opened, deleted: segment.deleted }] : [];
  });
  const { documents, ordinals, passages } = arrange(parts);
  const segments = parts.map(({ postings }, i) => ({ postings, ordinals: ordinals[i] ?? new Uint32Array() }));
  const scanned = parts.map(
    ({ packed, vector }, i): ScannedSegment => ({ packed, vector, ordinals: ordinals[i] ?? new Uint32Array() }),
  );
  const places = placesOf(ordinals, passages);
  const checked = (query: Float32Array): Float32Array => {
    if (query.length === embedder.dimension) return query;
    throw new RangeError(`The query has ${query.length} dimensions, the index ${embedder.dimension}`);
  };
  const vectorAt = (ordinal: number): Float32Array => {
    const segment = parts[places.partOf[ordinal] ?? -1];
    if (segment === undefined) throw new RangeError(`There is no passage ${ordinal}`);
    return segment.vector(places.placeOf[ordinal] ?? -1);
  };
  return {
    embedder,
    rules,
    generation,
    createdAt,
    documents,
    failures: manifest.failures.map(({ path, code, message }) => ({ path, code, message })),
    segments,
    places,
    search: (query, limit, allows) =>
      nearestOf(scanned, checked(query), limit, (ordinal) => ordinal !== DELETED && (allows?.(ordinal) ?? true)),
    similarities: (query, wanted) => wanted.map((ordinal) => dot(checked(query), vectorAt(ordinal))),
    vectorsOf(wanted) {
      const rows = new Float32Array(wanted.length * embedder.dimension);
      wanted.forEach((ordinal, i) => {
        rows.set(vectorAt(ordinal), i * embedder.dimension);
      });
      return rows;
    },
  };
}
