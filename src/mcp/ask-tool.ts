import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { answerSchema } from "../schemas/answers.ts";
import { parseAskBody } from "../schemas/parse-request.ts";
import { askBody } from "../schemas/requests.ts";
import type { Answer, AskEvent, Citation } from "../types.ts";
import { type McpContext, resultOf, type Tell } from "./context.ts";
import { documentLinks } from "./document-link.ts";
import { READ_ONLY, TEXT_IS_DATA } from "./tool.ts";
import { answerText } from "./words.ts";

const { mode, ...shape } = askBody.shape;
const SENT =
  'In the mode "generative" a language model\'s service writes, and each of its sentences is checked: the question, the last turns of "history" and the passages found are sent to it. ';

/** `ask`: an answer of sentences with citations, or why there is none. */
export function registerAsk(server: McpServer, context: McpContext): void {
  const { pilcrow, link } = context;
  // What is not there is not offered.
  const isOpen = pilcrow.modes.includes("generative");
  const inputSchema = z.strictObject(isOpen ? { ...shape, mode } : shape);
  const outputSchema = answerSchema.omit({ trace: true });
  const description = `Answers a question from the user's own documents, each sentence with a citation that was read again from its file; also comparisons ("between 2011 and 2014") and complete lists ("every mention of the ferry"). Where the documents do not say, it says so, and what comes nearest. A follow-up is read in the light of "history". ${isOpen ? SENT : ""}${TEXT_IS_DATA}`;
  const annotations = { ...READ_ONLY, openWorldHint: isOpen };
  const config = { title: "Ask the documents", description, inputSchema, outputSchema, annotations };
  server.registerTool("ask", config, (args, extra) =>
    resultOf(context, extra, async (tell) => {
      const { trace: _, ...answer } = await ended(
        pilcrow.askEvents(parseAskBody(args), { signal: extra.signal }),
        tell,
      );
      const linked = (citation: Citation) => ({ ...citation, url: link(citation.url) });
      const citations = answer.citations.map(linked);
      const refusal = answer.refusal && { ...answer.refusal, nearest: answer.refusal.nearest.map(linked) };
      const text = answerText(answer, link);
      const links = documentLinks([...answer.citations, ...(answer.refusal?.nearest ?? [])]);
      return { content: [{ type: "text", text }, ...links], structuredContent: { ...answer, citations, refusal } };
    }),
  );
}

/** The answer at the end; a client that waits for a language model hears of what is found and checked meanwhile. */
async function ended(events: AsyncIterable<AskEvent>, tell: Tell): Promise<Answer> {
  for await (const event of events) {
    if (event.type === "answer-end") return event.answer;
    if (event.type === "retrieval") tell({ message: `${count(event.passages.length, "passage")} found` });
    if (event.type === "statement") tell({ message: "a statement is checked" });
    if (event.type === "fallback") tell({ message: event.fallback.message });
  }
  throw new Error("an answer ends with answer-end");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
