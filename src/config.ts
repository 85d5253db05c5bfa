import { join, resolve } from "node:path";
import { z } from "zod";
import { chooseModel, DTYPES, expandHome, isFolder, type ModelSettings, POOLINGS } from "./config/model.ts";
import { type SettingFlag, type SettingFlags, settingsTable } from "./config/settings-table.ts";
import { UsageError } from "./errors.ts";

/** Everything that can be set, parsed once. Paths are absolute. */
export interface Settings {
  /** The folder of documents. Never written to. */
  readonly corpus: string;
  /** Whether `corpus` is the example that ships with Pilcrow, taken because the working folder has none. */
  readonly exampleCorpus: boolean;
  /** The folder of the index. */
  readonly index: string;
  /** The embedding model. */
  readonly model: ModelSettings;
  /** The language model for generative answers; null where none is set. */
  readonly llm: LlmSettings | null;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Further names, in lower case, under which requests are answered. */
  readonly allowedHosts: readonly string[];
  /** The origin by which others reach the server, "https://papers.example.org"; null where it is not set. */
  readonly publicUrl: string | null;
  /** Files larger than this many bytes are reported and not indexed. */
  readonly maxFileBytes: number;
}

/** A language model as it was set; what its name means is for `answering/` to say. */
export interface LlmSettings {
  /** `PROVIDER:MODEL` */
  readonly name: string;
  readonly baseUrl: string | undefined;
  /** Whole milliseconds for one answer, after which the extractive one is given. */
  readonly timeoutMs: number;
  /** US dollars for a million tokens; null where it is not set. */
  readonly price: { readonly input: number; readonly output: number } | null;
  /** What becomes of a statement that its citations do not support. */
  readonly unsupported: "drop" | "mark";
  /** Keys come from the environment only. A function, so that printing the settings does not show them. */
  readonly key: (variable: string) => string | undefined;
}

const BYTES_PER_MB = 1_000_000;

const folder = {
  schema: z.string().refine((value) => !value.includes("\0")),
  expected: "the path of a folder",
};
const text = { schema: z.string(), expected: "a text" };
const modelNamed = {
  schema: z.string().refine((value) => !value.includes("\0")),
  expected: "a folder, an id of the hub or openai-compatible:NAME",
};
const pooling = { schema: z.enum(POOLINGS), expected: POOLINGS.join(", ") };
const dtype = { schema: z.enum(["auto", ...DTYPES]), expected: `auto, ${DTYPES.join(", ")}` };
const seconds = {
  schema: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().positive().max(600)),
  expected: "a number of seconds above 0, at most 600",
};
const price = {
  schema: z
    .string()
    .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/)
    .transform((value) => value.split("/").map(Number)),
  expected: "two numbers of US dollars, such as 0.15/0.60",
};
const unsupported = { schema: z.enum(["drop", "mark"]), expected: "drop or mark" };
const host = {
  schema: z.string().regex(/^[\p{L}\p{N}._:%-]+$/u),
  expected: "a host name or an address, such as 127.0.0.1",
};
const port = {
  schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65_535)),
  expected: "a whole number from 0 to 65535",
};
const hosts = {
  schema: z
    .string()
    .transform((value) =>
      value
        .toLowerCase()
        .split(",")
        .map((name) => name.trim()),
    )
    .pipe(z.array(z.string().regex(/^(?:[\p{L}\p{N}._-]+|\[[\da-f:.]+\])$/u))),
  expected: "names of hosts without ports, separated by commas, such as papers.example.org",
};
const origin = {
  schema: z.string().transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
    context.addIssue("no origin");
    return z.NEVER;
  }),
  expected: "an address without a path, such as https://papers.example.org",
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

  /** Each is checked also where no model is set: a mistake is best told when it is made. */
  const llmFrom = (): LlmSettings | null => {
    const [input = 0, output = 0] = read("llm-price", price) ?? [];
    const rest = {
      baseUrl: read("llm-base-url", text),
      timeoutMs: Math.ceil(1000 * (read("llm-timeout", seconds) ?? 30)),
      price: given("llm-price", flags, env) === undefined ? null : { input, output },
      unsupported: read("unsupported", unsupported) ?? "drop",
      key: (variable: string) => env[variable] || undefined,
    } as const;
    const name = read("llm", text);
    return name === undefined ? null : { name, ...rest };
  };

  const namedCorpus = path("corpus");
  const localCorpus = join(cwd, "corpus");
  const exampleCorpus = namedCorpus === undefined && !isFolder(localCorpus);
  const weights = read("model-dtype", dtype);
  const model = chooseModel(
    {
      name: read("model", modelNamed),
      pooling: read("model-pooling", pooling),
      dtype: weights === "auto" ? undefined : weights,
      queryPrefix: read("query-prefix", text),
      passagePrefix: read("passage-prefix", text),
      cache: path("model-cache"),
      baseUrl: read("model-base-url", text),
    },
    env,
    cwd,
    join(packageRoot, "models", "pilcrow-static"),
  );
  const settings: Settings = {
    corpus: namedCorpus ?? (exampleCorpus ? join(packageRoot, "corpus") : localCorpus),
    exampleCorpus,
    index: path("index") ?? join(cwd, "index"),
    model,
    llm: llmFrom(),
    host: read("host", host) ?? "127.0.0.1",
    port: read("port", port) ?? 8787,
    allowedHosts: read("allowed-hosts", hosts) ?? [],
    publicUrl: read("public-url", origin) ?? null,
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
