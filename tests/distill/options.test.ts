import { expect, test } from "vitest";
import { HELP, readOptions } from "../../distill/options.ts";
import { textProgress } from "../../distill/progress.ts";

const needed = ["--teacher", "big", "--text", "a.txt", "--text", "/b.gz", "--out", "small"];
const read = (...argv: string[]) => readOptions(argv, "/here", "/cache");

test("relative paths are taken from where it is called", () => {
  expect(read(...needed, "--passes", "3")).toMatchObject({
    teacher: "/here/big",
    texts: ["/here/a.txt", "/b.gz"],
    out: "/here/small",
    cache: "/cache",
    licence: null,
    settings: { passes: 3 },
  });
  expect(read(...needed, "--cache", "kept", "--licence", "MIT")).toMatchObject({ cache: "/here/kept", licence: "MIT" });
  expect(read(...needed, "--text-licence", "CC0")).toMatchObject({ textLicence: "CC0" });
});

test("help names every setting", () => {
  expect(read("--help")).toBeNull();
  for (const name of Object.keys(read(...needed)?.settings ?? {})) expect(HELP).toContain(`--${name} N`);
});

test.each([
  [["--teacher", "big", "--text", "a"], "--out"],
  [["--teacher", "big", "--out", "small"], "--text"],
  [["--text", "a", "--out", "small"], "--teacher"],
  [["--teacher", "big", "--text", "a", "--out", "big"], "--out"],
  [[...needed, "--passes", "0"], "--passes"],
  [[...needed, "--dimensions", "many"], "--dimensions"],
  [[...needed, "--temperature", "-1"], "--temperature"],
  [[...needed, "--seed", ""], '--seed is "": it takes a whole number from 0 to 4294967295'],
  [[...needed, "--rate", " "], '--rate is " ": it takes a number above 0'],
  [[...needed, "--lambda", "Infinity"], "--lambda"],
  [[...needed, "--fast"], "--fast"],
])("%j is refused, naming %s", (argv, named) => {
  expect(() => read(...argv)).toThrow(expect.objectContaining({ code: "bad-options" }));
  expect(() => read(...argv)).toThrow(named);
});

test("each stage ends with its time", () => {
  const written: string[] = [];
  const progress = textProgress({ write: (text) => written.push(text) });
  progress.stage("first")(1, 2);
  progress.stage("second");
  expect(progress.end().map(({ name }) => name)).toEqual(["first", "second"]);
  expect(written.join("")).toMatch(/^first: \d+\.\d s\nsecond: \d+\.\d s\n$/);
});
