import { expect, test } from "vitest";
import { readCorpusFile } from "../src/documents/corpus.ts";
import { failureOf } from "../src/read-corpus.ts";
import { folderOf } from "./make-index.ts";

test("what is wrong with a file does not say its path again", async () => {
  const error = await readCorpusFile(await folderOf({}), "moose.txt").catch((error: unknown) => error);
  expect(failureOf("moose.txt", error)).toEqual({
    path: "moose.txt",
    code: "unreadable",
    message: "cannot be read (ENOENT)",
  });
});
