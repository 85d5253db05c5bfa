import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../src", import.meta.url));

/** From the bottom up; `cli` is cli.ts and cli/. A file imports from the rows below its own, and from its own folder. */
const LAYERS = [
  ["types", "dot", "by-path"],
  ["errors"],
  ["config"],
  ["documents", "embedding", "store"],
  ["retrieval"],
  ["answering"],
  ["read-corpus", "current-index", "renamed-files", "failure-report", "index-refusals", "meanwhile"],
  ["changes", "embed-documents", "same-model"],
  ["versions-before", "index-target"],
  ["parse-files"],
  ["parsing-thread"],
  ["parsing-threads"],
  ["index-portions"],
  ["index-corpus", "ask"],
  ["pilcrow"],
  ["problem"],
  ["schemas"],
  ["guard", "doctor", "event-stream"],
  ["chat-completions", "mcp", "library"],
  ["openapi"],
  ["server", "evaluation"],
  ["cli"],
];

/** Libraries that one place hides from the rest. */
const HIDDEN: Readonly<Record<string, RegExp>> = {
  "@xenova/transformers": /^embedding\/transformers\.ts$/,
  "@huggingface/transformers": /^embedding\/transformers\.ts$/,
  "@hono/zod-openapi": /^openapi(?:\.ts$|\/)/,
  vectra: /^store\//,
  "@modelcontextprotocol/sdk": /^(mcp\/|cli\.ts$|cli\/mcp-command\.ts$)/,
};

interface Import {
  readonly from: string;
  /** A path within src, or a package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`. */
const IMPORT =
  /^\s*(import|export)\s+(type\s)?[^;"']*?from\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([, , type, named, bare, dynamic]) => {
    const name = named ?? bare ?? dynamic ?? "";
    const to = name.startsWith(".") ? join(dirname(file), name).split(sep).join("/") : name;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.endsWith(".ts"));
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(source, file), "utf8")));
const inner = imports.filter(({ to }) => files.includes(to));

const layerOf = (file: string): number => LAYERS.findIndex((row) => row.includes(placeOf(file)));
const placeOf = (file: string): string => file.split("/")[0]?.replace(/\.ts$/, "") ?? file;

function upward({ from, to, typeOnly }: Import): boolean {
  if (placeOf(from) === placeOf(to)) return false;
  // The seam: an index says by whose vectors it was made.
  if (typeOnly && placeOf(from) === "store" && to === "embedding/embedder.ts") return false;
  return layerOf(to) >= layerOf(from);
}

test("imports are found in every form", () => {
  const text = `import { a } from "./a.ts";\nimport type {\n  B,\n} from '../b.ts';\nimport "c";\nexport * from "./d.ts";\nconst e = await import("e");`;
  expect(importsOf("x/y.ts", text).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
    ["x/a.ts", false],
    ["b.ts", true],
    ["c", false],
    ["x/d.ts", false],
    ["e", false],
  ]);
});

test("every file has a layer", () => {
  expect(inner.length).toBeGreaterThan(10);
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
});

test("every relative import names a file of src", () => {
  const dangling = imports.filter(({ to }) => to.endsWith(".ts") && !files.includes(to));
  expect(dangling.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test("no import points upward", () => {
  expect(inner.filter(upward).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test("an upward import, and one between neighbours, would be seen", () => {
  const seen = (from: string, to: string, typeOnly = false) => upward({ from, to, typeOnly });
  expect(seen("store/vectra.ts", "retrieval/bm25.ts")).toBe(true);
  expect(seen("store/vectra.ts", "embedding/transformers.ts", true)).toBe(true);
  expect(seen("store/vector-store.ts", "embedding/embedder.ts")).toBe(true);
  expect(seen("store/vector-store.ts", "embedding/embedder.ts", true)).toBe(false);
  expect(seen("ask.ts", "answering/extractive.ts")).toBe(false);
});

test("no file imports itself by way of others", () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    if (done.has(file) || path.includes(file)) return;
    for (const { from, to } of inner) if (from === file) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test.each(Object.entries(HIDDEN))("%s is imported in one place only", (library, place) => {
  const users = imports.filter(({ to }) => to === library || to.startsWith(`${library}/`)).map(({ from }) => from);
  expect(users.filter((file) => !place.test(file))).toEqual([]);
});

/** Providers of language models, and what their models are called. */
const PROVIDER = /open-?ai|anthropic|google|ollama|mistral|deepseek|bedrock|claude|gemini|gpt-?\d|llama-?\d/i;
/** The embedding model's own endpoint is named alike; its setting is described where settings are. */
const EMBEDDING = /^(?:embedding\/|config\/|config\.ts$|library\.ts$)/;
const EMBEDDING_NAME = /(?:create)?open-?ai-?compatible/gi;

function namesProvider(file: string, text: string): boolean {
  if (file.startsWith("answering/")) return false;
  return PROVIDER.test(EMBEDDING.test(file) ? text.replace(EMBEDDING_NAME, "") : text);
}

test("no provider or model of a language model is named outside answering/, on the page neither", () => {
  const web = fileURLToPath(new URL("../web", import.meta.url));
  const pages = readdirSync(web, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => /\.(?:ts|html)$/.test(file) && !file.startsWith("dist/"));
  expect(pages.length).toBeGreaterThan(10);
  const texts = [
    ...files.map((file) => [file, readFileSync(join(source, file), "utf8")] as const),
    ...pages.map((file) => [`web/${file}`, readFileSync(join(web, file), "utf8")] as const),
  ];
  expect(texts.filter(([file, text]) => namesProvider(file, text)).map(([file]) => file)).toEqual([]);
});

test("a provider's name elsewhere would be seen", () => {
  expect(namesProvider("ask.ts", 'if (name === "anthropic")')).toBe(true);
  expect(namesProvider("config/model.ts", "gpt-4")).toBe(true);
  expect(namesProvider("ask.ts", "openai-compatible:")).toBe(true);
  expect(namesProvider("config/model.ts", "openai-compatible:")).toBe(false);
  expect(namesProvider("answering/providers.ts", "anthropic")).toBe(false);
});
