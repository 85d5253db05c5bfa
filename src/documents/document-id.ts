import { createHash } from "node:crypto";

const CLEAN_SEGMENT = /^[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*$/;
const MAX_LENGTH = 100;

/**
 * An id from a path relative to the corpus: `minutes/2019-06.txt` gives `minutes--2019-06`, `guide.md` gives `guide.md`.
 * Only letters, digits, `_`, `-` and `.`. Where characters had to go, a hash of the path is added, so that no two paths
 * share an id: a clean id has no dot, or one and then an extension, which is never eight hex digits.
 */
export function documentId(path: string): string {
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const extension = dot > 0 ? name.slice(dot + 1) : "";
  const all = [...segments, stem];
  if (
    all.every((segment) => CLEAN_SEGMENT.test(segment)) &&
    /^[a-z]{2,5}$/.test(extension) &&
    path.length <= MAX_LENGTH
  )
    return all.join("--") + (extension === "txt" ? "" : `.${extension}`);
  const slug = all.map(slugOf).filter(Boolean).join("--").slice(0, MAX_LENGTH).replace(/-+$/, "");
  return `${slug || "document"}.${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
}

function slugOf(segment: string): string {
  return segment
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
