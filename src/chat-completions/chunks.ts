import { answerInWords } from "../answering/groups.ts";
import type { Answer, AskEvent, Fallback, Statement } from "../types.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { type Asked, type Head, type OwnFields, ownFieldsOf } from "./completion.ts";
import { type Usage, usageOf } from "./usage.ts";

export interface ChatChunk extends Head {
  readonly object: "chat.completion.chunk";
  /** Empty in the last chunk, where that tells the usage. */
  readonly choices: readonly {
    readonly index: 0;
    readonly delta: {
      readonly role?: "assistant";
      readonly content?: string;
      readonly annotations?: readonly Annotation[];
    };
    readonly logprobs: null;
    readonly finish_reason: "stop" | null;
  }[];
  /** Only where it was asked for; null before the end. */
  readonly usage?: Usage | null;
  readonly pilcrow?: OwnFields;
}

/** What has been said: text that was sent cannot be taken back. */
interface Said {
  readonly text: string;
  /** Where in `text` the answer begins that stands. */
  readonly start: number;
  readonly statements: readonly Statement[];
}

/**
 * What happens while a question is answered, as the chunks of one message: of a plain fact statement by statement, each
 * as soon as it is checked; a comparison and every mention, whose text begins with what is known only at the end, at once.
 */
export async function* chunksOf(
  events: AsyncIterable<AskEvent>,
  head: Head,
  { request, origin }: Asked,
): AsyncGenerator<ChatChunk, void> {
  const usage = request.includeUsage ? { usage: null } : {};
  const object = "chat.completion.chunk";
  const chunk = (delta: ChatChunk["choices"][number]["delta"], finish_reason: "stop" | null = null): ChatChunk => {
    return { ...head, object, choices: [{ index: 0, delta, logprobs: null, finish_reason }], ...usage };
  };
  let said: Said = { text: "", start: 0, statements: [] };
  let isFact = false;
  for await (const event of events) {
    const before = said.text.length;
    if (event.type === "retrieval") {
      isFact = event.kind === "fact";
      yield chunk({ role: "assistant", content: "" });
    } else if (event.type === "statement" && isFact) said = withStatement(said, event.statement);
    else if (event.type === "fallback") said = withdrawn(said, event.fallback);
    else if (event.type === "answer-end") said = ended(said, event.answer);
    if (said.text.length > before) yield chunk({ content: said.text.slice(before) });
    if (event.type !== "answer-end") continue;
    const annotations = annotationsOf(event.answer, said.text, said.start, origin);
    yield { ...chunk({ annotations }, "stop"), pilcrow: ownFieldsOf(event.answer, request) };
    if (!request.includeUsage) continue;
    yield { ...head, object, choices: [], usage: usageOf(event.answer, request.texts, said.text) };
  }
}

function withStatement({ text, start, statements }: Said, statement: Statement): Said {
  const all = [...statements, statement];
  return { text: text.slice(0, start) + answerInWords(all, null), start, statements: all };
}

/** Where nothing was said yet there is nothing to withdraw: the answer's own fields tell of the fallback. */
function withdrawn({ text }: Said, { message }: Pick<Fallback, "message">): Said {
  if (text === "") return { text, start: 0, statements: [] };
  const notice = `${text}\n\n${`What stands above is withdrawn. ${message}`.trim()}\n\n`;
  return { text: notice, start: notice.length, statements: [] };
}

/** The whole answer, of which the beginning may have been said already. */
function ended(said: Said, { answer }: Answer): Said {
  const hasBegun = answer.startsWith(said.text.slice(said.start));
  const { text, start, statements } = hasBegun ? said : withdrawn(said, { message: "" });
  return { text: text.slice(0, start) + answer, start, statements };
}
