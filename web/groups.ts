import { countedInWords } from "../src/answering/mention-words.ts";
import { titleSaysDate } from "../src/documents/title-date.ts";
import type { Answer, Citation, Group, Statement } from "../src/types.ts";
import { button, element, link } from "./elements.ts";
import { count, formatDate } from "./format.ts";
import { type DocumentTarget, openPanel, permalink } from "./navigation.ts";
import { sourceCard } from "./sources.ts";
import { statementView } from "./statement.ts";

/** How many mentions of a document are shown before the rest is asked for. */
const SHOWN = 5;

/** A comparison as a timeline, or every mention by document; each statement with the sources it rests on. */
export function groupsView(answer: Answer, groups: readonly Group[]): HTMLElement[] {
  if (answer.kind === "comparison") {
    return [element("ol", { class: "timeline" }, ...groups.map((group) => sideOf(group, answer)))];
  }
  const mentions = groups.reduce((sum, group) => sum + (group.count ?? 0), 0);
  const lead = `${count(mentions, "mention")} in ${count(groups.length, "document")}.`;
  const { mention } = answer.trace;
  const counted = mention === undefined ? "" : countedInWords(mention);
  return [
    element("p", { class: "answer-text" }, lead),
    counted === "" ? null : element("p", { class: "hint counted", dir: "auto" }, counted),
    ...groups.map((group) => documentOf(group, answer)),
  ].filter((part) => part !== null);
}

function statementsOf(group: Group, { statements }: Answer): Statement[] {
  return group.statements.flatMap((position) => statements[position] ?? []);
}

function citationsOf(statements: readonly Statement[], { citations }: Answer): Citation[] {
  const markers = new Set(statements.flatMap((statement) => statement.citations));
  return citations.filter(({ marker }) => markers.has(marker));
}

/** A date that the title does not say already. */
function dateOf({ title, date }: Group): string | null {
  return date === null || titleSaysDate(title, date) ? null : formatDate(date);
}

function sideOf(group: Group, answer: Answer): HTMLElement {
  const statements = statementsOf(group, answer);
  const date = dateOf(group);
  const head = element(
    "h3",
    { dir: "auto" },
    group.title,
    date === null ? null : element("span", { class: "facts" }, date),
  );
  if (group.message !== null) {
    return element("li", { class: "side empty" }, head, element("p", { class: "answer-text" }, group.message));
  }
  const text = statements.flatMap((statement) => [statementView(statement, answer.citations), " "]);
  const cards = citationsOf(statements, answer).map((citation) => sourceCard(citation, true));
  return element(
    "li",
    { class: "side" },
    head,
    element("p", { class: "answer-text", dir: "auto" }, ...text),
    element("ol", { class: "sources" }, ...cards),
  );
}

function documentOf(group: Group, answer: Answer): HTMLElement {
  const { title, documentId } = group;
  const target: DocumentTarget = { kind: "document", documentId: documentId ?? "", anchor: "", span: null };
  const name = documentId === null ? title : link(permalink(target), () => openPanel(target), { dir: "auto" }, title);
  const facts = [dateOf(group), count(group.count ?? 0, "mention")].filter((fact) => fact !== null).join(" · ");
  const citations = citationsOf(statementsOf(group, answer), answer);
  const cardOf = (citation: Citation) => sourceCard(citation, true, true);
  const list = element("ol", { class: "sources" }, ...citations.slice(0, SHOWN).map(cardOf));
  const rest = citations.slice(SHOWN);
  const all = button(`Show all ${citations.length}`, showAll, { class: "quiet" });
  function showAll(): void {
    const cards = rest.map(cardOf);
    list.append(...cards);
    all.remove();
    // The keyboard goes on where the button was.
    cards[0]?.querySelector("a")?.focus();
  }
  return element(
    "section",
    { class: "mentions" },
    element("h3", {}, name, element("span", { class: "facts" }, facts)),
    list,
    rest.length === 0 ? null : all,
  );
}
