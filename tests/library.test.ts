import { join, resolve } from "node:path";
import { afterEach, expect, expectTypeOf, it, vi } from "vitest";
import type { SettingFlag } from "../src/config/settings-table.ts";
import {
  createPilcrow,
  IndexError,
  PilcrowError,
  type PilcrowOptions,
  RequestError,
  UsageError,
} from "../src/library.ts";
import { folderOf } from "./make-index.ts";

afterEach(() => vi.unstubAllEnvs());
const FILES = { "log.md": "# Harbour log\n\nThe north crane was repaired by Ilse Brandt.\n" };
const status = (options?: PilcrowOptions) => createPilcrow(options).status({ pending: false });

it("takes relative folders from the working folder, and the same defaults as the command line", async () => {
  expect(await status({ corpus: "papers", index: "made/index" })).toMatchObject({
    corpus: resolve("papers"),
    index: resolve("made", "index"),
  });
  expect(await status()).toMatchObject({ corpus: resolve("corpus"), index: resolve("index") });
});

it("reads no environment but the one that it is given", async () => {
  vi.stubEnv("PILCROW_CORPUS", "elsewhere");
  vi.stubEnv("PILCROW_LLM", "nobody:knows");
  expect(await status({ index: "i" })).toMatchObject({ corpus: resolve("corpus") });
  expect(await status({ index: "i", env: { PILCROW_CORPUS: "papers" } })).toMatchObject({ corpus: resolve("papers") });
  const both = { corpus: "mine", env: { PILCROW_CORPUS: "papers" } };
  expect(await status(both)).toMatchObject({ corpus: resolve("mine") });
});

type Camel<Flag extends string> = Flag extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Flag;

it("has an option for every flag but those of the server, named alike: held by the type check", () => {
  type Named = Camel<Exclude<SettingFlag, "host" | "port" | "allowed-hosts" | "public-url">>;
  expectTypeOf<Exclude<keyof PilcrowOptions, "env">>().toEqualTypeOf<Named>();
});

it.each<[PilcrowOptions, string]>([
  [{ modelDtype: "fp99" }, "--model-dtype"],
  [{ modelPooling: "most" }, "--model-pooling"],
  [{ llmTimeout: 0 }, "--llm-timeout"],
  [{ llmPrice: "cheap" }, "--llm-price"],
  [{ maxFileMb: 501 }, "--max-file-mb"],
  [{ corpus: "\0" }, "--corpus"],
  [{ env: { PILCROW_UNSUPPORTED: "keep" } }, "PILCROW_UNSUPPORTED"],
])("refuses %j, naming the flag or the variable", (options, named) => {
  expect(() => createPilcrow(options)).toThrow(UsageError);
  expect(() => createPilcrow(options)).toThrow(`${named} is `);
});

it("indexes, asks and searches; what goes wrong has a class and a code", async () => {
  const corpus = await folderOf(FILES);
  const pilcrow = createPilcrow({ corpus, index: join(await folderOf({}), "index"), maxFileMb: 1 });
  const early = pilcrow.ask({ question: "Who repaired the crane?" });
  await expect(early).rejects.toBeInstanceOf(IndexError);
  await expect(early).rejects.toMatchObject({
    code: "index-missing",
    advice: "Call `index()` to make one.",
  });
  for await (const event of pilcrow.index()) if (event.type === "index-end") expect(event.documents).toBe(1);
  const answer = await pilcrow.ask({ question: "Who repaired the crane?" });
  expect(answer.answer).toBe("The north crane was repaired by Ilse Brandt. [1]");
  expect(await pilcrow.search({ question: "crane" })).toMatchObject([{ path: "log.md", check: "verified" }]);
  const told: string[] = [];
  for await (const { type } of pilcrow.askEvents({ question: "Who repaired the crane?" })) told.push(type);
  expect(told).toEqual(["retrieval", "citation", "statement", "answer-end"]);
  const generative = pilcrow.ask({ question: "Who?", mode: "generative" });
  await expect(generative).rejects.toBeInstanceOf(RequestError);
  await expect(generative).rejects.toBeInstanceOf(PilcrowError);
});
