import { expect, test } from "vitest";
import { indexCommand } from "../../src/cli/index-command.ts";
import { report } from "../../src/cli/problem.ts";
import type { IndexEvent } from "../../src/index-corpus.ts";
import { type FakeIo, fakeIo } from "./fake-io.ts";
import { fakePilcrow, settings } from "./fake-pilcrow.ts";

const STOPPING = "Stopping: what is done is being written ...\n";
const progress = (documents: number, passages: number): IndexEvent => ({
  type: "progress",
  documents,
  documentsTotal: 300,
  passages,
  passagesTotal: 9000,
  elapsedMs: 1000,
});

/** What is said of a run that is stopped after these events. */
async function stopped(events: readonly IndexEvent[], io: FakeIo, json = false) {
  const pilcrow = fakePilcrow({
    async *index({ signal } = {}) {
      yield* events;
      io.stop();
      expect(io.err()).toContain(STOPPING);
      signal?.throwIfAborted();
    },
  });
  return indexCommand(pilcrow, { settings, rebuild: false, json }, io).catch((error) => report(error, json, io));
}

test("Ctrl-C is answered at once, and then how much is kept", async () => {
  for (const isTTY of [false, true]) {
    const io = fakeIo({ isTTY });
    expect(await stopped([progress(120, 3456), progress(121, 3500)], io)).toBe(130);
    expect(
      io
        .err()
        .endsWith(
          "pilcrow: Stopped. 121 of 300 files (3,500 paragraphs) are done and kept; run `pilcrow index` again to go on.\n",
        ),
    ).toBe(true);
  }
  const json = fakeIo();
  await stopped([progress(121, 3500)], json, true);
  expect(JSON.parse(json.out().split("\n").slice(1).join("\n"))).toMatchObject({
    code: "interrupted",
    message: "Stopped",
  });
});

test("where nothing was done yet nothing is said to be kept", async () => {
  const io = fakeIo();
  expect(await stopped([], io)).toBe(130);
  expect(io.err()).toContain(
    "pilcrow: Stopped. Nothing new had been indexed yet; the next `pilcrow index` begins again.\n",
  );
  const other = fakeIo();
  other.stop();
  expect(report(new Error("aborted"), false, other)).toBe(130);
  expect(other.err()).toBe("pilcrow: Stopped\n");
});
