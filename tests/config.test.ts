import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { settingsTable } from "../src/config/settings-table.ts";
import { parseSettings } from "../src/config.ts";
import { UsageError } from "../src/errors.ts";

const here = mkdtempSync(join(tmpdir(), "pilcrow-config-"));
const withCorpus = join(here, "with-corpus");
mkdirSync(join(withCorpus, "corpus"), { recursive: true });
afterAll(() => rmSync(here, { recursive: true }));

test("the defaults, in a folder that holds documents", () => {
  expect(parseSettings({}, {}, withCorpus, "/pkg")).toEqual({
    corpus: join(withCorpus, "corpus"),
    exampleCorpus: false,
    llm: null,
    index: join(withCorpus, "index"),
    model: { kind: "folder", path: "/pkg/models/pilcrow-static", prefixes: {} },
    host: "127.0.0.1",
    port: 8787,
    allowedHosts: [],
    publicUrl: null,
    maxFileBytes: 50_000_000,
  });
});

test("without a folder of documents, the example is taken", () => {
  const { corpus, exampleCorpus, index } = parseSettings({}, {}, here, "/pkg");
  expect({ corpus, exampleCorpus, index }).toEqual({
    corpus: "/pkg/corpus",
    exampleCorpus: true,
    index: join(here, "index"),
  });
});

test("a file named corpus is no folder of documents", () => {
  const folder = join(here, "with-file");
  mkdirSync(folder);
  writeFileSync(join(folder, "corpus"), "");
  expect(parseSettings({}, {}, folder, "/pkg").exampleCorpus).toBe(true);
});

test("a folder that was named is never replaced by the example", () => {
  const { corpus, exampleCorpus } = parseSettings({ corpus: "nowhere" }, {}, here, "/pkg");
  expect({ corpus, exampleCorpus }).toEqual({ corpus: join(here, "nowhere"), exampleCorpus: false });
});

test("a flag goes before its variable, and an empty value counts as none", () => {
  const env = { PILCROW_PORT: "1", PILCROW_HOST: "::1", PILCROW_INDEX: "", PILCROW_MAX_FILE_MB: "0.5" };
  const settings = parseSettings({ port: "2", host: "" }, env, here, "/pkg");
  expect(settings).toMatchObject({ port: 2, host: "::1", index: join(here, "index"), maxFileBytes: 500_000 });
});

test("a server behind a proxy has further names, and an address", () => {
  const env = { PILCROW_ALLOWED_HOSTS: " Papers.example.org, box.local,[fd00::1]" };
  expect(parseSettings({ "public-url": "https://Papers.example.org:444/" }, env, here, "/pkg")).toMatchObject({
    allowedHosts: ["papers.example.org", "box.local", "[fd00::1]"],
    publicUrl: "https://papers.example.org:444",
  });
});

test("~/ is the home folder; elsewhere a tilde is a letter", () => {
  const env = { HOME: "/home/ann", PILCROW_CORPUS: "~/papers", PILCROW_INDEX: "a~/b" };
  expect(parseSettings({ model: "~" }, env, "/w", "/pkg")).toMatchObject({
    corpus: "/home/ann/papers",
    index: "/w/a~/b",
    model: { kind: "folder", path: "/home/ann" },
  });
});

test.each([
  [{ port: "abc" }, {}, /^--port is "abc", but it takes a whole number from 0 to 65535$/],
  [{}, { PILCROW_PORT: "65536" }, /^PILCROW_PORT is "65536"/],
  [{ port: "-1" }, {}, /--port/],
  [{ port: "0x10" }, {}, /--port/],
  [{ port: " 80" }, {}, /--port/],
  [{ "max-file-mb": "0" }, {}, /^--max-file-mb is "0", but it takes a number above 0/],
  [{ "max-file-mb": "501" }, {}, /at most 500/],
  [{}, { PILCROW_MAX_FILE_MB: "50MB" }, /^PILCROW_MAX_FILE_MB is "50MB"/],
  [{ host: "http://localhost" }, {}, /^--host is "http:\/\/localhost", but it takes a host name/],
  [{ "allowed-hosts": "papers.example.org:80" }, {}, /^--allowed-hosts is .* takes names of hosts without ports/],
  [{}, { PILCROW_ALLOWED_HOSTS: "a,,b" }, /^PILCROW_ALLOWED_HOSTS is "a,,b"/],
  [{ "public-url": "papers.example.org" }, {}, /^--public-url is .* takes an address without a path/],
  [{}, { PILCROW_PUBLIC_URL: "https://papers.example.org/x" }, /^PILCROW_PUBLIC_URL is/],
  [{}, { PILCROW_PUBLIC_URL: "https://ann@papers.example.org" }, /^PILCROW_PUBLIC_URL is/],
  [{ corpus: "a\0b" }, {}, /^--corpus is/],
  [{ corpus: "x", index: "./x" }, {}, /the same folder/],
])("%j %j is refused", (flags, env, said) => {
  const parse = () => parseSettings(flags, env, here, "/pkg");
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(said);
});

test("a language model is set up by its name, with a time, a price and a way for what is unsupported", () => {
  const env = { PILCROW_LLM: "a:b", PILCROW_LLM_PRICE: "0.15/0.6", PILCROW_UNSUPPORTED: "mark", SOME_KEY: "secret" };
  const { llm } = parseSettings({ "llm-timeout": "1.5" }, env, here, "/pkg");
  expect(llm).toMatchObject({
    name: "a:b",
    baseUrl: undefined,
    timeoutMs: 1500,
    price: { input: 0.15, output: 0.6 },
    unsupported: "mark",
  });
  expect(llm?.key("SOME_KEY")).toBe("secret");
  expect(llm?.key("OTHER")).toBeUndefined();
  expect(JSON.stringify(llm)).not.toContain("secret");
  expect(parseSettings({ llm: "a:b" }, {}, here, "/pkg").llm).toMatchObject({
    timeoutMs: 30_000,
    price: null,
    unsupported: "drop",
  });
});

test("every setting is in the table once, its variable named after its flag", () => {
  const flags = settingsTable.map(({ flag }) => flag);
  expect(new Set(flags)).toEqual(
    new Set([
      "corpus",
      "index",
      "model",
      "model-base-url",
      "model-cache",
      "model-dtype",
      "model-pooling",
      "query-prefix",
      "passage-prefix",
      "llm",
      "llm-base-url",
      "llm-timeout",
      "llm-price",
      "unsupported",
      "host",
      "port",
      "allowed-hosts",
      "public-url",
      "max-file-mb",
    ]),
  );
  for (const { flag, variable } of settingsTable) {
    expect(variable).toBe(`PILCROW_${flag.toUpperCase().replaceAll("-", "_")}`);
  }
});
