import { expect, test } from "vitest";
import { prepareAloud } from "../../src/cli/prepare-aloud.ts";
import { fakeIo } from "./fake-io.ts";
import { fakePilcrow } from "./fake-pilcrow.ts";

test("a download is told on a terminal and, a line a file, in a pipe", async () => {
  const file = { type: "download", model: "Xenova/e5-small-v2", file: "onnx/model.onnx" } as const;
  const steps = [0, 4_100_000, 23_000_000, 23_000_000].map((bytes) => ({ ...file, bytes, bytesTotal: 23_000_000 }));
  const pilcrow = {
    async *prepare() {
      yield* steps;
    },
  };
  const pipe = fakeIo();
  await prepareAloud(pilcrow, pipe);
  expect(pipe.err()).toBe(
    "Downloading the model Xenova/e5-small-v2\nDownloading 23.0 of 23.0 MB (100%), onnx/model.onnx of Xenova/e5-small-v2\n",
  );
  expect(pipe.out()).toBe("");
  const terminal = fakeIo({ isTTY: true, columns: 100 });
  await prepareAloud(
    {
      async *prepare() {
        for (const step of steps.slice(0, 2)) {
          yield step;
          await new Promise((resolve) => setTimeout(resolve, 120));
        }
      },
    },
    terminal,
  );
  expect(terminal.err()).toContain("4.1 of 23.0 MB (17%)");
  expect(terminal.err().endsWith("\r\x1b[2K")).toBe(true);
  const silent = fakeIo();
  await prepareAloud(fakePilcrow(), silent);
  expect(silent.err()).toBe("");
});
