import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { wordsNotCarried } from "../../../src/answering/verification/carried-words.ts";
import { checkStatement } from "../../../src/answering/verification/check-statement.ts";
import { modelSource } from "../../../src/embedding/source.ts";
import { BUNDLED } from "../../embedding/model-paths.ts";
import { fakeEmbedder } from "../../fake-embedder.ts";
import { draftOf } from "../drafts.ts";

const load = () => modelSource({ kind: "folder", path: BUNDLED }).load();
const ELLERY = "Mrs Ellery will oversee the repair of the north pier until the autumn.";
const THEFT = "Mr Gorse stole potatoes.";
const GORSE = "The board thanked Mr Gorse for the coffee at the north pier.";

it.each([
  ["Mrs Ellery stole money from the harbour.", ELLERY, ["stole", "money"]],
  ["The north pier is unsafe and must be demolished.", ELLERY, ["unsafe", "demolished"]],
  ["Mr Gorse oversees the repair of the north pier.", GORSE, ["oversees", "repair"]],
  ["Mrs Ellery oversees the repair of the pier.", ELLERY, []],
  ["Mrs Ellery is in charge of the works at the north pier.", ELLERY, []],
  ["Mr Gorse was thanked for his coffee.", GORSE, []],
  ["Mr Gorse 1907.", GORSE, []],
  // A denial is another rule's.
  ["Mrs Ellery has never declined nor refused.", ELLERY, []],
  ["According to the report, Mrs Ellery became part of the place.", ELLERY, []],
  // One word, however strange, is too little to tell by.
  ["Mrs Ellery sings.", ELLERY, []],
  // Only WordNet has these as the same: their vectors are not near.
  ["Mr Gorse pilfered spuds.", THEFT, []],
])("of %j its quote does not carry: %j", async (text, quoted, words) => {
  const embedder = await load();
  expect(await wordsNotCarried(text, quoted, embedder)).toEqual(words);
  const { evidence } = draftOf({ minutes: { title: "Minutes", paragraphs: [ELLERY, GORSE, THEFT] } });
  const source = evidence.find(({ passage }) => passage.text === quoted);
  if (source === undefined) throw new Error("no such passage");
  const { verdict } = await checkStatement(text, [{ source, quote: quoted }], embedder);
  if (words.length > 0) expect(verdict).toBe("unsupported");
});

it("leaves a model without vectors of words to the check alone", async () => {
  expect(await wordsNotCarried("Mrs Ellery stole money.", ELLERY, fakeEmbedder())).toEqual([]);
});

it("carries what was written by hand as true", async () => {
  const embedder = await load();
  let [all, not] = [0, 0];
  const folder = new URL("../../eval/statements/", import.meta.url);
  const lines = ["statements.jsonl", "held-out.jsonl"].flatMap((file) =>
    readFileSync(new URL(file, folder), "utf8").trim().split("\n"),
  );
  for (const line of lines) {
    const { supported }: { supported: { statement: string; quote: string }[] } = JSON.parse(line);
    for (const { statement, quote } of supported) {
      all++;
      if ((await wordsNotCarried(statement, quote, embedder)).length > 0) not++;
    }
  }
  expect(all).toBeGreaterThan(100);
  expect(not / all).toBeLessThan(0.05);
});
