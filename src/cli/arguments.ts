import { parseArgs } from "node:util";
import { type SettingFlag, type SettingFlags, settingsTable } from "../config/settings-table.ts";
import { isIsoDate } from "../documents/dates.ts";
import { UsageError } from "../errors.ts";
import type { AskRequest, IsoDate, Mode, SearchRequest } from "../types.ts";
import { type Command, type CommandName, commands, commonFlags } from "./commands.ts";
import { suggest } from "./suggest.ts";

/** What a command line asks for. `settings` are the flags as given; a question "-" stands for standard input. */
export type Action = { readonly json: boolean } & (
  | { readonly command: "help"; readonly topic: CommandName | null }
  | { readonly command: "version" }
  | { readonly command: "index"; readonly settings: SettingFlags; readonly rebuild: boolean; readonly watch: boolean }
  | { readonly command: "ask"; readonly settings: SettingFlags; readonly request: AskRequest }
  | { readonly command: "search"; readonly settings: SettingFlags; readonly request: SearchRequest }
  | { readonly command: "serve"; readonly settings: SettingFlags; readonly update: boolean; readonly watch: boolean }
  | { readonly command: "mcp"; readonly settings: SettingFlags; readonly watch: boolean }
  | { readonly command: "status"; readonly settings: SettingFlags }
  | { readonly command: "doctor"; readonly settings: SettingFlags }
  | {
      readonly command: "eval";
      readonly settings: SettingFlags;
      readonly folder: string | null;
      readonly baseline: "compare" | "update" | null;
    }
);

/** Reads a command line, without the program's name. Throws UsageError, whose message and advice fit on one line. */
export function parseArguments(argv: readonly string[]): Action {
  const { flags, operands } = split(argv);
  const json = flags.has("json");
  const named = operands[0] === undefined ? null : commandNamed(operands[0]);
  if (flags.has("help")) return { command: "help", topic: named?.name ?? null, json };
  if (flags.has("version")) return { command: "version", json };
  if (!named) {
    const stray = [...flags.keys()].find((flag) => flag !== "json");
    if (stray !== undefined) throw new UsageError("no-command", `--${stray} needs a command`, HELP);
    return { command: "help", topic: null, json };
  }
  checkFlags(named, flags);
  return { json, ...read(named.name, operands.slice(1), flags) };
}

type Values = ReadonlyMap<string, readonly string[]>;

/** Omit over a union forgets what tells its members apart, so it is spread over them. */
type WithoutJson<T> = T extends unknown ? Omit<T, "json"> : never;

function read(command: CommandName, operands: readonly string[], flags: Values): WithoutJson<Action> {
  const settings = settingFlags(flags);
  switch (command) {
    case "index": {
      const folder = atMostOne(command, operands);
      const named = settings.corpus;
      if (folder !== undefined && named !== undefined && folder !== named) {
        throw new UsageError("two-folders", `index was given two folders, ${folder} and --corpus ${named}`);
      }
      const corpus = folder === undefined ? {} : { corpus: folder };
      return {
        command,
        settings: { ...settings, ...corpus },
        rebuild: flags.has("rebuild"),
        watch: flags.has("watch"),
      };
    }
    case "ask":
      return { command, settings, request: { ...request(command, operands, flags, 20), ...mode(flags) } };
    case "search":
      return { command, settings, request: request(command, operands, flags, 100) };
    case "serve":
      none(command, operands);
      return { command, settings, update: !flags.has("no-update"), watch: flags.has("watch") };
    case "mcp":
      none(command, operands);
      return { command, settings, watch: flags.has("watch") };
    case "status":
    case "doctor":
      none(command, operands);
      return { command, settings };
    case "eval":
      return { command, settings, folder: atMostOne(command, operands) ?? null, baseline: baseline(flags) };
    case "help": {
      const topic = atMostOne(command, operands);
      return { command, topic: topic === undefined ? null : commandNamed(topic).name };
    }
  }
}

function request(
  command: "ask" | "search",
  operands: readonly string[],
  flags: Values,
  highest: number,
): AskRequest & SearchRequest {
  const from = date("from", flags);
  const to = date("to", flags);
  // ISO dates of different precision compare by their common part: 1996-11 is not before 1996.
  if (from !== undefined && to !== undefined && from.slice(0, to.length) > to) {
    throw new UsageError("bad-date", `--from ${from} is after --to ${to}`);
  }
  const documents = flags.get("document");
  const folders = flags.get("folder");
  return {
    question: question(command, operands),
    ...limit(flags, highest),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(documents === undefined ? {} : { documents }),
    ...(folders === undefined ? {} : { folders }),
  };
}

function question(command: "ask" | "search", operands: readonly string[]): string {
  const text = operands.join(" ").trim();
  if (text) return text;
  const example = commands.find(({ name }) => name === command)?.example;
  throw new UsageError("no-question", `${command} needs a question`, `For example: ${example}`);
}

function limit(flags: Values, highest: number): { limit?: number } {
  const given = flags.get("limit")?.at(-1);
  if (given === undefined) return {};
  const value = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (value >= 1 && value <= highest) return { limit: value };
  throw new UsageError(
    "bad-limit",
    `--limit is ${JSON.stringify(given)}, but it takes a whole number from 1 to ${highest}`,
  );
}

function mode(flags: Values): { mode?: Mode } {
  const given = flags.get("mode")?.at(-1);
  if (given === undefined) return {};
  if (given === "extractive" || given === "generative") return { mode: given };
  throw new UsageError("bad-mode", `--mode is ${JSON.stringify(given)}, but it takes extractive or generative`);
}

function date(flag: "from" | "to", flags: Values): IsoDate | undefined {
  const given = flags.get(flag)?.at(-1);
  if (given === undefined) return undefined;
  if (isIsoDate(given)) return given;
  throw new UsageError(
    "bad-date",
    `--${flag} is ${JSON.stringify(given)}, but it takes a date: 1996, 1996-11 or 1996-11-01`,
  );
}

function baseline(flags: Values): "compare" | "update" | null {
  if (flags.has("gate") && flags.has("update-baseline")) {
    const advice = "Run it with --gate first, then with --update-baseline.";
    throw new UsageError("gate-and-update", "--gate compares with what --update-baseline would replace", advice);
  }
  if (flags.has("gate")) return "compare";
  return flags.has("update-baseline") ? "update" : null;
}

function atMostOne(command: CommandName, operands: readonly string[]): string | undefined {
  if (operands.length <= 1) return operands[0];
  const what = command === "help" ? "command" : "folder";
  throw new UsageError("too-many", `${command} takes one ${what}, but was given ${operands.length}`, helpOf(command));
}

function none(command: CommandName, operands: readonly string[]): void {
  if (operands[0] === undefined) return;
  throw new UsageError("too-many", `${command} takes flags only, but was given "${operands[0]}"`, helpOf(command));
}

const HELP = "See `pilcrow --help`.";

function helpOf(command: CommandName): string {
  return `See \`pilcrow ${command} --help\`.`;
}

function commandNamed(word: string): Command {
  const found = commands.find(({ name }) => name === word);
  if (found) return found;
  const near = suggest(
    word,
    commands.map(({ name }) => name),
  );
  const advice = near === undefined ? HELP : `Did you mean "${near}"? ${HELP}`;
  throw new UsageError("unknown-command", `There is no command "${word}"`, advice);
}

function checkFlags(command: Command, flags: Values): void {
  const taken = [...commonFlags, ...command.flags].map(({ name }) => name).concat(command.settings);
  for (const flag of flags.keys()) {
    if (taken.includes(flag)) continue;
    throw new UsageError("unknown-flag", `${command.name} does not take --${flag}`, helpOf(command.name));
  }
}

function settingFlags(flags: Values): SettingFlags {
  const given: Partial<Record<SettingFlag, string>> = {};
  for (const { flag } of settingsTable) {
    const value = flags.get(flag)?.at(-1);
    if (value !== undefined) given[flag] = value;
  }
  return given;
}

const allFlags = [...commonFlags, ...commands.flatMap((command) => command.flags), ...settingsTable.map(asFlag)];
const parseOptions = Object.fromEntries(
  allFlags.map(({ name, value }) => [name, { type: value ? "string" : "boolean" } as const]),
);

function asFlag({ flag, value, description }: (typeof settingsTable)[number]): {
  name: string;
  value: string;
  description: string;
} {
  return { name: flag, value, description };
}

/** Flags (with every value given to each) and the rest. parseArgs' own messages are too long for one line. */
function split(argv: readonly string[]): { flags: Values; operands: string[] } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...parseOptions, help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } },
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const flags = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const known = allFlags.find((flag) => flag.name === name);
    if (!known) throw unknownFlag(rawName);
    if (known.value && (value === undefined || (!inlineValue && value.startsWith("--")))) {
      throw new UsageError("no-value", `${rawName} needs a value: ${rawName} ${known.value}`, HELP);
    }
    if (!known.value && value !== undefined) {
      throw new UsageError("stray-value", `${rawName} takes no value, but was given ${JSON.stringify(value)}`, HELP);
    }
    flags.set(name, [...(flags.get(name) ?? []), ...(value === undefined ? [] : [value])]);
  }
  return { flags, operands };
}

function unknownFlag(rawName: string): UsageError {
  const near = suggest(
    rawName.replace(/^-+/, ""),
    allFlags.map(({ name }) => name),
  );
  const dash = rawName.startsWith("--") ? "" : " A question that begins with a dash goes after --.";
  const advice = near === undefined ? HELP + dash : `Did you mean --${near}? ${HELP}`;
  return new UsageError("unknown-flag", `There is no flag ${rawName}`, advice);
}
