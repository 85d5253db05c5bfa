import type { DocumentSummary } from "../src/types.ts";
import { documents, type Health, health } from "./api.ts";
import { errorNotice, showConversation, stopAnswers } from "./conversation.ts";
import { button, byId, element, link } from "./elements.ts";
import { EXAMPLES } from "./examples.ts";
import { count } from "./format.ts";
import { chooseMode, chosenMode, offerModes } from "./modes.ts";
import { ask, currentView, type DocumentTarget, follow, go, openPanel, permalink } from "./navigation.ts";
import { showPanel } from "./panel.ts";

const about = byId("about", HTMLElement);
const start = byId("start", HTMLElement);
const question = byId("question", HTMLTextAreaElement);
const composer = byId("composer", HTMLFormElement);
const tooLong = byId("too-long", HTMLElement);
/** Characters of a question that the server takes. */
const LONGEST_QUESTION = 2_000;

function askQuestion(text: string): void {
  const trimmed = text.trim();
  // What is too long stays in the box, to be shortened.
  if (trimmed === "" || trimmed.length > LONGEST_QUESTION) return;
  question.value = "";
  grow();
  ask(trimmed, chosenMode());
}

/** The box is as tall as its text, up to the limit of the style sheet. */
function grow(): void {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
}

/** Nothing is cut off in silence: a question that is too long says so, and is not asked. */
function sayWhenTooLong(): void {
  const { length } = question.value.trim();
  tooLong.hidden = length <= LONGEST_QUESTION;
  tooLong.textContent = tooLong.hidden
    ? ""
    : `${count(length, "character")}: a question has at most ${LONGEST_QUESTION.toLocaleString("en")}.`;
}

function exampleButtons(): HTMLElement {
  const items = EXAMPLES.map(({ question: text }) =>
    element(
      "li",
      {},
      button(text, () => askQuestion(text), { class: "example" }),
    ),
  );
  return element("ul", { class: "examples" }, ...items);
}

/** Where there are no examples for these documents: some of their titles, to open. */
function titles(all: readonly DocumentSummary[]): HTMLElement {
  const items = all.slice(0, 6).map(({ documentId, title }) => {
    const target: DocumentTarget = { kind: "document", documentId, anchor: "", span: null };
    return element(
      "li",
      {},
      link(permalink(target), () => openPanel(target), { class: "example", dir: "auto" }, title),
    );
  });
  return element("ul", { class: "examples" }, ...items);
}

function showStart(found: Health, all: readonly DocumentSummary[]): void {
  byId("footer", HTMLElement).textContent =
    `Pilcrow ${found.version}${found.embedder === null ? "" : ` · embedded with ${found.embedder}`}`;
  if (all.length === 0) {
    const command = element("code", {}, "pilcrow index");
    const text =
      found.status === "no-index" ? "There is no index yet. Make one with " : "The index is empty. Fill it with ";
    start.replaceChildren(
      element(
        "div",
        { class: "notice" },
        element("p", {}, text, command, "."),
        button("Try again", load, { class: "quiet" }),
      ),
    );
    return;
  }
  offerModes(found.modes);
  const passages = `${count(found.passages, "numbered passage")} that you can open`;
  about.textContent = `Ask ${count(all.length, "document")}. ${
    found.modes.includes("generative")
      ? `Every answer is quoted from ${passages}, or checked against them.`
      : `Every answer is quoted, word for word, from one of ${passages}.`
  }`;
  const paths = new Set(all.map(({ path }) => path));
  const isExample = EXAMPLES.every(({ path }) => paths.has(path));
  start.replaceChildren(
    element(
      "h2",
      { class: "start-title" },
      isExample ? "For example" : "Ask in your own words, or read a document first",
    ),
    isExample ? exampleButtons() : titles(all),
  );
}

async function load(): Promise<void> {
  try {
    const found = await health();
    showStart(found, found.status === "ok" ? await documents() : []);
  } catch (error) {
    start.replaceChildren(errorNotice(error, load));
  }
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  askQuestion(question.value);
});
question.addEventListener("input", () => {
  grow();
  sayWhenTooLong();
});
question.addEventListener("keydown", (event) => {
  // While an input method composes a character, Enter chooses it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
  // While an input method composes a character, Escape is for it.
  if (event.key === "Escape" && !event.isComposing) {
    if (currentView().panel !== null) openPanel(null);
    else stopAnswers();
  }
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (currentView().panel !== null && byId("app", HTMLElement).inert) openPanel(null);
    question.focus();
  }
});
byId("show-documents", HTMLButtonElement).addEventListener("click", () => {
  openPanel(currentView().panel?.kind === "list" ? null : { kind: "list" });
});
byId("home", HTMLAnchorElement).addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ asked: [], panel: null });
  question.focus();
});

follow(({ asked, panel }) => {
  const last = asked.at(-1)?.question;
  document.body.classList.toggle("asked", last !== undefined);
  document.title = last === undefined ? "Pilcrow" : `${last} · Pilcrow`;
  question.placeholder = last === undefined ? "Ask a question" : "Ask a follow-up";
  showConversation(asked);
  showPanel(panel);
});
// After the page was loaded again, what was chosen still is.
chooseMode(currentView().asked.at(-1)?.mode ?? "extractive");
if (currentView().panel === null && !matchMedia("(pointer: coarse)").matches) question.focus();
void load();
