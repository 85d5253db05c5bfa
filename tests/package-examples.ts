import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The code blocks of a page that are of TypeScript, and run as JavaScript. */
export function examplesOf(root: string, page: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
}

/** A language model that calls the tool once and then repeats what it was given, and what came of that. */
export const WITH_SCRIPTED_MODEL = `
import { generateText, stepCountIs } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { askDocuments } from "./tool.mjs";

const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
const call = { type: "tool-call", toolCallId: "1", toolName: "askDocuments", input: '{"question":"Who repaired the north crane?"}' };
const model = new MockLanguageModelV3({
  doGenerate: async ({ prompt }) => {
    const given = prompt.at(-1);
    if (given.role !== "tool") return { content: [call], finishReason: { unified: "tool-calls" }, usage, warnings: [] };
    const text = JSON.stringify(given.content[0].output.value);
    return { content: [{ type: "text", text }], finishReason: { unified: "stop" }, usage, warnings: [] };
  },
});
const { text } = await generateText({ model, tools: { askDocuments }, stopWhen: stepCountIs(3), prompt: "Ask them." });
console.log(text);
`;
