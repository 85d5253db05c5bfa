import { expect, test } from "vitest";
import { recent } from "../../src/embedding/recent.ts";

test("what is used stays, what is not goes", () => {
  const words = recent<string, number>(3);
  words.set("used", 1);
  words.set("unused", 2);
  for (let i = 0; i < 20; i++) {
    words.set(`w${i}`, i);
    expect(words.get("used")).toBe(1);
  }
  expect(words.get("unused")).toBeUndefined();
  expect(words.get("w19")).toBe(19);
});

test("twice as many at most are kept", () => {
  const numbers = recent<number, number>(10);
  for (let i = 0; i < 1000; i++) numbers.set(i, i);
  const kept = Array.from({ length: 1000 }, (_, i) => numbers.get(i)).filter((value) => value !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(10);
  expect(kept.length).toBeLessThanOrEqual(20);
});
