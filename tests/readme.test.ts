import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { leastScore } from "../src/answering/refusal.ts";
import { commands } from "../src/cli/commands.ts";
import { settingsTable } from "../src/config/settings-table.ts";
import { TABLES } from "../src/evaluation/row.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const readme = read("README.md");

it("lists every setting as the program has it", () => {
  for (const { variable, flag, default: preset, description } of settingsTable) {
    expect(readme).toContain(`| \`${variable}\` | \`--${flag}\` | ${preset} | ${description} |`);
  }
});

it("says what is sent to a language model's host, as the program does", () => {
  const sent = "the question, the last turns of its conversation and the passages found for it";
  expect(readme).toContain(`**For a generative answer ${sent}`);
  expect(read("src/answering/providers.ts")).toContain(`for a generative answer ${sent} are sent to`);
});

it("lists every command", () => {
  for (const { name } of commands) if (name !== "help") expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, "m"));
});

it("gives each dependency its reason", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  for (const name of [...Object.keys(dependencies), ...Object.keys(devDependencies)]) {
    if (!name.startsWith("@types/")) expect(readme).toContain(`\`${name}\``);
  }
});

it("names the least score that is in force", () => {
  expect(readme).toContain(`no passage scores ${leastScore(50)}.`);
});

it("says what each table of the evaluation counts", () => {
  for (const table of TABLES) expect(read("tests/eval/README.md")).toMatch(new RegExp(`^- ${table}\\b`, "m"));
});
