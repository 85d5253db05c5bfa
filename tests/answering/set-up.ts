import type { LlmSettings } from "../../src/config.ts";
import { createPilcrow, type Pilcrow } from "../../src/pilcrow.ts";
import { BUNDLED } from "../embedding/model-paths.ts";
import { folderOf } from "../make-index.ts";

/** Pilcrow over these files, indexed with the bundled model, beside this language model. */
export async function pilcrowOver(files: Readonly<Record<string, string>>, llm: LlmSettings) {
  const [corpus, index] = [await folderOf(files), await folderOf({})];
  const model = { kind: "folder", path: BUNDLED } as const;
  const server = { host: "127.0.0.1", port: 0, allowedHosts: [], publicUrl: null };
  const rest = { exampleCorpus: false, maxFileBytes: 1e6 };
  const pilcrow: Pilcrow = createPilcrow({ corpus, index, model, llm, ...server, ...rest });
  for await (const _ of pilcrow.index());
  return { pilcrow, corpus };
}
