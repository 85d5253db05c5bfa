import { expect, it } from "vitest";
import { generativeWriter } from "../../src/answering/generative.ts";
import { languageModel } from "../../src/answering/language-model.ts";
import { speaksOfFormat } from "../../src/answering/provider-errors.ts";
import { draftOf, quoteCheck } from "./drafts.ts";
import { answerJson, llmSettings, refuse, said, scriptedLlm, streamChat } from "./scripted-llm.ts";

const DRAFT = draftOf({ pier: { title: "Pier", paragraphs: ["The harbour master repairs the pier in June."] } });
const FIRST = said("The harbour master repairs the pier in June.", 1, "The harbour master repairs the pier in June.");

/** What a service refuses a request of this number with that asks for the format; null where it takes it. */
type Refusal = (count: number) => string | null;

/** Which requests asked for the format, while one question after the other is asked and answered. */
async function formatsAsked(questions: number, refusal: Refusal): Promise<boolean[]> {
  const llm = await scriptedLlm(({ body }, response, count) => {
    const message = body.response_format === undefined ? null : refusal(count);
    return message === null ? streamChat(response, answerJson(FIRST)) : refuse(response, 400, {}, message);
  });
  const writer = generativeWriter(languageModel(llmSettings(llm.url)), quoteCheck);
  for (let asked = 0; asked < questions; asked++) {
    const writing = writer.write("Who repairs the pier?", DRAFT);
    expect((await writing.next()).value).toMatchObject({ text: FIRST.text });
    expect((await writing.next()).value).toMatchObject({ ending: "answered" });
  }
  return llm.got.map(({ body }) => body.response_format !== undefined);
}

it("tries once more without the format where that is refused, and then asks for it no more", async () => {
  const says = "'response_format' of type 'json_schema' is not supported with this model.";
  expect(await formatsAsked(3, () => says)).toEqual([true, false, false, false]);
});

it("goes without the format only once where something else was refused", async () => {
  expect(await formatsAsked(3, (count) => (count === 0 ? "try again" : null))).toEqual([true, false, true, true]);
});

it("asks for the format no more when three requests in a row were answered only without", async () => {
  const each = [true, false];
  expect(await formatsAsked(5, () => "no")).toEqual([...each, ...each, ...each, false, false]);
  const third = (count: number) => (count === 4 ? null : "no");
  // The third request, which is the fifth that came, is answered with the format: the row begins anew.
  expect(await formatsAsked(7, third)).toEqual([...each, ...each, true, ...each, ...each, ...each, false]);
});

it.each<[string, boolean]>([
  ['{"error":{"message":"Unsupported parameter","param":"response_format"}}', true],
  ['{"error":{"message":"Invalid schema for response_format \'answer\'"}}', true],
  ['{"error":{"code":400,"message":"JSON mode is not enabled for this model"}}', true],
  ['{"error":{"message":"Function calling is not enabled for models/any"}}', true],
  ['{"error":{"message":"any does not support tools"}}', true],
  ['{"error":{"message":"tool_choice: this model does not support it"}}', true],
  ['[{"error":{"message":"Structured outputs are for other models"}}]', true],
  ["failed to parse grammar", true],
  ['{"error":{"message":"Billing is not active for this account"}}', false],
  ['{"error":{"message":"The prompt was filtered. Change the prompt."}}', false],
  [
    '{"detail":[{"loc":["body","messages"],"msg":"too few","input":{"response_format":{"type":"json_schema"}}}]}',
    false,
  ],
  ["<html>Bad request</html>", false],
  ["", false],
])("reads from %s whether it is the format that is not taken", (responseBody, is) => {
  expect(speaksOfFormat({ statusCode: 400, responseBody })).toBe(is);
});

it("keeps asking for the format where the text was too long, or is refused without it, too", async () => {
  const refusals = ["maximum context length is 10 tokens", "the key word is missing"];
  const llm = await scriptedLlm((_, response, count) => {
    const message = refusals[Math.min(1, count)] ?? "";
    if (count < 3) return refuse(response, 400, {}, message);
    return streamChat(response, answerJson(FIRST));
  });
  const writer = generativeWriter(languageModel(llmSettings(llm.url)), quoteCheck);
  for (let asked = 0; asked < 3; asked++) for await (const _ of writer.write("Who repairs the pier?", DRAFT));
  expect(llm.got.map(({ body }) => body.response_format !== undefined)).toEqual([true, true, false, true]);
});
