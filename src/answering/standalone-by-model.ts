import { splitSentences } from "../documents/sentences.ts";
import { readPeriod } from "../retrieval/period.ts";
import { contentTokens } from "../retrieval/stopwords.ts";
import type { ModelUse, StandaloneTrace, Turn } from "../types.ts";
import { faultOf } from "./faults.ts";
import type { LanguageModel } from "./language-model.ts";
import { lenientJson } from "./lenient-json.ts";
import { useOf } from "./model-use.ts";
import { questionPrompt } from "./prompt.ts";
import { changeOf, writtenOut } from "./same-meaning.ts";
import { wordWithOtherPart } from "./same-parts.ts";
import { type Counted, UNKNOWN } from "./token-counts.ts";

/** A follow-up, what it was asked after, and how the rules make it stand alone. */
export interface FollowUp {
  readonly asked: string;
  /** Oldest first. */
  readonly history: readonly Turn[];
  readonly ruled: string;
}

/** The question that is searched for, and why it is this one. */
export interface Standalone {
  readonly question: string;
  readonly trace: StandaloneTrace;
  readonly use: ModelUse;
}

/** Of the time for an answer, how much this may take, and milliseconds at most. */
const SHARE = 1 / 3;
const MOST_MS = 6_000;
/** Characters of a question as JSON; a longer text is none. */
const MOST_CHARACTERS = 2_000;
/** How many turns are sent, and how many characters of each: what is meant stands near. */
const TURNS = 8;
const CHARACTERS_A_TURN = 1_200;

/** Has a model write a follow-up as a question of its own. Where that does not stand the check, the rules' one stands. */
export async function standaloneByModel(
  model: LanguageModel,
  followUp: FollowUp,
  signal?: AbortSignal,
): Promise<Standalone> {
  const started = performance.now();
  const { asked, history, ruled } = followUp;
  const patience = Math.min(MOST_MS, Math.ceil(model.settings.timeoutMs * SHARE));
  const time = AbortSignal.timeout(patience);
  const turns = history.slice(-TURNS).map((turn) => ({ ...turn, content: turn.content.slice(0, CHARACTERS_A_TURN) }));
  let counted = UNKNOWN;
  const tell = (known: Counted) => {
    counted = known;
  };
  const kept = (reason: string): Standalone => ({
    question: ruled,
    trace: { by: "rules", reason },
    use: useOf(model, counted, started),
  });
  try {
    const any = signal ? AbortSignal.any([time, signal]) : time;
    const written = await wholeText(model, questionPrompt(asked, turns), started + patience, any, tell);
    const question = questionIn(written);
    const objection = question === null ? "the model wrote no question" : objectionTo(question, followUp);
    if (question === null || objection !== null) return kept(objection ?? "");
    if (question === ruled) return kept("the model writes the same");
    return { ...kept(""), question, trace: { by: "model", reason: "it holds what was asked, and nothing else" } };
  } catch (error) {
    signal?.throwIfAborted();
    return kept(time.aborted ? `the model took more than ${patience / 1000} s` : faultOf(error, model.name).message);
  }
}

async function wholeText(
  model: LanguageModel,
  prompt: ReturnType<typeof questionPrompt>,
  deadline: number,
  signal: AbortSignal,
  tell: (counted: Counted) => void,
): Promise<string> {
  const stop = new AbortController();
  const pieces = model.stream(prompt, deadline, AbortSignal.any([signal, stop.signal]), tell);
  let text = "";
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        tell({ tokens: next.value.tokens, isWhole: true });
        return text;
      }
      text += next.value;
      if (text.length > MOST_CHARACTERS) return "";
    }
  } finally {
    stop.abort();
  }
}

/** `{"question": "..."}`, whatever stands around it. */
function questionIn(text: string): string | null {
  const value = lenientJson(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  const question = typeof value === "object" && value !== null ? Reflect.get(value, "question") : null;
  return typeof question === "string" && question.trim() !== "" ? question.trim() : null;
}

/**
 * Why a question is not to be searched for in place of the rules' one; null where nothing is against it. It keeps the
 * words of substance of what was asked, and the time of the rules' question; it brings in only what the conversation
 * has; and it is a question, not much longer.
 */
export function objectionTo(question: string, { asked, history, ruled }: FollowUp): string | null {
  if (/[\p{Cc}\p{Cf}]/u.test(question) || /:\/\/|[<>{}]/.test(question)) return "it is more than a question";
  if (/[.!?]\s+\S/.test(question.replace(/\b(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|No|vs)\.\s/gu, "")))
    return "it is several sentences";
  if (question.length > 2 * Math.max(asked.length, ruled.length) + 40) return "it is much longer than what was asked";
  const own = wordsOf(question);
  const lost = [...wordsOf(asked)].filter(([term]) => !own.has(term)).map(([, word]) => word);
  if (lost.length > 0) return `it leaves out ${quoted(lost)}`;
  const known = new Set(
    [asked, ruled, ...history.map(({ content }) => content)].flatMap((text) => [...wordsOf(text).keys()]),
  );
  const strange = [...own].filter(([term]) => !known.has(term)).map(([, word]) => word);
  if (strange.length > 0) return `it brings in ${quoted(strange)}`;
  const [time, meant] = [readPeriod(question), readPeriod(ruled)];
  const isSameTime = time?.from === meant?.from && time?.to === meant?.to;
  if (meant !== null && !isSameTime) return `its time is not “${meant.text}”`;
  const byUser = history.flatMap(({ role, content }) => (role === "user" ? [content] : []));
  const change = changeOf(question, asked, [ruled, ...byUser]);
  if (change !== null) return change;
  const answers = history.flatMap(({ role, content }) => (role === "user" ? [] : sentencesOf(content)));
  const word = wordWithOtherPart(question, asked, [byUser, [ruled], answers]);
  return word === null ? null : `it gives “${word}” another part`;
}

const sentencesOf = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

/** The words of substance, by what they are indexed as; numbers count as such. */
function wordsOf(asWritten: string): Map<string, string> {
  const text = writtenOut(asWritten);
  return new Map(contentTokens(text).map(({ term, start, end }) => [term, text.slice(start, end)]));
}

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(", ");
