import { expect, test } from "vitest";
import { modelCard } from "../../distill/model-card.ts";
import { readOptions } from "../../distill/options.ts";

const parts = {
  distilled: {
    teacher: { id: "big", hash: "00", dimension: 8 },
    files: [{ name: "a.txt", hash: "11", lines: 3 }],
    texts: 3,
    vocabulary: 10,
    used: 5,
    energy: 0.9,
    loss: 0.1,
  },
  licence: "MIT",
  versions: {},
  hash: "22",
  rows: [],
};
const cardOf = (...argv: string[]) => {
  const options = readOptions(["--teacher", "big", "--text", "a.txt", "--out", "small", ...argv], "/", "/cache");
  if (options === null) throw new Error("help was not asked for");
  return modelCard({ ...parts, options });
};

test("the card has the licences of teacher and text, each in its row", () => {
  expect(cardOf("--text-licence", "CC0 |\n Copyright A. Nobody")).toContain(
    "| Licence | MIT |\n| Licence of the text | CC0 \\| Copyright A. Nobody |\n",
  );
  expect(cardOf()).toContain("| Licence of the text | not said |");
});
