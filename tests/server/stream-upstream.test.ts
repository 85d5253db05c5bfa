import { expect, it } from "vitest";
import { llmSettings, passageWith, said, scriptedLlm, sendDelta, startStream } from "../answering/scripted-llm.ts";
import { pilcrowOver } from "../answering/set-up.ts";
import { collectGarbage, serverSent } from "./scripted.ts";
import { serve } from "./serve.ts";

const QUOTE = "The ferry sails at nine from the old quay";

it("a client that goes away closes the connection to the language model, whatever was garbage by then", async () => {
  const llm = await scriptedLlm(({ text }, response) => {
    startStream(response);
    const statement = said("The ferry sails at nine from the old quay.", passageWith(text, QUOTE), QUOTE);
    sendDelta(response, `{"answerable": true, "statements": [${JSON.stringify(statement)},`);
    // And no more: the model is still at it.
  });
  const files = { "timetable.txt": `${QUOTE} on weekdays.\n\nDogs travel free of charge.\n` };
  const { pilcrow } = await pilcrowOver(files, llmSettings(llm.url, { timeoutMs: 60_000 }));
  const { url } = await serve(pilcrow);
  const client = new AbortController();
  const response = await fetch(`${url}/ask?q=When+does+the+ferry+sail%3F&mode=generative`, {
    headers: { Accept: "text/event-stream" },
    signal: client.signal,
  });
  const events = serverSent(response);
  for (const event of ["retrieval", "citation", "statement"]) {
    expect((await events.next()).value).toMatchObject({ event });
  }
  collectGarbage();
  client.abort();
  await llm.closed;
});
