/**
 * Makes the index of a folder anew with the fake embedder of a given name, a few passages a commit, and says each of them.
 * Run by crash-rebuild.test.ts, which kills it.
 */
import { writeSync } from "node:fs";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { rebuild, telling } from "./crash-corpus.ts";

const [folder = "", corpus = "", model = ""] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const store = vectraStore(
  folder,
  telling(lexicalCodec, () => say("merge")),
);
await rebuild(corpus, store, model, () => say("progress"));
say("done");
