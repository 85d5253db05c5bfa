/**
 * Changes a folder and brings its index up to date, without end, a few passages a commit, and says the generation that each
 * commit and each run has made, and when it begins to merge. Run by crash.test.ts, which kills it.
 */
import { writeSync } from "node:fs";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { bringUpToDate, changeCorpus, telling, tellingCommits } from "./crash-corpus.ts";

const [folder = "", corpus = "", first = "0"] = process.argv.slice(2);
// Written at once, not when the event loop comes to it: the moment is what counts.
const say = (line: string) => writeSync(1, `${line}\n`);
const codec = telling(lexicalCodec, () => say("merge"));
for (let number = Number(first); ; number++) {
  await changeCorpus(corpus, number);
  const store = tellingCommits(vectraStore(folder, codec), (generation) => say(`commit ${generation}`));
  await bringUpToDate(corpus, store, { passagesACommit: 4 });
  say(`done ${await store.generation()}`);
}
