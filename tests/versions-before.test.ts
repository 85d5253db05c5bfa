import { expect, test } from "vitest";
import type { ChangedFile } from "../src/renamed-files.ts";
import { versionsBefore } from "../src/versions-before.ts";
import { documentOf } from "./make-index.ts";

test("a version that a commit replaces is kept for the file that has its text now", async () => {
  const entry = documentOf("b", { title: "B", paragraphs: ["The ferry.", "The quay."] });
  const before = { documentId: "b", path: "b.txt", passages: 2, hash: "1", listed: "", stamp: "" };
  const other = { ...before, documentId: "a", path: "a.txt", hash: "2" };
  const file = (path: string) => ({ path, size: 1, stamp: "" });
  const toIndex: ChangedFile[] = [
    { file: file("b.txt"), change: "renamed", listed: "", before: other },
    { file: file("old.txt"), change: "renamed", listed: "", before },
  ];
  let isThere = true;
  const versions = versionsBefore(
    {
      read: async (ids) => (isThere && ids.includes("b") ? [{ entry, vectors: new Float32Array([1, 0, 0, 1]) }] : []),
    },
    toIndex,
  );
  await versions.keep(["b", "c"]);
  isThere = false;
  const known = await versions.vectorsOf(["b"]);
  expect([...(known?.values() ?? [])].map((row) => [...row])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});
