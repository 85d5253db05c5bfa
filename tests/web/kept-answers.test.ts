import { beforeEach, expect, it, vi } from "vitest";
import { keepAnswer, keptAnswer, mayBeKept } from "../../web/kept-answers.ts";
import { answerOf } from "../server/fake-pilcrow.ts";

/** A tab's storage, of a limited number of characters. */
class FakeStorage {
  [key: string]: unknown;
  static quota = 5_000_000;

  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(this[key]) : null;
  }
  setItem(key: string, value: string): void {
    const others = Object.keys(this).filter((other) => other !== key);
    const taken = others.reduce((sum, other) => sum + String(this[other]).length, 0);
    if (taken + value.length > FakeStorage.quota) throw new DOMException("full", "QuotaExceededError");
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

const INDEX = "1.2.3 7";
const small = answerOf("What?", []);
/** An answer of about as many characters. */
const ofLength = (length: number) => answerOf("x".repeat(length / 2), []);
const ids = (count: number) => Array.from({ length: count }, (_, at) => `t${String(at).padStart(3, "0")}`);

let storage: FakeStorage;
beforeEach(() => {
  FakeStorage.quota = 5_000_000;
  storage = new FakeStorage();
  vi.stubGlobal("sessionStorage", storage);
  return () => vi.unstubAllGlobals();
});

it("keeps an answer for as long as what it was made from is the same", () => {
  keepAnswer("a", INDEX, small);
  expect(mayBeKept("a")).toBe(true);
  expect(keptAnswer("a", INDEX)).toEqual(small);
  for (const other of ["1.2.3 8", "1.2.4 7", null]) expect(keptAnswer("a", other)).toBeNull();
  expect(mayBeKept("b")).toBe(false);
  expect(keptAnswer("b", INDEX)).toBeNull();
});

it("reads nothing that was cut, changed or written by others", () => {
  keepAnswer("a", INDEX, small);
  const [key = ""] = Object.keys(storage);
  const text = storage.getItem(key) ?? "";
  const [sum = ""] = text.split(" ");
  for (const damaged of [
    "",
    "{}",
    "null",
    sum,
    `${sum} `,
    `${sum} {}`,
    text.slice(0, -9),
    text.replace("What", "That"),
  ]) {
    storage.setItem(key, damaged);
    expect(keptAnswer("a", INDEX)).toBeNull();
  }
  storage.setItem(key, text);
  expect(keptAnswer("a", INDEX)).toEqual(small);
});

it("is bounded: the oldest makes room, and what is far too large is not kept", () => {
  const all = ids(20);
  for (const id of all.toReversed()) keepAnswer(id, INDEX, ofLength(300_000));
  // Written last, they are the oldest by their ids.
  expect(all.filter(mayBeKept)).toHaveLength(6);
  expect(mayBeKept("t000")).toBe(true);
  keepAnswer("t020", INDEX, ofLength(300_000));
  expect(["t000", "t020"].map(mayBeKept)).toEqual([false, true]);
  keepAnswer("t021", INDEX, ofLength(600_000));
  expect(mayBeKept("t021")).toBe(false);
  expect(Object.keys(storage).reduce((sum, key) => sum + String(storage.getItem(key)).length, 0)).toBeLessThan(
    2_000_000,
  );
});

it("gives way where the storage is full, and leaves alone what is not its own", () => {
  FakeStorage.quota = 100_000;
  storage.setItem("other", "x".repeat(40_000));
  for (const id of ids(5)) keepAnswer(id, INDEX, ofLength(25_000));
  expect(ids(5).filter(mayBeKept)).toEqual(["t003", "t004"]);
  FakeStorage.quota = 0;
  keepAnswer("t005", INDEX, small);
  expect(mayBeKept("t005")).toBe(false);
  expect(storage.getItem("other")).toHaveLength(40_000);
});

it("does without a storage that is forbidden", () => {
  const forbidden = {
    get: () => {
      throw new DOMException("no", "SecurityError");
    },
    configurable: true,
  };
  Object.defineProperty(globalThis, "sessionStorage", forbidden);
  keepAnswer("a", INDEX, small);
  expect(mayBeKept("a")).toBe(false);
  expect(keptAnswer("a", INDEX)).toBeNull();
});
