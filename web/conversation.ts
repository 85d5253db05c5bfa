import type { Answer, Turn as HistoryTurn } from "../src/types.ts";
import { answerView, spoken } from "./answer.ts";
import { ApiError, ask } from "./api.ts";
import { button, byId, element } from "./elements.ts";

interface Turn {
  readonly question: string;
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  readonly abort: AbortController;
  answer: Answer | null;
  /** Settles when the answer or the error is shown. */
  done: Promise<void>;
}

const container = byId("conversation", HTMLElement);
const announcement = byId("announcement", HTMLElement);
const turns: Turn[] = [];

/** A notice of what went wrong, with what to do and a way to try again. */
export function errorNotice(error: unknown, retry: () => void): HTMLElement {
  const known = error instanceof ApiError ? error : new ApiError("internal", `The page failed: ${String(error)}`);
  return element(
    "div",
    { class: "notice", role: "alert" },
    element("p", {}, known.message),
    known.advice === "" ? null : element("p", { class: "hint" }, known.advice),
    button("Try again", retry, { class: "quiet" }),
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

async function answerTurn(turn: Turn, before: Promise<void>): Promise<void> {
  turn.body.setAttribute("aria-busy", "true");
  turn.body.replaceChildren(element("p", { class: "loading" }, "Looking through the documents…"));
  try {
    // A follow-up is understood from the answer before it.
    await before;
    turn.answer = await ask(turn.question, historyBefore(turn), turn.abort.signal);
    turn.body.replaceChildren(...answerView(turn.answer));
    announcement.textContent = spoken(turn.answer);
  } catch (error) {
    if (turn.abort.signal.aborted) return;
    const retry = () => {
      turn.done = answerTurn(turn, before);
    };
    turn.body.replaceChildren(errorNotice(error, retry));
  } finally {
    turn.body.removeAttribute("aria-busy");
  }
}

function addTurn(question: string): void {
  const heading = element("h2", { dir: "auto" }, question);
  const body = element("div", { class: "turn-body" });
  const root = element("article", { class: "turn" }, heading, body);
  const before = turns.at(-1)?.done ?? Promise.resolve();
  const turn: Turn = { question, root, body, abort: new AbortController(), answer: null, done: before };
  turns.push(turn);
  container.append(root);
  announcement.textContent = "Looking through the documents";
  turn.done = answerTurn(turn, before);
}

/** Shows the conversation of these questions: asks what is new, hides what is after them. */
export function showConversation(questions: readonly string[]): void {
  const visible = turns.filter(({ root }) => !root.hidden).length;
  const same = turns.findIndex(({ question }, index) => index >= questions.length || question !== questions[index]);
  const common = same === -1 ? turns.length : same;
  if (common < questions.length) {
    for (const { root, abort } of turns.splice(common)) {
      abort.abort();
      root.remove();
    }
    for (const question of questions.slice(common)) addTurn(question);
  }
  for (const [index, { root }] of turns.entries()) root.hidden = index >= questions.length;
  if (visible !== questions.length || common < questions.length) {
    turns[questions.length - 1]?.root.scrollIntoView({ block: "start" });
  }
}
