import fc from "fast-check";
import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/errors.ts";

const parse = (line: string) => parseArguments(line.split(" ").filter(Boolean));

test.each([
  ["", { command: "help", topic: null, json: false }],
  ["help", { command: "help", topic: null, json: false }],
  ["help ask", { command: "help", topic: "ask", json: false }],
  ["ask --help", { command: "help", topic: "ask", json: false }],
  ["-h", { command: "help", topic: null, json: false }],
  ["--version --json", { command: "version", json: true }],
  ["-v", { command: "version", json: false }],
  ["index", { command: "index", settings: {}, rebuild: false, watch: false, json: false }],
  [
    "index papers --rebuild",
    { command: "index", settings: { corpus: "papers" }, rebuild: true, watch: false, json: false },
  ],
  [
    "index --corpus papers --index=i",
    { command: "index", settings: { corpus: "papers", index: "i" }, rebuild: false, watch: false, json: false },
  ],
  ["ask who is Kim", { command: "ask", settings: {}, request: { question: "who is Kim" }, json: false }],
  ["--json ask who", { command: "ask", settings: {}, request: { question: "who" }, json: true }],
  ["ask -", { command: "ask", settings: {}, request: { question: "-" }, json: false }],
  ["ask -- --json -5", { command: "ask", settings: {}, request: { question: "--json -5" }, json: false }],
  ["ask q --limit 20", { command: "ask", settings: {}, request: { question: "q", limit: 20 }, json: false }],
  [
    "ask q --from 1996 --to 1996-11-30 --document a --document b",
    {
      command: "ask",
      settings: {},
      request: { question: "q", from: "1996", to: "1996-11-30", documents: ["a", "b"] },
      json: false,
    },
  ],
  ["search q --limit 100", { command: "search", settings: {}, request: { question: "q", limit: 100 }, json: false }],
  [
    "serve --port 0 --host ::1",
    { command: "serve", settings: { port: "0", host: "::1" }, update: true, watch: false, json: false },
  ],
  [
    "ask who --mode generative --llm ollama:llama",
    {
      command: "ask",
      settings: { llm: "ollama:llama" },
      request: { question: "who", mode: "generative" },
      json: false,
    },
  ],
  ["index --watch", { command: "index", settings: {}, rebuild: false, watch: true, json: false }],
  ["serve --no-update", { command: "serve", settings: {}, update: false, watch: false, json: false }],
  ["mcp --corpus papers --watch", { command: "mcp", settings: { corpus: "papers" }, watch: true, json: false }],
  ["status --index i", { command: "status", settings: { index: "i" }, json: false }],
  ["doctor --json", { command: "doctor", settings: {}, json: true }],
  ["eval sets", { command: "eval", settings: {}, folder: "sets", baseline: null, json: false }],
  ["eval --gate", { command: "eval", settings: {}, folder: null, baseline: "compare", json: false }],
  ["eval --update-baseline", { command: "eval", settings: {}, folder: null, baseline: "update", json: false }],
])("%s", (line, action) => {
  expect(parse(line)).toEqual(action);
});

test.each([
  ["ak q", /no command "ak".*"ask"/],
  ["frobnicate", /no command "frobnicate".*pilcrow --help/],
  ["help aks", /"ask"/],
  ["ask", /needs a question.*For example: pilcrow ask "/],
  ["search --json", /search needs a question/],
  ["ask q --limt 3", /--limt.*--limit/],
  ["ask q --port 3", /ask does not take --port/],
  ["ask -5 degrees", /-5.*after --/],
  ["ask q --limit", /--limit needs a value/],
  ["ask q --limit --json", /--limit needs a value/],
  ["ask q --limit 0", /"0".*1 to 20/],
  ["ask q --limit 21", /"21".*1 to 20/],
  ["ask q --limit 1e1", /"1e1".*1 to 20/],
  ["search q --limit 101", /1 to 100/],
  ["ask q --from 1996-02-30", /--from.*"1996-02-30".*takes a date/],
  ["ask q --to tomorrow", /--to.*takes a date/],
  ["ask q --from 1997 --to 1996-12", /after/],
  ["ask q --json=yes", /--json takes no value/],
  ["index a b", /one folder/],
  ["index a --corpus b", /two folders/],
  ["serve now", /"now"/],
  ["eval --gate --update-baseline", /--gate compares.*--gate first/],
  ["--port 3", /needs a command/],
  ["--nope", /no flag --nope/],
])("%s is wrong usage", (line, said) => {
  const error = errorOf(() => parse(line));
  expect(`${error.message}. ${error.advice}`).toMatch(said);
});

test("an empty or blank question is none", () => {
  expect(() => parseArguments(["ask", ""])).toThrow(UsageError);
  expect(() => parseArguments(["ask", " \n"])).toThrow(UsageError);
});

test("any arguments give an action or a UsageError", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom("ask", "index", "--limit", "--json", "--", "-", "--from", "--corpus=", "-h"),
  );
  fc.assert(
    fc.property(fc.array(word), (argv) => {
      try {
        expect(parseArguments(argv).command).toBeTypeOf("string");
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
  );
});

function errorOf(run: () => unknown): UsageError {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("search takes the filters of ask", () => {
  const filters = { from: "1996", to: "1999-02", documents: ["a", "b"], folders: ["minutes/2019"] };
  const line = "--from 1996 --to 1999-02 --document a --document b --folder minutes/2019 --limit 50";
  expect(parse(`search ${line} tram`)).toMatchObject({ request: { question: "tram", limit: 50, ...filters } });
});
