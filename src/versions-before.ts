import { type KnownVectors, vectorsByText } from "./embed-documents.ts";
import type { ChangedFile } from "./renamed-files.ts";
import type { Writing } from "./store/vector-store.ts";

type Versions = Pick<Writing, "read">;

/**
 * The vectors of the versions that files had before. A version may be replaced, by a commit of this very run, before the file
 * comes that it is now the text of: it is kept until then.
 */
export function versionsBefore(index: Versions, toIndex: readonly ChangedFile[]) {
  const paths = new Set(toIndex.map(({ file }) => file.path));
  const moved = toIndex.flatMap(({ change, before }) => (change === "renamed" && before ? [before] : []));
  const awaited = new Set(moved.filter(({ path }) => paths.has(path)).map(({ documentId }) => documentId));
  const kept = new Map<string, Awaited<ReturnType<Versions["read"]>>[number]>();
  return {
    async vectorsOf(documentIds: readonly string[]): Promise<KnownVectors | undefined> {
      if (documentIds.length === 0) return undefined;
      const held = documentIds.flatMap((id) => kept.get(id) ?? []);
      const read = await index.read(documentIds.filter((id) => !kept.has(id)));
      for (const id of documentIds) {
        kept.delete(id);
        awaited.delete(id);
      }
      return vectorsByText([...held, ...read]);
    },
    /** To be called before these are replaced. */
    async keep(documentIds: readonly string[]): Promise<void> {
      const wanted = documentIds.filter((id) => awaited.has(id) && !kept.has(id));
      if (wanted.length === 0) return;
      for (const version of await index.read(wanted)) kept.set(version.entry.document.documentId, version);
    },
  };
}
