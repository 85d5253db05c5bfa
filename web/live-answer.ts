import { doubtInWords } from "../src/answering/doubt.ts";
import type { Answer, AskEvent, Citation, Mode } from "../src/types.ts";
import { say, sayMeanwhile } from "./announce.ts";
import {
  addStatement,
  answerView,
  fallbackNote,
  footOf,
  headOf,
  type PlainAnswer,
  plainAnswer,
  spoken,
  understoodAs,
} from "./answer.ts";
import { button, element } from "./elements.ts";
import { count } from "./format.ts";

/** An answer while it comes about. What is shown of it was checked. */
export interface LiveAnswer {
  show(event: AskEvent): void;
  /** It will not go on: what was shown stays, with this beneath it. */
  breakOff(notice: (isEmpty: boolean) => HTMLElement): void;
}

export interface LiveAnswerOptions {
  /** What was asked for. */
  readonly mode: Mode;
  readonly onStop: () => void;
  /** A keyboard that was on the button to stop has nowhere to be. */
  readonly onLeave: () => void;
}

/** Fills `body` with an answer that is under way. */
export function liveAnswer(body: HTMLElement, { mode, onStop, onLeave }: LiveAnswerOptions): LiveAnswer {
  const status = element("p", {}, "Searching…");
  const progress = element("div", { class: "progress" }, status, button("Stop", onStop, { class: "quiet stop" }));
  let head: HTMLElement[] = [];
  let shown: PlainAnswer = plainAnswer([], []);
  let citations: Citation[] = [];
  let isFact = false;
  let found = "";
  body.replaceChildren(progress);
  sayMeanwhile("Searching…");

  function addToHead(...notes: readonly HTMLElement[]): void {
    const last = head.at(-1);
    if (last === undefined) body.prepend(...notes);
    else last.after(...notes);
    head = [...head, ...notes];
  }

  function leaveProgress(): void {
    const hadFocus = progress.contains(document.activeElement);
    progress.remove();
    if (hadFocus) onLeave();
  }

  function withdraw(): void {
    for (const part of Object.values(shown)) part.remove();
    shown = plainAnswer([], []);
    citations = [];
  }

  function end(answer: Answer): void {
    const isWhole = shown.text.childElementCount === answer.statements.length && answer.statements.length > 0;
    say(isWhole ? `${count(answer.citations.length, "source")}.` : spoken(answer));
    leaveProgress();
    if (!isWhole || answer.groups !== null) {
      body.replaceChildren(...answerView(answer));
      return;
    }
    // What is shown stays where it is: a keyboard may be on one of its links.
    for (const note of head) note.remove();
    body.prepend(...headOf(answer));
    body.append(...footOf(answer));
  }

  return {
    show(event) {
      switch (event.type) {
        case "retrieval":
          isFact = event.kind === "fact";
          found = `${count(event.passages.length, "passage")} found.`;
          status.textContent = mode === "extractive" ? found : `${found} Writing, and checking each sentence…`;
          sayMeanwhile(status.textContent);
          addToHead(...understoodAs(event));
          break;
        case "citation":
          citations.push(event.citation);
          break;
        case "statement": {
          // The groups of a quoted answer come with its end, which is at once.
          if (!isFact && event.statement.verdict === undefined) break;
          addStatement(shown, event.statement, citations);
          progress.before(shown.text);
          progress.after(shown.title, shown.sources);
          say(`${event.statement.text} ${doubtInWords(event.statement)}`.trim());
          break;
        }
        case "fallback":
          withdraw();
          status.textContent = found;
          addToHead(fallbackNote(event.fallback));
          say(`Quoted, not written. ${event.fallback.message}`);
          break;
        case "answer-end":
          end(event.answer);
          break;
      }
    },
    breakOff(notice) {
      leaveProgress();
      body.append(notice(!shown.text.hasChildNodes()));
    },
  };
}
