import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { SettingFlag } from "./config/settings-table.ts";
import { parseSettings } from "./config.ts";
import { createPilcrow as composePilcrow, type Pilcrow } from "./pilcrow.ts";

/** What a program sees of the package: `import { createPilcrow } from "pilcrow"`. */

export type { ModelDownload } from "./embedding/embedder.ts";
export {
  CorpusError,
  DocumentError,
  IndexError,
  ModelError,
  NotFoundError,
  PilcrowError,
  RequestError,
  UsageError,
} from "./errors.ts";
export type { ChangeCounts, IndexEvent } from "./index-corpus.ts";
export type { Pilcrow, Status } from "./pilcrow.ts";
export type * from "./types.ts";

/** Everything that the command line takes as a flag, named alike. What is left out is as there. */
export interface PilcrowOptions {
  /** The folder of documents, never written to: `corpus` in the working folder, else the example documents. */
  readonly corpus?: string;
  /** The folder in which the index is kept: `index` in the working folder. */
  readonly index?: string;
  /** The embedding model: the bundled one, a folder, an id of the hub or `openai-compatible:NAME`. */
  readonly model?: string;
  /** The address of the endpoint for `openai-compatible:NAME`. */
  readonly modelBaseUrl?: string;
  /** The folder in which models of the hub are kept. */
  readonly modelCache?: string;
  readonly modelDtype?: string;
  readonly modelPooling?: string;
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  /** The language model for generative answers, `PROVIDER:MODEL`; none where it is left out. */
  readonly llm?: string;
  readonly llmBaseUrl?: string;
  /** Seconds that a generative answer may take: 30. */
  readonly llmTimeout?: number;
  /** US dollars for a million tokens in and out: "0.15/0.60". */
  readonly llmPrice?: string;
  readonly unsupported?: "drop" | "mark";
  /** Larger files, in megabytes, are reported and not indexed: 50. */
  readonly maxFileMb?: number;
  /**
   * Where variables and keys are read from. Nothing of the environment is read where this is left out; `process.env`
   * gives the program what the command line has, `{ PILCROW_LLM_API_KEY: key }` a key alone.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

type OptionName = Exclude<keyof PilcrowOptions, "env">;

/** The flag of each option. */
const FLAGS: Readonly<Record<OptionName, SettingFlag>> = {
  corpus: "corpus",
  index: "index",
  model: "model",
  modelBaseUrl: "model-base-url",
  modelCache: "model-cache",
  modelDtype: "model-dtype",
  modelPooling: "model-pooling",
  queryPrefix: "query-prefix",
  passagePrefix: "passage-prefix",
  llm: "llm",
  llmBaseUrl: "llm-base-url",
  llmTimeout: "llm-timeout",
  llmPrice: "llm-price",
  unsupported: "unsupported",
  maxFileMb: "max-file-mb",
};

/**
 * Pilcrow over a folder of documents. Nothing is read before it is needed: `index()` makes the index or brings it up to
 * date, `ask` and `search` need one. Relative paths are taken from the working folder.
 * Throws UsageError `bad-setting` where an option cannot be meant.
 */
export function createPilcrow(options: PilcrowOptions = {}): Pilcrow {
  const { env = {} } = options;
  const flags: Partial<Record<SettingFlag, string>> = {};
  for (const [name, flag] of Object.entries(FLAGS)) {
    const value = isOption(name) ? options[name] : undefined;
    if (value !== undefined) flags[flag] = String(value);
  }
  return composePilcrow(parseSettings(flags, env, process.cwd(), packageRoot), "Call `index()`");
}

/** Both as a source and as it is published, one folder above this file. */
const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

function isOption(name: string): name is OptionName {
  return name in FLAGS;
}
