/** One setting as a person sees it: the help text and the README's table are made from these. */
export interface SettingRow {
  readonly variable: `PILCROW_${string}`;
  readonly flag: SettingFlag;
  /** What stands for the value in the help: FOLDER. */
  readonly value: string;
  /** The default in words. */
  readonly default: string;
  readonly description: string;
}

/** A setting's flag, without its dashes. */
export type SettingFlag =
  | "corpus"
  | "index"
  | "model"
  | "model-base-url"
  | "model-cache"
  | "model-dtype"
  | "model-pooling"
  | "query-prefix"
  | "passage-prefix"
  | "llm"
  | "llm-base-url"
  | "llm-timeout"
  | "llm-price"
  | "unsupported"
  | "host"
  | "port"
  | "allowed-hosts"
  | "public-url"
  | "max-file-mb";

/** The flags that were given, as given. */
export type SettingFlags = Readonly<Partial<Record<SettingFlag, string>>>;

/** Every setting. A flag goes before its variable; an empty value counts as none. */
export const settingsTable: readonly SettingRow[] = [
  {
    variable: "PILCROW_CORPUS",
    flag: "corpus",
    value: "FOLDER",
    default: "`corpus` here, else the example documents",
    description: "The folder of documents. Read, never written to.",
  },
  {
    variable: "PILCROW_INDEX",
    flag: "index",
    value: "FOLDER",
    default: "`index` here",
    description: "The folder in which the index is kept.",
  },
  {
    variable: "PILCROW_MODEL",
    flag: "model",
    value: "MODEL",
    default: "the bundled model",
    description:
      "The embedding model: a folder, an id of the hub (`Xenova/e5-small-v2`) or `openai-compatible:NAME`. Another model needs `pilcrow index --rebuild`.",
  },
  {
    variable: "PILCROW_MODEL_BASE_URL",
    flag: "model-base-url",
    value: "URL",
    default: "none",
    description: "The address of the endpoint for `openai-compatible:NAME`, to which texts are sent.",
  },
  {
    variable: "PILCROW_MODEL_CACHE",
    flag: "model-cache",
    value: "FOLDER",
    default: "`~/.cache/pilcrow/models`",
    description: "The folder in which models of the hub are kept.",
  },
  {
    variable: "PILCROW_MODEL_DTYPE",
    flag: "model-dtype",
    value: "TYPE",
    default: "auto",
    description:
      "Which weights of the model: `fp32`, `fp16`, `q8`, `int8`, `uint8`, `q4`, `q4f16`, `bnb4`; `auto` is `fp32` of a folder and `q8` of the hub, where they are there.",
  },
  {
    variable: "PILCROW_MODEL_POOLING",
    flag: "model-pooling",
    value: "WAY",
    default: "the model's own",
    description: "How token vectors become one: `mean`, `cls` (the first) or `last`.",
  },
  {
    variable: "PILCROW_QUERY_PREFIX",
    flag: "query-prefix",
    value: "TEXT",
    default: "the model's own",
    description: "What goes before a question when it is embedded, blanks at its end and all; `none` for nothing.",
  },
  {
    variable: "PILCROW_PASSAGE_PREFIX",
    flag: "passage-prefix",
    value: "TEXT",
    default: "the model's own",
    description: "What goes before a passage when it is embedded, likewise.",
  },
  {
    variable: "PILCROW_LLM",
    flag: "llm",
    value: "PROVIDER:MODEL",
    default: "none",
    description:
      "The language model that writes generative answers, to which questions and passages are sent. Extractive answers need none.",
  },
  {
    variable: "PILCROW_LLM_BASE_URL",
    flag: "llm-base-url",
    value: "URL",
    default: "the provider's own",
    description: "The address of the language model's service.",
  },
  {
    variable: "PILCROW_LLM_TIMEOUT",
    flag: "llm-timeout",
    value: "SECONDS",
    default: "30",
    description: "How long a generative answer may take; then the extractive one is given.",
  },
  {
    variable: "PILCROW_LLM_PRICE",
    flag: "llm-price",
    value: "IN/OUT",
    default: "none",
    description:
      "US dollars for a million tokens in and out (`0.15/0.60`); with it the trace tells what an answer cost.",
  },
  {
    variable: "PILCROW_UNSUPPORTED",
    flag: "unsupported",
    value: "WAY",
    default: "drop",
    description: "What becomes of a statement of the language model that does not stand the check: `drop` or `mark`.",
  },
  {
    variable: "PILCROW_MAX_FILE_MB",
    flag: "max-file-mb",
    value: "NUMBER",
    default: "50",
    description: "Files larger than this many megabytes are reported and not indexed.",
  },
  {
    variable: "PILCROW_HOST",
    flag: "host",
    value: "ADDRESS",
    default: "127.0.0.1",
    description: "The address that `serve` listens on. 0.0.0.0 lets the whole network read the documents.",
  },
  {
    variable: "PILCROW_PORT",
    flag: "port",
    value: "NUMBER",
    default: "8787",
    description: "The port that `serve` listens on. 0 takes a free one and prints it.",
  },
  {
    variable: "PILCROW_ALLOWED_HOSTS",
    flag: "allowed-hosts",
    value: "NAMES",
    default: "none",
    description:
      "Further names, separated by commas, under which `serve` answers: without them those of this machine, and addresses in numbers where it listens on the network.",
  },
  {
    variable: "PILCROW_PUBLIC_URL",
    flag: "public-url",
    value: "URL",
    default: "what the request says",
    description:
      "The address by which others reach `serve` through a proxy (`https://papers.example.org`): permalinks begin with it, and its name is an allowed one.",
  },
];
