import { setImmediate as nextTurn } from "node:timers/promises";
import type { RankedPassage } from "../retrieval/retriever.ts";
import type { Draft } from "./answerer.ts";
import { type CheckStatement, checkWritten } from "./check-written.ts";
import { faultOf, faultOfText, MOST_CHARACTERS, timedOut, toldSilence, tooLong } from "./faults.ts";
import type { LanguageModel } from "./language-model.ts";
import { useOf, type Withheld } from "./model-use.ts";
import { type Orders, ordersIn } from "./orders.ts";
import { answerPrompt, passagesThatFit } from "./prompt.ts";
import { standaloneByModel } from "./standalone-by-model.ts";
import { type Counted, UNKNOWN } from "./token-counts.ts";
import type { Writer, Written } from "./writer.ts";
import { type RawStatement, statementReader } from "./written-statements.ts";

/** Characters of a withheld statement that are kept. */
const MOST_KEPT = 500;

/** A writer that asks a language model and believes nothing that it writes. */
export function generativeWriter(model: LanguageModel, check: CheckStatement): Writer {
  const { name, settings } = model;
  return {
    name,
    standalone: (followUp, signal) => standaloneByModel(model, followUp, signal),
    async *write(question, draft, signal, since = performance.now()) {
      const started = performance.now();
      const withheld: Withheld[] = [];
      let counted = UNKNOWN;
      const tell = (known: Counted) => {
        counted = known;
      };
      const use = () => useOf(model, counted, started, withheld);
      const passages = passagesFor(draft);
      const orders = ordersIn(question, passages);
      const prompt = answerPrompt(question, passages, draft.groups?.map(({ title }) => title) ?? []);
      const stop = new AbortController();
      const deadline = since + settings.timeoutMs;
      const pieces = read(model, { prompt, deadline, stop: stop.signal, tell }, signal);
      const given = new Set<string>();
      try {
        for (;;) {
          const next = await pieces.next();
          if (next.done) {
            const ending = next.value;
            return { ending: ending === "silent" ? silence(given.size, orders) : ending, use: use() };
          }
          // Others have their turn between two statements, and so have the clock and the client that goes away.
          await nextTurn();
          if (performance.now() > deadline) return { ending: timedOut(name, settings.timeoutMs), use: use() };
          const checked = await checkWritten(next.value, passages, orders, check);
          const isGiven = checked.isFit && (checked.verdict !== "unsupported" || settings.unsupported === "mark");
          const { text, verdict, missing, quotes } = checked;
          // A model may say the same of several passages; the first that carries it is enough.
          if (given.has(text)) continue;
          if (isGiven) yield { text, verdict, missing, quotes, rank: given.add(text).size };
          else withheld.push({ text: text.slice(0, MOST_KEPT), verdict: "unsupported", missing });
        }
      } finally {
        // However it ends, also where nobody reads on: no request is left open.
        stop.abort();
      }
    },
  };
}

/** "Not answerable" beside statements that stand is none; and nobody is to be silenced by a text that says so. */
function silence(given: number, orders: Orders): Written["ending"] {
  if (given > 0) return "answered";
  return orders.isAny ? toldSilence() : "silent";
}

interface Asked {
  readonly prompt: ReturnType<typeof answerPrompt>;
  /** Of performance.now(). */
  readonly deadline: number;
  readonly stop: AbortSignal;
  /** Hears of the tokens, as far as they are known. */
  readonly tell: (counted: Counted) => void;
}

/** Statements as they come, and how the text ended. Throws only when the signal is aborted. */
async function* read(
  model: LanguageModel,
  { prompt, deadline, stop, tell }: Asked,
  signal: AbortSignal | undefined,
): AsyncGenerator<RawStatement, Written["ending"]> {
  const { name, settings } = model;
  const time = AbortSignal.timeout(Math.max(0, Math.ceil(deadline - performance.now())));
  const any = AbortSignal.any([time, stop, ...(signal ? [signal] : [])]);
  const reader = statementReader();
  let [length, count] = [0, 0];
  try {
    const pieces = model.stream(prompt, deadline, any, tell);
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        tell({ tokens: next.value.tokens, isWhole: true });
        const end = reader.end();
        yield* end.late;
        const fault = faultOfText(end, next.value.reason, count + end.late.length, name);
        return fault ?? (end.isSilent ? "silent" : "answered");
      }
      length += next.value.length;
      if (length > MOST_CHARACTERS) return tooLong(name);
      const statements = reader.read(next.value);
      count += statements.length;
      yield* statements;
    }
  } catch (error) {
    signal?.throwIfAborted();
    return time.aborted ? timedOut(name, settings.timeoutMs) : faultOf(error, name);
  }
}

/** What the question was answered from, and what the evidence of a comparison leaves out of it. */
function passagesFor({ evidence, statements }: Draft): RankedPassage[] {
  const quoted = statements.flatMap(({ quotes }) => quotes.map(({ source }) => source));
  const byId = new Map([...evidence, ...quoted].map((one) => [one.passage.passageId, one]));
  return passagesThatFit([...byId.values()]);
}
