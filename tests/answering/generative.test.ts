import { expect, it } from "vitest";
import { UsageError } from "../../src/errors.ts";
import type { AskEvent } from "../../src/types.ts";
import {
  answerJson,
  llmSettings,
  passageWith,
  refuse,
  said,
  scriptedLlm,
  sendDelta,
  startStream,
  streamChat,
} from "./scripted-llm.ts";
import { pilcrowOver } from "./set-up.ts";

const FILES = {
  "2015-05-04-minutes.txt": "Minutes of the harbour board\n\nThe board set the mooring fee at 40 crowns.",
  "2018-06-11-minutes.txt": "Minutes of the harbour board\n\nThe board raised the mooring fee to 55 crowns.",
};
const [OLD, NEW] = ["The board set the mooring fee at 40 crowns.", "The board raised the mooring fee to 55 crowns."];
const KEY = "sk-never-shown-1234567890";

it("keeps the sides of a comparison", async () => {
  const llm = await scriptedLlm(({ text }, response) =>
    streamChat(
      response,
      answerJson(
        said("The board raised the mooring fee to 55 crowns.", passageWith(text, NEW), NEW),
        said("The board set the mooring fee at 40 crowns.", passageWith(text, OLD), OLD),
      ),
    ),
  );
  const { pilcrow } = await pilcrowOver(FILES, llmSettings(llm.url));
  const answer = await pilcrow.ask({
    question: "How did the mooring fee change between 2015 and 2018?",
    mode: "generative",
  });
  expect(answer).toMatchObject({ kind: "comparison", mode: "generative", fallback: null });
  expect(answer.groups?.map(({ title, statements, message }) => ({ title, statements, message }))).toEqual([
    { title: "2015", statements: [1], message: null },
    { title: "2018", statements: [0], message: null },
  ]);
  expect(answer.answer).toBe(`2015: ${OLD} [2] 2018: ${NEW} [1]`);
});

it("says of a side that nothing of it was supported", async () => {
  const llm = await scriptedLlm(({ text }, response) =>
    streamChat(
      response,
      answerJson(said(OLD, passageWith(text, OLD), OLD), said("It is 60 crowns.", passageWith(text, NEW), NEW)),
    ),
  );
  const { pilcrow } = await pilcrowOver(FILES, llmSettings(llm.url));
  const answer = await pilcrow.ask({
    question: "How did the mooring fee change between 2015 and 2018?",
    mode: "generative",
  });
  expect(answer.groups?.[1]).toMatchObject({
    title: "2018",
    statements: [],
    message: expect.stringContaining("supported"),
  });
  expect(answer.trace.model?.withheld.map(({ text }) => text)).toEqual(["It is 60 crowns."]);
});

it("cites a sentence once, however many statements rest on it", async () => {
  const llm = await scriptedLlm(({ text }, response) => {
    const at = passageWith(text, NEW);
    const again = said("The mooring fee was raised to 55 crowns by the board.", at, "raised the mooring fee");
    streamChat(response, answerJson(said(NEW, at, NEW), again));
  });
  const { pilcrow } = await pilcrowOver(FILES, llmSettings(llm.url));
  const answer = await pilcrow.ask({ question: "What was the mooring fee raised to in 2018?", mode: "generative" });
  expect(answer.statements.map(({ citations }) => citations)).toEqual([[1], [1]]);
  expect(answer.citations).toHaveLength(1);
});

it("refuses where the model finds no answer", async () => {
  const llm = await scriptedLlm((_, response) => streamChat(response, '{"answerable": false, "statements": []}'));
  const { pilcrow } = await pilcrowOver(FILES, llmSettings(llm.url));
  const answer = await pilcrow.ask({ question: "What is the mooring fee?", mode: "generative" });
  expect(answer).toMatchObject({ mode: "generative", answered: false, fallback: null });
});

it("gives quotes and says why where the service fails, without the key", async () => {
  const llm = await scriptedLlm((_, response) => refuse(response, 403, {}, KEY));
  const { pilcrow } = await pilcrowOver(FILES, llmSettings(llm.url, { key: () => KEY }));
  const events: AskEvent[] = [];
  for await (const event of pilcrow.askEvents({ question: "What is the mooring fee?", mode: "generative" }))
    events.push(event);
  const end = events.at(-1);
  expect(end).toMatchObject({
    answer: {
      mode: "extractive",
      answered: true,
      fallback: { reason: "provider-error", message: expect.stringContaining("403") },
    },
  });
  expect(JSON.stringify(events)).not.toContain(KEY);
});

it("is not asked for an extractive answer, whatever its settings", async () => {
  const { pilcrow } = await pilcrowOver(FILES, llmSettings("", { name: "nobody:any" }));
  expect(pilcrow.modes).toEqual(["extractive", "generative"]);
  expect(await pilcrow.ask({ question: "What is the mooring fee?" })).toMatchObject({
    mode: "extractive",
    answered: true,
  });
  await expect(pilcrow.ask({ question: "What is the mooring fee?", mode: "generative" })).rejects.toThrow(UsageError);
});

it("stops the request when the client goes away, or reads no more", async () => {
  for (const goesAway of [true, false]) {
    const llm = await scriptedLlm(({ text }, response) => {
      startStream(response);
      sendDelta(response, `{"statements": [${JSON.stringify(said(NEW, passageWith(text, NEW), NEW))},`);
    });
    const { pilcrow } = await pilcrowOver(FILES, llmSettings(llm.url, { timeoutMs: 60_000 }));
    const client = new AbortController();
    const reading = async () => {
      const request = { question: "What is the mooring fee in 2018?", mode: "generative" } as const;
      for await (const { type } of pilcrow.askEvents(request, { signal: client.signal })) {
        if (type !== "statement") continue;
        if (!goesAway) return;
        client.abort();
      }
    };
    if (goesAway) await expect(reading()).rejects.toThrow("abort");
    else await reading();
    await llm.closed;
  }
});
