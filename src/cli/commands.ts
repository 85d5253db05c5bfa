import type { SettingFlag } from "../config/settings-table.ts";

export type CommandName = "index" | "ask" | "search" | "serve" | "mcp" | "status" | "doctor" | "eval" | "help";

/** A flag that belongs to commands, not to the settings. */
export interface Flag {
  /** Without its dashes. */
  readonly name: string;
  /** What stands for its value in the help; absent for a flag that is only there or not. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly description: string;
}

export interface Command {
  readonly name: CommandName;
  /** What stands behind the name: `<question...>`. */
  readonly operands: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly settings: readonly SettingFlag[];
  readonly example: string;
}

const model: readonly SettingFlag[] = [
  "model",
  "model-base-url",
  "model-cache",
  "model-dtype",
  "model-pooling",
  "query-prefix",
  "passage-prefix",
];
const reading: readonly SettingFlag[] = ["corpus", "index", ...model, "max-file-mb"];

const llm: readonly SettingFlag[] = ["llm", "llm-base-url", "llm-timeout", "llm-price", "unsupported"];

/** Flags that every command takes. */
export const commonFlags: readonly Flag[] = [
  { name: "json", description: "Print JSON. An error is then {code, message, advice} on standard output, too." },
  { name: "help", description: "Say what the command does and takes (-h)." },
  { name: "version", description: "Print the version (-v)." },
];

/** Where to look. */
const filters: readonly Flag[] = [
  { name: "from", value: "DATE", description: "Only documents of this date or later: 1996, 1996-11 or 1996-11-01." },
  { name: "to", value: "DATE", description: "Only documents of this date or earlier." },
  {
    name: "document",
    value: "ID",
    repeatable: true,
    description: "Only this document; may be given several times.",
  },
  {
    name: "folder",
    value: "FOLDER",
    repeatable: true,
    description: "Only documents of this folder of the corpus; may be given several times.",
  },
];

/** The commands, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: "index",
    operands: "[folder]",
    summary: "Bring the index up to date with a folder of documents",
    flags: [
      { name: "rebuild", description: "Index every file again. The index that is there answers until that is done." },
      { name: "watch", description: "Then follow the folder: index what changes, until Ctrl-C." },
    ],
    settings: reading,
    example: "pilcrow index ~/papers --index ~/.papers-index",
  },
  {
    name: "ask",
    operands: "<question...>",
    summary: "Answer a question from the documents, each sentence with its citation (- reads it from standard input)",
    flags: [
      { name: "limit", value: "1..20", description: "How many passages are considered." },
      ...filters,
      {
        name: "mode",
        value: "MODE",
        description: "extractive (quotes, the default), or generative (written by the language model, and checked).",
      },
    ],
    settings: [...reading, ...llm],
    example: 'pilcrow ask "what did Perry commit to in 1996?"',
  },
  {
    name: "search",
    operands: "<question...>",
    summary: "List the passages that come nearest, with their scores",
    flags: [{ name: "limit", value: "1..100", description: "How many passages are listed." }, ...filters],
    settings: reading,
    example: 'pilcrow search "nuclear umbrella" --limit 5',
  },
  {
    name: "serve",
    operands: "",
    summary: "Bring the index up to date, then serve the chat page and the HTTP API",
    flags: [
      { name: "no-update", description: "Serve the index as it is." },
      { name: "watch", description: "Follow the folder, and serve what changes as soon as it is indexed." },
    ],
    settings: [...reading, ...llm, "host", "port", "allowed-hosts", "public-url"],
    example: "pilcrow serve --port 8080",
  },
  {
    name: "mcp",
    operands: "",
    summary: "Serve an assistant or an editor over standard input and output (Model Context Protocol)",
    flags: [
      { name: "watch", description: "Follow the folder, and answer from what changes as soon as it is indexed." },
    ],
    settings: [...reading, ...llm],
    example: "pilcrow mcp --corpus ~/papers --index ~/.papers-index",
  },
  {
    name: "status",
    operands: "",
    summary: "Say what the index holds and what has changed since",
    flags: [],
    settings: reading,
    example: "pilcrow status",
  },
  {
    name: "doctor",
    operands: "",
    summary: "Check the installation, the model, the documents and the index, and say what to do",
    flags: [],
    settings: [...reading, ...llm, "host", "port", "allowed-hosts", "public-url"],
    example: "pilcrow doctor",
  },
  {
    name: "eval",
    operands: "[folder]",
    summary: "Measure retrieval and answers on the question sets of a folder (PILCROW_EVAL, and our own)",
    flags: [
      { name: "gate", description: "Compare with the folder's baseline.json, and fail where a figure has dropped." },
      { name: "update-baseline", description: "Write the figures into the folder's baseline.json." },
    ],
    settings: [...model, "max-file-mb"],
    example: "pilcrow eval",
  },
  {
    name: "help",
    operands: "[command]",
    summary: "Say what a command does and takes",
    flags: [],
    settings: [],
    example: "pilcrow help ask",
  },
];
