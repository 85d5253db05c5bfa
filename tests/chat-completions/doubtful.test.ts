import { join } from "node:path";
import OpenAI from "openai";
import { expect, it } from "vitest";
import { createPilcrow, type Pilcrow } from "../../src/library.ts";
import { answerJson, passageWith, said, scriptedLlm, streamChat } from "../answering/scripted-llm.ts";
import { folderOf } from "../make-index.ts";
import { inMemory, writerOf } from "../server/in-memory.ts";
import { pilcrow as base } from "../server/requests.ts";
import { serverSent } from "../server/scripted.ts";
import { serve } from "../server/serve.ts";

const QUOTE = "The north crane was repaired by Ilse Brandt in March.";
const question = "Who repaired the north crane?";
const TRUE = "Ilse Brandt repaired the north crane in March.";
const PARTLY = { text: "Ilse Brandt gladly repaired it.", verdict: "partly", missing: ["gladly"] } as const;
const FALSE = "Ilse Brandt repaired the north crane in May.";

/** Pilcrow that marks what does not stand the check, beside a model's service that writes these sentences. */
async function marking(...sentences: readonly string[]): Promise<{ pilcrow: Pilcrow; sent: readonly string[] }> {
  const sent: string[] = [];
  const service = await scriptedLlm(({ text }, response) => {
    sent.push(text);
    const written = sentences.map((sentence) => said(sentence, passageWith(text, QUOTE), QUOTE));
    streamChat(response, answerJson(...written));
  });
  const pilcrow = createPilcrow({
    corpus: await folderOf({ "2009-04-02-harbour.txt": `Harbour committee\n\n${QUOTE} It cost 4,200 crowns.\n` }),
    index: join(await folderOf({}), "index"),
    llm: "openai-compatible:scripted",
    llmBaseUrl: service.url,
    unsupported: "mark",
  });
  for await (const _ of pilcrow.index());
  return { pilcrow, sent };
}

async function clientsOf(pilcrow: Pilcrow) {
  const { url } = await serve(pilcrow);
  return { url, openai: new OpenAI({ baseURL: `${url}/v1`, apiKey: "none", maxRetries: 0 }) };
}

const writing = () => inMemory(base, { harbour: { title: "Harbour", paragraphs: [QUOTE] } }, writerOf([PARTLY]));

it.each([
  ["carried in part", writing, `${PARTLY.text} [1] (not said so in what is cited: "gladly")`, 1],
  [
    "not carried, and marked",
    async () => (await marking(FALSE, TRUE)).pilcrow,
    `${FALSE} [1] (not supported by what is cited) ${TRUE} [1]`,
    2,
  ],
])(
  "says in words of a statement that it is %s: to /ask and /v1, whole and streamed",
  async (_, make, text, markers) => {
    const { url, openai } = await clientsOf(await make());
    const init = { method: "POST", body: JSON.stringify({ question, mode: "generative" }) };
    const headers = { "Content-Type": "application/json" };
    expect(await (await fetch(`${url}/ask`, { ...init, headers })).json()).toMatchObject({ answer: text });
    const streamed = await fetch(`${url}/ask`, { ...init, headers: { ...headers, Accept: "text/event-stream" } });
    const events = [];
    for await (const one of serverSent(streamed)) events.push(one);
    expect(events.at(-1)).toMatchObject({ event: "answer-end", data: { answer: text } });

    const request = { model: "pilcrow-generative", messages: [{ role: "user" as const, content: question }] };
    const message = (await openai.chat.completions.create(request)).choices[0]?.message;
    expect(message?.content).toBe(text);
    const annotations = message?.annotations ?? [];
    expect(annotations).toHaveLength(markers);
    for (const { url_citation } of annotations) {
      expect(text.slice(url_citation.start_index, url_citation.end_index)).toBe("[1]");
    }
    let content = "";
    const last: unknown[] = [];
    for await (const { choices } of await openai.chat.completions.create({ ...request, stream: true })) {
      content += choices[0]?.delta.content ?? "";
      if (choices[0]?.finish_reason) last.push(choices[0].delta);
    }
    expect(content).toBe(text);
    expect(last).toMatchObject([{ annotations }]);
  },
);

it("takes an answer that is sent back without its doubts", async () => {
  const { pilcrow, sent } = await marking(FALSE, TRUE);
  const { openai } = await clientsOf(pilcrow);
  const first = { role: "user" as const, content: question };
  const ask = { model: "pilcrow-generative", messages: [first] };
  const content = (await openai.chat.completions.create(ask)).choices[0]?.message.content ?? "";
  expect(content).toContain("(not supported by what is cited)");
  const messages = [first, { role: "assistant" as const, content }, { role: "user" as const, content: "And when?" }];
  await openai.chat.completions.create({ ...ask, messages });
  // The first request after it asks for the follow-up as a question of its own.
  expect(sent[1]).toContain(`${FALSE} [1] ${TRUE} [1]`);
});
