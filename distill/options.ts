import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { UsageError } from "../src/errors.ts";

export interface DistillOptions {
  /** The folder of the teacher, absolute. */
  readonly teacher: string;
  /** Files of text, absolute. */
  readonly texts: readonly string[];
  /** The folder to write the model into, absolute. */
  readonly out: string;
  /** Where the teacher's vectors and the state of the training are kept, absolute. */
  readonly cache: string;
  /** What the teacher's licence is, where its folder does not say. */
  readonly licence: string | null;
  /** What is to be said of the text's licence. */
  readonly textLicence: string | null;
  readonly settings: Settings;
}

/** Everything beside teacher and text that the weights depend on. */
export type Settings = z.infer<typeof Settings>;

const numberThat = (isRight: (number: number) => boolean, takes: string) =>
  z
    .string()
    // An empty value would count as 0.
    .transform((value) => (value.trim() === "" ? Number.NaN : Number(value)))
    .refine(isRight, `it takes ${takes}`);
const whole = (least: number, most: number) => {
  const isRight = (number: number) => Number.isInteger(number) && number >= least && number <= most;
  return numberThat(isRight, `a whole number from ${least} to ${most}`);
};
const positive = numberThat((number) => Number.isFinite(number) && number > 0, "a number above 0");
const Settings = z.object({
  seed: whole(0, 2 ** 32 - 1),
  dimensions: whole(1, 4096),
  lambda: positive,
  passes: whole(1, 10_000),
  batch: whole(2, 65_536),
  rate: positive,
  temperature: positive,
});

const DEFAULTS = {
  seed: "1",
  dimensions: "256",
  lambda: "0.01",
  passes: "10",
  batch: "1024",
  rate: "0.001",
  temperature: "0.1",
};

const SETTING_HELP: Readonly<Record<keyof Settings, string>> = {
  seed: "the same seed gives the same bytes on the same machine",
  dimensions: "of the vectors; at most the teacher's",
  lambda: "how strongly step 2 holds to the teacher's vectors of single tokens",
  passes: "over all texts, in step 3",
  batch: "texts a step of step 3",
  rate: "the learning rate of step 3",
  temperature: "divides the similarities within a batch before the softmax",
};

export const HELP = `npm run distill -- --teacher DIR --text FILE [--text FILE ...] --out DIR

Makes a small, fast embedding model from a large one (the teacher, a folder in transformers.js layout) and text
(UTF-8, a text a line; .gz is unpacked). Run it again after an interruption: it goes on where it was.
PILCROW_EVAL names the folder of question sets that the result is measured on.

  --cache DIR          where the teacher's vectors and the state of a training are kept, to be
                       deleted when no longer wanted (default: distill/.cache)
  --licence TEXT       the teacher's licence, where its folder does not say
  --text-licence TEXT  the text's licence, and the notices that go with it
${Object.entries(SETTING_HELP)
  .map(([name, help]) => `  --${`${name} N`.padEnd(18)} ${help} (default: ${Reflect.get(DEFAULTS, name)})`)
  .join("\n")}
`;

/** The options, or null where help is asked for. Relative paths are taken from `cwd`. Throws UsageError. */
export function readOptions(argv: readonly string[], cwd: string, defaultCache: string): DistillOptions | null {
  const values = parsed(argv);
  if (values.help) return null;
  const path = (given: string) => resolve(cwd, given);
  const settings = Settings.safeParse(values);
  if (!settings.success) {
    const { path: [name = ""] = [], message = "" } = settings.error.issues[0] ?? {};
    throw usage(`--${String(name)} is ${JSON.stringify(Reflect.get(values, name))}: ${message}`);
  }
  const { teacher, text = [], out, cache, licence, "text-licence": textLicence } = values;
  if (teacher === undefined) throw usage("--teacher is missing");
  if (text.length === 0) throw usage("--text is missing");
  if (out === undefined || basename(path(out)) === "") throw usage("--out is missing");
  if (path(out) === path(teacher)) throw usage("--out is the teacher's own folder");
  return {
    teacher: path(teacher),
    texts: text.map(path),
    out: path(out),
    cache: cache === undefined ? defaultCache : path(cache),
    licence: licence ?? null,
    textLicence: textLicence ?? null,
    settings: settings.data,
  };
}

function parsed(argv: readonly string[]) {
  const string = (preset: string) => ({ type: "string", default: preset }) as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        help: { type: "boolean" },
        teacher: { type: "string" },
        text: { type: "string", multiple: true },
        out: { type: "string" },
        cache: { type: "string" },
        licence: { type: "string" },
        "text-licence": { type: "string" },
        seed: string(DEFAULTS.seed),
        dimensions: string(DEFAULTS.dimensions),
        lambda: string(DEFAULTS.lambda),
        passes: string(DEFAULTS.passes),
        batch: string(DEFAULTS.batch),
        rate: string(DEFAULTS.rate),
        temperature: string(DEFAULTS.temperature),
      },
    });
    return values;
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function usage(message: string): UsageError {
  return new UsageError("bad-options", message, "`npm run distill -- --help` shows what it takes.");
}
