import { expect, test } from "vitest";
import { askCommand } from "../../src/cli/ask-command.ts";
import { indexCommand } from "../../src/cli/index-command.ts";
import { report } from "../../src/cli/problem.ts";
import { searchCommand } from "../../src/cli/search-command.ts";
import { serveCommand } from "../../src/cli/serve-command.ts";
import { statusCommand } from "../../src/cli/status-command.ts";
import { CorpusError, IndexError, RequestError, UsageError } from "../../src/errors.ts";
import type { Answer } from "../../src/types.ts";
import { fakeIo } from "./fake-io.ts";
import { answer, citation, events, fakePilcrow, hit, refused, settings, status } from "./fake-pilcrow.ts";

const ask = { settings, request: { question: "How many trees?" }, json: false };

test("ask prints statements, then citations with their check and where to open them", async () => {
  const io = fakeIo();
  expect(await askCommand(fakePilcrow(), ask, io)).toBe(0);
  expect(io.out()).toBe(
    [
      "The club will plant forty lime trees along the canal. [1]",
      "",
      "[1] Minutes of the garden club, 9 March 2021, ¶4   verified",
      "    papers/2021/minutes.md:12",
      "",
    ].join("\n"),
  );
  expect(io.err()).toBe("");
});

test("ask wraps and colours on a terminal, and does neither with NO_COLOR in a pipe", async () => {
  const io = fakeIo({ isTTY: true, columns: 40 });
  await askCommand(fakePilcrow(), ask, io);
  expect(io.out()).toContain("The club will plant forty lime trees\nalong the canal. [1]\n");
  expect(io.out()).toContain("\x1b[32mverified\x1b[39m");
  const plain = fakeIo({ isTTY: true, env: { NO_COLOR: "1" } });
  await askCommand(fakePilcrow(), ask, plain);
  expect(plain.out()).not.toContain("\x1b");
});

test("ask says in words when a cited file has changed, and what to do", async () => {
  const changed = { ...answer, citations: [{ ...citation, check: "changed" as const }] };
  const io = fakeIo({ isTTY: true });
  await askCommand(fakePilcrow({ ask: async () => changed }), ask, io);
  expect(io.out()).toContain("\x1b[33mthe file has changed since it was indexed\x1b[39m");
  expect(io.err()).toMatch(/pilcrow index/);
});

test("ask shows what was searched for where it differs", async () => {
  const io = fakeIo();
  await askCommand(fakePilcrow({ ask: async () => ({ ...answer, standaloneQuestion: "How many limes?" }) }), ask, io);
  expect(io.out()).toMatch(/^\(asked: How many limes\?\)\n/);
});

test("a refusal exits with 3 and shows the nearest passage", async () => {
  const io = fakeIo();
  expect(await askCommand(fakePilcrow({ ask: async () => refused }), ask, io)).toBe(3);
  expect(io.out()).toBe(
    'The documents do not say.\nNearest: Minutes of the garden club, 9 March 2021, ¶4: "The club will plant forty lime trees along the canal."\n',
  );
});

test("a refusal says when the index is older than the documents", async () => {
  const pending = { added: 1, changed: 2, renamed: 0, removed: 0 };
  for (const [of, said] of [
    [status, ""],
    [
      { ...status, pending },
      "3 documents have changed since the index was made. Run `pilcrow index`, then ask again.\n",
    ],
  ] as const) {
    const io = fakeIo();
    await askCommand(fakePilcrow({ ask: async () => refused, status: async () => of }), ask, io);
    expect(io.err()).toBe(said);
  }
});

test("ask --json prints the answer itself, a refusal too", async () => {
  const io = fakeIo();
  expect(await askCommand(fakePilcrow({ ask: async () => refused }), { ...ask, json: true }, io)).toBe(3);
  expect(JSON.parse(io.out())).toEqual(refused);
});

test("ask builds the index where there is none, and says so on standard error only", async () => {
  const io = fakeIo();
  const pilcrow = fakePilcrow({ indexed: false });
  expect(await askCommand(pilcrow, ask, io)).toBe(0);
  expect(pilcrow.calls).toEqual(["index"]);
  expect(io.err()).toContain("2 documents, 1,030 passages indexed");
  expect(io.out()).toMatch(/^The club/);
});

test("ask prints the sides of a comparison one by one, and says of one that it has nothing", async () => {
  const side = { documentId: null, count: null };
  const compared: Answer = {
    ...answer,
    kind: "comparison",
    groups: [
      { ...side, title: "2010", date: "2010", statements: [], message: "No document of 2010 mentions trees." },
      { ...side, title: "Trees", date: "2021-03-09", statements: [0], message: null },
    ],
  };
  const io = fakeIo();
  await askCommand(fakePilcrow({ ask: async () => compared }), ask, io);
  expect(io.out()).toBe(
    [
      "2010",
      "    No document of 2010 mentions trees.",
      "",
      "Trees, 9 March 2021",
      "    The club will plant forty lime trees along the canal. [1]",
      "",
      "[1] Minutes of the garden club, 9 March 2021, ¶4   verified",
      "    papers/2021/minutes.md:12",
      "",
    ].join("\n"),
  );
});

test("ask prints a few mentions of each document, and how many more there are", async () => {
  const markers = [1, 2, 3, 4, 5];
  const mentions: Answer = {
    ...answer,
    kind: "every-mention",
    statements: markers.map((marker) => ({ text: `Lime tree ${marker}.`, citations: [marker] })),
    citations: markers.map((marker) => ({ ...citation, marker })),
    groups: [
      { title: "Minutes", date: null, documentId: "minutes", statements: [0, 1, 2, 3, 4], count: 1200, message: null },
    ],
  };
  const io = fakeIo();
  await askCommand(fakePilcrow({ ask: async () => mentions }), ask, io);
  const lines = io.out().split("\n");
  expect(lines.slice(0, 8)).toEqual([
    "1,200 mentions in 1 document.",
    "",
    "Minutes: 1,200 mentions",
    "    Lime tree 1. [1]",
    "    Lime tree 2. [2]",
    "    Lime tree 3. [3]",
    "    … and 2 more sentences; --json has all",
    "",
  ]);
  expect(lines.filter((line) => line.startsWith("["))).toHaveLength(3);
});

test("ask - reads the question from standard input", async () => {
  const pilcrow = fakePilcrow();
  const fromStdin = { ...ask, request: { question: "-", limit: 3 } };
  await askCommand(pilcrow, fromStdin, fakeIo({ stdin: ["How many ", "limes?\n"] }));
  expect(pilcrow.asked).toEqual([{ question: "How many limes?", limit: 3 }]);
  await expect(askCommand(pilcrow, fromStdin, fakeIo())).rejects.toThrow(UsageError);
  await expect(askCommand(pilcrow, fromStdin, fakeIo({ stdin: ["x".repeat(40_000)] }))).rejects.toThrow(/32 KiB/);
});

test("nothing of a document reaches the terminal as a command to it", async () => {
  const text = "red \x1b[31m alert \u202e \u009b2J";
  const hostile = {
    ...answer,
    statements: [{ text, citations: [1] }],
    citations: [{ ...citation, title: text, path: "\x07a" }],
  };
  const io = fakeIo({ isTTY: true, env: { NO_COLOR: "1" } });
  await askCommand(fakePilcrow({ ask: async () => hostile }), ask, io);
  expect(io.out()).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  const json = fakeIo();
  await askCommand(fakePilcrow({ ask: async () => hostile }), { ...ask, json: true }, json);
  expect(json.out()).not.toMatch(/[^\P{Cc}\n]/u);
  expect(JSON.parse(json.out())).toEqual(hostile);
});

test("search prints the hits with their scores", async () => {
  const io = fakeIo();
  expect(await searchCommand(fakePilcrow(), ask, io)).toBe(0);
  expect(io.out()).toContain("1. Minutes of the garden club, March 2021, ¶4\n    0.750 = 0.500 dense + 0.250 lexical");
  const json = fakeIo();
  await searchCommand(fakePilcrow(), { ...ask, json: true }, json);
  expect(JSON.parse(json.out())).toEqual({ question: "How many trees?", passages: [hit] });
  const none = fakeIo();
  expect(await searchCommand(fakePilcrow({ search: async () => [] }), ask, none)).toBe(0);
  expect(none.out()).toBe("No passage was found.\n");
});

test("index in a pipe: start, counts, failures, end", async () => {
  const io = fakeIo();
  const pilcrow = fakePilcrow();
  expect(await indexCommand(pilcrow, { settings, rebuild: true, json: false }, io)).toBe(0);
  expect(pilcrow.calls).toEqual(["rebuild"]);
  expect(io.out()).toBe("2 documents, 1,030 passages indexed in 0.4 s (model tiny-model)\n");
  expect(io.err()).toBe(
    "Reading papers\nFiles: 3 new, 1 removed\n1 file could not be indexed:\n  zeros.bin: it is not text\n",
  );
});

test("index says when nothing has changed", async () => {
  const end = { type: "index-end", written: false, documents: 1, passages: 2, failures: [], elapsedMs: 3 } as const;
  const io = fakeIo();
  await indexCommand(fakePilcrow({ events: [end] }), { settings, rebuild: false, json: false }, io);
  expect(io.out()).toBe("Nothing has changed: 1 document, 2 passages (model tiny-model)\n");
});

test("index --json prints every event on a line of its own", async () => {
  const io = fakeIo();
  await indexCommand(fakePilcrow(), { settings, rebuild: false, json: true }, io);
  expect(
    io
      .out()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual(events);
  expect(io.err()).toBe("");
});

test("an index that ends without its end is a failure", async () => {
  const run = indexCommand(
    fakePilcrow({ events: events.slice(0, 2) }),
    { settings, rebuild: false, json: false },
    fakeIo(),
  );
  await expect(run).rejects.toThrow(/before its end/);
});

test("serve updates, warms, prints one line, and closes when stopped", async () => {
  const io = fakeIo();
  const pilcrow = fakePilcrow();
  const closed: string[] = [];
  const listen = async () => {
    io.stop();
    return { url: "http://127.0.0.1:4711", close: async () => void closed.push("closed") };
  };
  // Stopped after it listens: the line is printed all the same, then it closes.
  expect(await serveCommand(pilcrow, { settings, update: true, json: false, listen }, io)).toBe(0);
  expect(pilcrow.calls).toEqual(["index", "warm"]);
  expect(io.out()).toBe("Pilcrow is ready: http://localhost:4711 (2 documents, 1,030 passages)\n");
  expect(closed).toEqual(["closed"]);
});

test("serve --no-update --json counts what the index holds", async () => {
  const io = fakeIo();
  const pilcrow = fakePilcrow();
  const listen = async () => {
    io.stop();
    return { url: "http://127.0.0.1:4711", close: async () => {} };
  };
  await serveCommand(pilcrow, { settings, update: false, json: true, listen }, io);
  expect(pilcrow.calls).toEqual(["warm"]);
  expect(JSON.parse(io.out())).toEqual({ url: "http://localhost:4711", documents: 1, passages: 31 });
});

test("serve keeps an old index that cannot be brought up to date, and fails without one", async () => {
  const failing = {
    // biome-ignore lint/correctness/useYield: it fails before the first event
    async *index() {
      throw new CorpusError("corpus-missing", "There is no folder papers", "Name another.");
    },
  };
  const io = fakeIo();
  const listen = async () => {
    io.stop();
    return { url: "http://127.0.0.1:1", close: async () => {} };
  };
  expect(await serveCommand(fakePilcrow(failing), { settings, update: true, json: false, listen }, io)).toBe(0);
  expect(io.err()).toContain("pilcrow: There is no folder papers. Name another.\n");
  expect(io.err()).toContain("served as it is");
  const without = serveCommand(
    fakePilcrow({ ...failing, indexed: false }),
    { settings, update: true, json: false, listen },
    fakeIo(),
  );
  await expect(without).rejects.toThrow("There is no folder papers");
});

test("serve warns when others on the network can read", async () => {
  const io = fakeIo();
  const listen = async () => {
    io.stop();
    return { url: "http://localhost:1", close: async () => {} };
  };
  await serveCommand(
    fakePilcrow(),
    { settings: { ...settings, host: "0.0.0.0" }, update: true, json: false, listen },
    io,
  );
  expect(io.err()).toMatch(/warning.*everybody on the network can read the documents/);
});

test("status says what the index holds and what is pending", async () => {
  const io = fakeIo();
  const pending = { added: 1, changed: 0, renamed: 0, removed: 2 };
  const failures = [{ path: "a.bin", code: "binary", message: "it is not text" }];
  expect(
    await statusCommand(
      fakePilcrow({ status: async () => ({ ...status, pending, failures }) }),
      { settings, json: false },
      io,
    ),
  ).toBe(0);
  expect(io.out()).toContain("pending    1 added, 2 removed; `pilcrow index` brings it up to date\n");
  expect(io.out()).toContain("documents  2\n");
  expect(io.out()).toContain("  a.bin: it is not text\n");
  const none = fakeIo();
  await statusCommand(
    fakePilcrow({ status: async () => ({ ...status, generation: null }) }),
    { settings, json: false },
    none,
  );
  expect(none.out()).toContain("There is no index yet");
  const json = fakeIo();
  await statusCommand(fakePilcrow(), { settings, json: true }, json);
  expect(JSON.parse(json.out())).toEqual(status);
});

test.each([
  [new UsageError("x", "Wrong", "Do this."), 2, "pilcrow: Wrong. Do this.\n"],
  [new RequestError("from", "a date", "from is no date"), 2, "pilcrow: from is no date\n"],
  [new IndexError("index-locked", "In use.", "Wait."), 1, "pilcrow: In use. Wait.\n"],
  [new Error("two\nlines"), 1, /^pilcrow: two lines\. .*PILCROW_DEBUG=1.*\n$/],
  [Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" }), 1, /no space left\. Make room/],
  ["a string", 1, /^pilcrow: a string/],
])("%s is told in one line", (error, code, said) => {
  const io = fakeIo();
  expect(report(error, false, io)).toBe(code);
  expect(io.err().split("\n")).toHaveLength(2);
  if (typeof said === "string") expect(io.err()).toBe(said);
  else expect(io.err()).toMatch(said);
  expect(io.out()).toBe("");
});

test("an error under --json is an object on standard output, too", () => {
  const io = fakeIo();
  report(new UsageError("bad", "Wrong", "Do this."), true, io);
  expect(JSON.parse(io.out())).toEqual({ code: "bad", message: "Wrong", advice: "Do this." });
  expect(io.err()).toBe("pilcrow: Wrong. Do this.\n");
});

test("the stack is shown for debugging only", () => {
  const io = fakeIo({ env: { PILCROW_DEBUG: "1" } });
  report(new Error("x"), false, io);
  expect(io.err()).toContain("commands.test.ts");
});

test("what fails after Ctrl-C was stopped, not broken", () => {
  const io = fakeIo();
  io.stop();
  expect(report(new Error("aborted"), false, io)).toBe(130);
  expect(io.err()).toMatch(/Stopped/);
});
