import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { makeFolder } from "../../src/store/durable.ts";
import { temporaryPath } from "./temporary.ts";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, open: vi.fn(real.open) };
});

test.skipIf(process.platform === "win32")("a folder that is made is flushed in those it lies in", async () => {
  const path = join(await temporaryPath(), "below", "index");
  await makeFolder(path);
  const flushed = vi.mocked(open).mock.calls.map(([folder]) => folder);
  expect(flushed).toEqual([dirname(path), dirname(dirname(path)), dirname(dirname(dirname(path)))]);
  await makeFolder(path);
  expect(vi.mocked(open).mock.calls).toHaveLength(3);
});
