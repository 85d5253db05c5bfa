import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { textProgress } from "../../src/cli/progress.ts";
import { columnsOf } from "../../src/cli/text.ts";
import { fakeIo } from "./fake-io.ts";

const at = (passages: number, elapsedMs: number) =>
  ({ type: "progress", documents: 1, documentsTotal: 9, passages, passagesTotal: 9000, elapsedMs }) as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("on a terminal one line moves at least every 100 ms, and is gone at the end", () => {
  const io = fakeIo({ isTTY: true });
  const progress = textProgress(io, "papers");
  progress.show(at(1000, 500));
  const before = io.err().length;
  vi.advanceTimersByTime(1000);
  const frames = io.err().slice(before).split("\r\x1b[2K").slice(1);
  expect(frames.length).toBeGreaterThanOrEqual(10);
  expect(new Set(frames).size).toBeGreaterThan(5);
  expect(frames[0]).toMatch(/ 4\.0 s left, 1,000 of 9,000 paragraphs, 2,000 a second, 1 of 9 files$/);
  progress.end();
  expect(io.err().endsWith("\r\x1b[2K")).toBe(true);
  const after = io.err();
  vi.advanceTimersByTime(1000);
  expect(io.err()).toBe(after);
  expect(after).not.toContain("\n");
});

test("the line keeps to the terminal's width", () => {
  const io = fakeIo({ isTTY: true, columns: 24 });
  const progress = textProgress(io, "서울의문서가들어있는아주긴이름의폴더");
  progress.show(at(1000, 500));
  vi.advanceTimersByTime(500);
  progress.end();
  for (const frame of io.err().split("\r\x1b[2K")) expect(columnsOf(frame)).toBeLessThan(24);
});

test("events draw where the timer gets no turn", () => {
  const io = fakeIo({ isTTY: true });
  const progress = textProgress(io, "papers");
  const before = io.err();
  vi.setSystemTime(Date.now() + 200);
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 200);
  progress.show(at(10, 5));
  expect(io.err()).not.toBe(before);
  progress.end();
});

test("looking at files is told in a line of its own", () => {
  const io = fakeIo();
  const progress = textProgress(io, "papers");
  for (const filesTotal of [null, 4000]) {
    vi.advanceTimersByTime(2500);
    progress.show({ type: "scan-progress", files: 1200, filesTotal });
  }
  progress.end();
  expect(io.err()).toBe("Reading papers\nLooking for files: 1,200 so far\nLooking for changes: 1,200 of 4,000 files\n");
});

test("in a pipe there is at most a line every two seconds", () => {
  const io = fakeIo();
  const progress = textProgress(io, "papers");
  for (let step = 1; step <= 60; step++) {
    vi.advanceTimersByTime(100);
    progress.show(at(step * 100, step * 100));
  }
  progress.end();
  const lines = io.err().trimEnd().split("\n");
  expect(lines[0]).toBe("Reading papers");
  expect(lines).toHaveLength(4);
  expect(io.err()).not.toContain("\r");
});
