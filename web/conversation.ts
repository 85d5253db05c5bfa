import type { Answer, Turn as HistoryTurn, Mode } from "../src/types.ts";
import { say, sayMeanwhile } from "./announce.ts";
import { ApiError } from "./api.ts";
import { askEvents } from "./ask.ts";
import { button, byId, element } from "./elements.ts";
import { liveAnswer } from "./live-answer.ts";

interface Turn {
  readonly question: string;
  readonly mode: Mode;
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  /** What a person does who has seen enough; null when nothing is being answered. */
  stop: (() => void) | null;
  /** Ends the work without a word. */
  leave: () => void;
  answer: Answer | null;
  /** Settles when the answer or the error is shown. */
  done: Promise<void>;
}

const container = byId("conversation", HTMLElement);
const question = byId("question", HTMLTextAreaElement);
const turns: Turn[] = [];

/** A notice of what went wrong, with what to do and a way to try again. */
export function errorNotice(error: unknown, retry: () => void): HTMLElement {
  const known = error instanceof ApiError ? error : new ApiError("internal", `The page failed: ${String(error)}`);
  return element(
    "div",
    { class: "notice", role: "alert" },
    element("p", {}, known.message),
    known.advice === "" ? null : element("p", { class: "hint" }, known.advice),
    button(known.code === "cut-off" ? "Ask again" : "Try again", retry, { class: "quiet" }),
  );
}

/** The turns before this one, as the server takes them. */
function historyBefore(turn: Turn): HistoryTurn[] {
  return turns.slice(0, turns.indexOf(turn)).flatMap(({ question, answer }) =>
    answer === null
      ? []
      : [
          { role: "user" as const, content: question },
          { role: "assistant" as const, content: answer.answer },
        ],
  );
}

/** Asks, and shows what comes of it. `before` settles when the question before this one is done with. */
async function answerTurn(turn: Turn, before: Promise<void>): Promise<void> {
  const abort = new AbortController();
  const live = liveAnswer(turn.body, {
    mode: turn.mode,
    onStop: () => turn.stop?.(),
    onLeave: () => question.focus(),
  });
  const again = () => {
    question.focus();
    turn.done = answerTurn(turn, before);
  };
  turn.body.setAttribute("aria-busy", "true");
  turn.stop = () => {
    turn.leave();
    live.breakOff((isEmpty) => stoppedNotice(isEmpty, again));
    question.focus();
  };
  turn.leave = () => {
    abort.abort();
    settle();
  };
  function settle(): void {
    turn.stop = null;
    turn.body.removeAttribute("aria-busy");
  }
  try {
    // A follow-up is understood from the answer before it.
    await before;
    for await (const event of askEvents(turn.question, historyBefore(turn), turn.mode, abort.signal)) {
      if (abort.signal.aborted) return;
      live.show(event);
      if (event.type === "answer-end") turn.answer = event.answer;
    }
  } catch (error) {
    if (abort.signal.aborted) return;
    live.breakOff(() => errorNotice(error, again));
    // The notice is an alert; that it is still being written is true no more.
    sayMeanwhile("");
  }
  settle();
}

function stoppedNotice(isEmpty: boolean, again: () => void): HTMLElement {
  const text = isEmpty
    ? "Stopped before there was an answer."
    : "Stopped. What is above was checked, but it is not the whole answer.";
  say(text);
  return element(
    "div",
    { class: "notice stopped" },
    element("p", {}, text),
    button("Ask again", again, { class: "quiet" }),
  );
}

/** Stops whatever is being answered. */
export function stopAnswers(): void {
  for (const { stop } of turns) stop?.();
}

function addTurn(question: string, mode: Mode): void {
  const heading = element("h2", { dir: "auto" }, question);
  const body = element("div", { class: "turn-body" });
  const root = element("article", { class: "turn" }, heading, body);
  const before = turns.at(-1)?.done ?? Promise.resolve();
  const turn: Turn = { question, mode, root, body, stop: null, leave: () => {}, answer: null, done: before };
  turns.push(turn);
  container.append(root);
  turn.done = answerTurn(turn, before);
}

/** Shows the conversation of these questions, each asked in its mode: asks what is new, hides what is after them. */
export function showConversation(questions: readonly string[], modes: readonly Mode[]): void {
  const visible = turns.filter(({ root }) => !root.hidden).length;
  const isOther = ({ question, mode }: Turn, at: number) =>
    question !== questions[at] || mode !== (modes[at] ?? "extractive");
  const same = turns.findIndex((turn, at) => at >= questions.length || isOther(turn, at));
  const common = same === -1 ? turns.length : same;
  if (common < questions.length) {
    for (const { root, leave } of turns.splice(common)) {
      leave();
      root.remove();
    }
    for (let at = common; at < questions.length; at++) addTurn(questions[at] ?? "", modes[at] ?? "extractive");
  }
  for (const [index, { root }] of turns.entries()) root.hidden = index >= questions.length;
  if (visible !== questions.length || common < questions.length) {
    turns[questions.length - 1]?.root.scrollIntoView({ block: "start" });
  }
}
