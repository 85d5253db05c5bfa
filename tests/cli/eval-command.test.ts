import { expect, test } from "vitest";
import { evaluationFolders } from "../../src/cli/eval-command.ts";

test("a folder that is named is the only one, and must be there", () => {
  const io = { env: { PILCROW_EVAL: "/other" }, cwd: "/w" };
  expect(evaluationFolders("sets", io, "/pkg")).toEqual([{ path: "/w/sets", optional: false }]);
});

test("else our own sets come first, then those of PILCROW_EVAL or beside the project", () => {
  const own = { path: "/pkg/tests/eval", optional: true };
  expect(evaluationFolders(null, { env: { PILCROW_EVAL: "s" }, cwd: "/w" }, "/pkg")).toEqual([
    own,
    { path: "/w/s", optional: false },
  ]);
  expect(evaluationFolders(null, { env: {}, cwd: "/w" }, "/pkg")).toEqual([
    own,
    { path: "/shared/eval", optional: true },
  ]);
});
