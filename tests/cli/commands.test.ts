import { expect, test } from "vitest";
import { askCommand } from "../../src/cli/ask-command.ts";
import { indexCommand } from "../../src/cli/index-command.ts";
import { report } from "../../src/cli/problem.ts";
import { searchCommand } from "../../src/cli/search-command.ts";
import { serveCommand } from "../../src/cli/serve-command.ts";
import { statusCommand } from "../../src/cli/status-command.ts";
import { CorpusError, IndexError, RequestError, UsageError } from "../../src/errors.ts";
import { reportOf } from "../../src/failure-report.ts";
import type { FileFailure } from "../../src/types.ts";
import { fakeIo } from "./fake-io.ts";
import { citation, events, fakePilcrow, hit, refused, settings, status } from "./fake-pilcrow.ts";

const ask = { settings, request: { question: "How many trees?" }, json: false };

test("search prints the hits with their scores", async () => {
  const io = fakeIo();
  expect(await searchCommand(fakePilcrow(), ask, io)).toBe(0);
  expect(io.out()).toContain(
    "1. Minutes of the garden club, March 2021, ¶4\n    0.750 = 0.400 dense + 0.250 lexical + 0.100 wording",
  );
  const json = fakeIo();
  await searchCommand(fakePilcrow(), { ...ask, json: true }, json);
  expect(JSON.parse(json.out())).toEqual({ question: "How many trees?", passages: [hit] });
  const none = fakeIo();
  expect(await searchCommand(fakePilcrow({ search: async () => [] }), ask, none)).toBe(0);
  expect(none.out()).toBe("No passage was found.\n");
});

test("search says which passages are not in their files as they were indexed", async () => {
  const gone = { ...hit, text: "", check: "not-found" as const };
  const moved = { ...hit, check: "changed" as const };
  const io = fakeIo();
  expect(await searchCommand(fakePilcrow({ search: async () => [gone, moved] }), ask, io)).toBe(0);
  expect(io.out()).toMatch(
    /1\. .*\n.*\n {4}not found in the file any more\n+2\. .*\n.*\n {4}the file has changed .*\n {4}The club/,
  );
  expect(io.err()).toContain("Run `pilcrow index`, then search again.");
});

test("ask and search of another folder than that of the index fail, and do not speak of its documents", async () => {
  const pending = { added: 3, changed: 0, renamed: 0, removed: status.documents };
  const gone = { ...citation, quote: "", check: "not-found" as const };
  const refusal = refused.refusal && { ...refused.refusal, nearest: [gone] };
  const pilcrow = fakePilcrow({
    ask: async () => ({ ...refused, refusal }),
    search: async () => [{ ...hit, text: "", check: "not-found" as const }],
    status: async () => ({ ...status, pending }),
  });
  for (const command of [askCommand, searchCommand]) {
    const io = fakeIo();
    await expect(command(pilcrow, ask, io)).rejects.toMatchObject({
      code: "index-of-other-documents",
      message: "none of what the index holds (2 documents) is in /home/ann/papers",
    });
    expect(io.out()).toBe("");
  }
});

test("index says that it lies among the documents, where it does", async () => {
  const said = "The index lies inside the documents' folder, in kept/index; it is passed over.\n";
  for (const [index, expected] of [
    ["/home/ann/papers/kept/index", said],
    ["/home/ann/papers-index", ""],
  ] as const) {
    const of = { ...settings, index };
    const io = fakeIo();
    await indexCommand(fakePilcrow({ events: events.slice(-1) }), { settings: of, rebuild: false, json: true }, io);
    expect(io.err()).toBe(expected);
    const asked = fakeIo();
    await askCommand(fakePilcrow({ indexed: false }), { ...ask, settings: of }, asked);
    expect(asked.err().includes(said)).toBe(expected === said);
  }
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
  const held = { documents: 1, passages: 2, ...reportOf([]) };
  const end = { type: "index-end", written: false, ...held, elapsedMs: 3 } as const;
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
      fakePilcrow({ status: async () => ({ ...status, pending, ...reportOf(failures) }) }),
      { settings, json: false },
      io,
    ),
  ).toBe(0);
  expect(io.out()).toContain("pending    1 added, 2 removed; `pilcrow index` brings it up to date\n");
  expect(io.out()).toContain("documents  2\n");
  expect(io.out()).toContain("  a.bin: it is not text\n");
  const underWay = fakeIo();
  const rebuilding = { embedder: "other-model", documents: 1, passages: 1200 };
  await statusCommand(
    fakePilcrow({ status: async () => ({ ...status, rebuilding }) }),
    { settings, json: false },
    underWay,
  );
  expect(underWay.out()).toContain("rebuild    1 document, 1,200 passages are done with the model other-model");
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

test("status tells many files of types that are not read by their number, and few by name", async () => {
  const picture = (i: number, type = ".jpg") => ({
    path: `${i}${type}`,
    code: "unsupported-type",
    message: "is not read",
  });
  const said = async (failures: readonly FileFailure[]) => {
    const io = fakeIo();
    const pilcrow = fakePilcrow({ status: async () => ({ ...status, ...reportOf(failures) }) });
    await statusCommand(pilcrow, { settings, json: false }, io);
    return io.out();
  };
  const empty = { path: "a.txt", code: "empty", message: "is empty" };
  const pictures = Array.from({ length: 2000 }, (_, i) => picture(i));
  expect(await said([empty, ...pictures, picture(1, ".png"), picture(2, "")])).toMatch(
    /^2,003 files could not be indexed:\n {2}a\.txt: is empty\n {2}2,000 \.jpg, 1 \.png, 1 without an extension: of types that are not read\n$/m,
  );
  expect(await said([picture(1)])).toMatch(/^1 file could not be indexed:\n {2}1\.jpg: is not read\n$/m);
  const empties = Array.from({ length: 1500 }, (_, i) => ({ ...empty, path: `${i}.txt` }));
  expect(await said(empties)).toMatch(/^ {2}and 500 more\n$/m);
});
