import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { UsageError } from "./errors.ts";

/** Everything that can be set, parsed once. Paths are absolute. */
export interface Settings {
  /** The folder of documents. Never written to. */
  readonly corpus: string;
  /** Whether `corpus` is the example that ships with Pilcrow, taken because the working folder has none. */
  readonly exampleCorpus: boolean;
  /** The folder of the index. */
  readonly index: string;
  /** The folder of the embedding model. */
  readonly model: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Files larger than this many bytes are reported and not indexed. */
  readonly maxFileBytes: number;
}

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
export type SettingFlag = "corpus" | "index" | "model" | "host" | "port" | "max-file-mb";

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
    value: "FOLDER",
    default: "the bundled model",
    description: "The folder of the embedding model. Another model needs `pilcrow index --rebuild`.",
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
];

const BYTES_PER_MB = 1_000_000;

const folder = {
  schema: z.string().refine((value) => !value.includes("\0")),
  expected: "the path of a folder",
};
const host = {
  schema: z.string().regex(/^[\p{L}\p{N}._:%-]+$/u),
  expected: "a host name or an address, such as 127.0.0.1",
};
const port = {
  schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65_535)),
  expected: "a whole number from 0 to 65535",
};
const megabytes = {
  // A JavaScript string ends at about 512 million characters, so larger files could not be held as text.
  schema: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().positive().max(500)),
  expected: "a number above 0, at most 500",
};

/**
 * The settings from flags, then environment variables, then defaults. Relative paths are taken from `cwd`, and a
 * leading `~/` is the home folder. `packageRoot` holds the bundled model and the example documents.
 * Throws UsageError `bad-setting`, naming the flag or variable, its value and what it takes.
 */
export function parseSettings(
  flags: SettingFlags,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  packageRoot: string,
): Settings {
  const read = <T>(flag: SettingFlag, { schema, expected }: Kind<T>): T | undefined => {
    const found = given(flag, flags, env);
    if (!found) return undefined;
    const parsed = schema.safeParse(found.value);
    if (parsed.success) return parsed.data;
    throw new UsageError("bad-setting", `${found.from} is ${JSON.stringify(found.value)}, but it takes ${expected}`);
  };
  const path = (flag: SettingFlag): string | undefined => {
    const value = read(flag, folder);
    return value === undefined ? undefined : resolve(cwd, expandHome(value, env));
  };

  const namedCorpus = path("corpus");
  const localCorpus = join(cwd, "corpus");
  const exampleCorpus = namedCorpus === undefined && !isFolder(localCorpus);
  const settings: Settings = {
    corpus: namedCorpus ?? (exampleCorpus ? join(packageRoot, "corpus") : localCorpus),
    exampleCorpus,
    index: path("index") ?? join(cwd, "index"),
    model: path("model") ?? join(packageRoot, "models", "pilcrow-static"),
    host: read("host", host) ?? "127.0.0.1",
    port: read("port", port) ?? 8787,
    maxFileBytes: Math.round((read("max-file-mb", megabytes) ?? 50) * BYTES_PER_MB),
  };
  if (settings.index === settings.corpus) {
    throw new UsageError(
      "bad-setting",
      `The corpus and the index are the same folder, ${settings.index}`,
      "Name another folder with --index: documents are never written to.",
    );
  }
  return settings;
}

interface Kind<T> {
  readonly schema: z.ZodType<T>;
  readonly expected: string;
}

/** The value in force and where it was given: `--port` or `PILCROW_PORT`. */
function given(
  flag: SettingFlag,
  flags: SettingFlags,
  env: Readonly<Record<string, string | undefined>>,
): { readonly value: string; readonly from: string } | undefined {
  const fromFlag = flags[flag];
  if (fromFlag) return { value: fromFlag, from: `--${flag}` };
  const variable = settingsTable.find((row) => row.flag === flag)?.variable;
  const fromEnv = variable && env[variable];
  return fromEnv ? { value: fromEnv, from: variable } : undefined;
}

function expandHome(path: string, env: Readonly<Record<string, string | undefined>>): string {
  const home = env.HOME || homedir();
  if (path === "~") return home;
  return path.startsWith("~/") ? join(home, path.slice(2)) : path;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
