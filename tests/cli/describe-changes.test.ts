import { expect, test } from "vitest";
import { describeChanges, type FileChanged } from "../../src/cli/describe-changes.ts";

const changed = (path: string, change: FileChanged["change"] = "added"): FileChanged => ({
  type: "file-changed",
  change,
  path,
  previousPath: null,
});
const many = (number: number, folder: string, change?: FileChanged["change"]) =>
  Array.from({ length: number }, (_, i) => changed(`${folder}${i}.md`, change));

test("a few changes are a line each, many a line a folder", () => {
  expect(describeChanges([])).toEqual([]);
  expect(describeChanges([changed("a.md"), { ...changed("b.md", "renamed"), previousPath: "c\n.md" }])).toEqual([
    "added a.md",
    "renamed c\\n.md to b.md",
  ]);
  expect(describeChanges(many(20, "notes/"))).toHaveLength(20);
  expect(
    describeChanges([...many(1500, "notes/"), ...many(3, "notes/", "removed"), ...many(2, "", "changed")]),
  ).toEqual(["2 changed in ./", "1,500 added, 3 removed in notes/"]);
});

test("of many folders the first are told, and the rest by number", () => {
  const lines = describeChanges(Array.from({ length: 30 }, (_, i) => changed(`${String(i).padStart(2, "0")}/a.md`)));
  expect(lines).toHaveLength(21);
  expect(lines.slice(-2)).toEqual(["1 added in 19/", "10 added in 10 more folders"]);
});
