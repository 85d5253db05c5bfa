import { expect, test } from "vitest";
import { askCommand } from "../../src/cli/ask-command.ts";
import { UsageError } from "../../src/errors.ts";
import type { Answer } from "../../src/types.ts";
import { fakeIo } from "./fake-io.ts";
import { answer, citation, fakePilcrow, refused, settings, status } from "./fake-pilcrow.ts";

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

test.each([
  ["Minutes of the club, 9 March 2021", "Minutes of the club, 9 March 2021, ¶4"],
  ["Minutes (March 9, 2021)", "Minutes (March 9, 2021), ¶4"],
  ["Minutes, 19 March 2021", "Minutes, 19 March 2021, 9 March 2021, ¶4"],
])("a date that the title says is not said again: %s", async (title, named) => {
  const io = fakeIo();
  const dated = { ...answer, citations: [{ ...citation, title }] };
  await askCommand(fakePilcrow({ ask: async () => dated }), ask, io);
  expect(io.out()).toContain(`[1] ${named}   verified`);
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

test("ask shows which year was taken where the question says none", async () => {
  const io = fakeIo();
  const period = { from: "2003-05", to: "2003-05", text: "in May" };
  const trace = { ...answer.trace, period };
  await askCommand(fakePilcrow({ ask: async () => ({ ...answer, trace }) }), ask, io);
  expect(io.out()).toMatch(/^\(period: “in May”, taken as May 2003\)\n/);
});

test("ask shows the period taken also where the question says the year", async () => {
  const io = fakeIo();
  const trace = { ...answer.trace, period: { from: "2003", to: null, text: "since 2003" } };
  await askCommand(fakePilcrow({ ask: async () => ({ ...answer, trace }) }), ask, io);
  expect(io.out()).toMatch(/^\(period: “since 2003”\)\n/);
});

const took = { inputTokens: 1900, outputTokens: 60, cost: 0.0015, complete: true, elapsedMs: 9 };
const use = { model: "x:y", ...took, withheld: [], withheldMore: 0 };

test("ask says who wrote an answer, what it took, and which words are not in what it cites", async () => {
  const io = fakeIo();
  const [one = answer.statements[0]] = answer.statements;
  if (one === undefined) throw new Error("no statement");
  const statements = [
    { ...one, verdict: "partly" as const, missing: ["lime"] },
    { ...one, verdict: "unsupported" as const, missing: [] },
    { ...one, verdict: "supported" as const, missing: [] },
  ];
  const withheld = [{ text: "No.", verdict: "unsupported" as const, missing: [] }];
  const trace = { ...answer.trace, model: { ...use, withheld } };
  const written: Answer = { ...answer, mode: "generative", statements, trace };
  await askCommand(fakePilcrow({ ask: async () => written }), ask, io);
  const said = "The club will plant forty lime trees along the canal. [1]";
  expect(io.out()).toContain(
    `${said}\n    supported in part: what is cited does not have “lime”\n${said}\n    not supported\n${said}\n\n`,
  );
  expect(io.out()).toMatch(
    /\n\(written by x:y: 1,900 tokens in, 60 out, \$0\.0015; 1 statement withheld that did not stand the check\)\n$/,
  );
});

test("ask says that tokens and cost are the least, and counts all that was withheld", async () => {
  const io = fakeIo();
  const withheld = [{ text: "No.", verdict: "unsupported" as const, missing: [] }];
  const model = { ...use, complete: false, withheld, withheldMore: 30 };
  const written: Answer = { ...answer, mode: "generative", trace: { ...answer.trace, model } };
  await askCommand(fakePilcrow({ ask: async () => written }), ask, io);
  expect(io.out().replace(/\s+/g, " ")).toContain(
    "(written by x:y: at least 1,900 tokens in, 60 out, $0.0015; 31 statements withheld",
  );
});

test("ask says why the answer is not a written one", async () => {
  const io = fakeIo();
  const fallback = { reason: "timeout", message: "x:y did not finish within 30 s." } as const;
  const trace = { ...answer.trace, model: use };
  await askCommand(fakePilcrow({ ask: async () => ({ ...answer, fallback, trace }) }), ask, io);
  expect(io.out()).toMatch(/^\(quotes instead of a written answer: x:y did not finish within 30 s\.\)\n\nThe club/);
  expect(io.out()).not.toContain("written by");
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
    statements: markers.map((marker) => ({ text: `Lime tree ${marker}.`, citations: [marker], rank: 1 })),
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
    statements: [{ text, citations: [1], rank: 1 }],
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
