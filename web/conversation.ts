import type { Answer, Turn as HistoryTurn } from "../src/types.ts";
import { say, sayMeanwhile } from "./announce.ts";
import { answerView } from "./answer.ts";
import { ApiError, answersAreMadeFrom } from "./api.ts";
import { askEvents } from "./ask.ts";
import { button, byId, element } from "./elements.ts";
import { keepAnswer, keptAnswer, mayBeKept } from "./kept-answers.ts";
import { liveAnswer } from "./live-answer.ts";
import type { Asked } from "./navigation.ts";

interface Turn {
  readonly asked: Asked;
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
  return turns.slice(0, turns.indexOf(turn)).flatMap(({ asked: { question }, answer }) =>
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
    mode: turn.asked.mode,
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
    const { question, mode, id } = turn.asked;
    // Known before: where the index changes meanwhile, the answer counts as one of before and is asked for again.
    const madeFrom = await answersAreMadeFrom();
    for await (const event of askEvents(question, historyBefore(turn), mode, abort.signal)) {
      if (abort.signal.aborted) return;
      live.show(event);
      if (event.type !== "answer-end") continue;
      turn.answer = event.answer;
      if (madeFrom !== null) keepAnswer(id, madeFrom, event.answer);
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

/** Shows the answer that was kept of this very asking; false where there is none that still holds. */
function showKept(turn: Turn, madeFrom: string | null): boolean {
  const answer = keptAnswer(turn.asked.id, madeFrom);
  if (answer === null) return false;
  try {
    turn.body.replaceChildren(...answerView(answer));
  } catch (error) {
    console.info("The answer that was kept cannot be shown:", error);
    return false;
  }
  turn.answer = answer;
  return true;
}

async function showTurn(turn: Turn, before: Promise<void>, now: Promise<string | null>): Promise<void> {
  const madeFrom = await now;
  // Who has gone on meanwhile asks for nothing.
  if (!turn.root.isConnected || showKept(turn, madeFrom)) return;
  await answerTurn(turn, before);
}

/** `now` is what answers are made from; null where nothing is kept that it would be compared with. */
function addTurn(asked: Asked, now: Promise<string | null>): void {
  const heading = element("h2", { dir: "auto" }, asked.question);
  const body = element("div", { class: "turn-body" });
  const root = element("article", { class: "turn" }, heading, body);
  const before = turns.at(-1)?.done ?? Promise.resolve();
  const turn: Turn = { asked, root, body, stop: null, leave: () => {}, answer: null, done: before };
  turns.push(turn);
  container.append(root);
  turn.done = showTurn(turn, before, now);
}

/** Shows the conversation of these questions: asks what is new, hides what is after them. */
export function showConversation(questions: readonly Asked[]): void {
  const visible = turns.filter(({ root }) => !root.hidden).length;
  const same = turns.findIndex(({ asked }, at) => asked.id !== questions[at]?.id);
  const common = same === -1 ? turns.length : same;
  let now: Promise<string | null> = Promise.resolve(null);
  if (common < questions.length) {
    for (const { root, leave } of turns.splice(common)) {
      leave();
      root.remove();
    }
    const added = questions.slice(common);
    if (added.some(({ id }) => mayBeKept(id))) now = answersAreMadeFrom();
    for (const asked of added) addTurn(asked, now);
  }
  for (const [index, { root }] of turns.entries()) root.hidden = index >= questions.length;
  if (visible !== questions.length || common < questions.length) {
    const last = turns[questions.length - 1];
    // When the answers that were kept stand above it.
    void now.then(() => last?.root.scrollIntoView({ block: "start" }));
  }
}
