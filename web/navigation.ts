import type { Mode } from "../src/types.ts";

/** What is on the page, as the browser's history keeps it: reload, Back and a shared link show the same. */
export interface View {
  /** The questions of the conversation, in order. */
  readonly asked: readonly Asked[];
  readonly panel: Panel | null;
}

export interface Asked {
  readonly question: string;
  readonly mode: Mode;
  /** Of this asking: who asks the same again wants another answer. Greater than those before. */
  readonly id: string;
}

export type Panel = { readonly kind: "list" } | DocumentTarget;

export interface DocumentTarget {
  readonly kind: "document";
  readonly documentId: string;
  /** "p6"; empty for the top of the document. */
  readonly anchor: string;
  /** The span of a quote, in UTF-16 offsets; null for the whole passage. */
  readonly span: Span | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function permalink({ documentId, anchor }: Pick<DocumentTarget, "documentId" | "anchor">): string {
  return `/documents/${encodeURIComponent(documentId)}${anchor === "" ? "" : `#${anchor}`}`;
}

/** The target of a passage id, "<documentId>#p6". */
export function targetOf(passageId: string, span: Span | null = null): DocumentTarget {
  const [documentId = "", anchor = ""] = passageId.split("#");
  return { kind: "document", documentId, anchor, span };
}

function urlOf({ asked, panel }: View): string {
  if (panel?.kind === "document") return permalink(panel);
  const last = asked.at(-1);
  return last === undefined ? "/" : `/?${new URLSearchParams({ q: last.question })}`;
}

/** What an address asks for, on its own. */
function viewOf(url: URL): View {
  const question = url.searchParams.get("q")?.trim() ?? "";
  const id = /^\/documents\/([^/]+)$/.exec(url.pathname)?.[1];
  // Whoever shared the address, no language model is paid for it unasked.
  const asked = question === "" || id !== undefined ? [] : [newly(question.slice(0, 2_000), "extractive")];
  if (id === undefined) return { asked, panel: null };
  return { asked, panel: { kind: "document", documentId: decode(id), anchor: url.hash.slice(1), span: null } };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function newly(question: string, mode: Mode): Asked {
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  return { question, mode, id };
}

function isView(state: unknown): state is View {
  if (typeof state !== "object" || state === null || !("asked" in state && "panel" in state)) return false;
  return Array.isArray(state.asked) && state.asked.every((asked) => typeof asked?.id === "string");
}

let shown: View = { asked: [], panel: null };
let show: (view: View) => void = () => {};

export function currentView(): View {
  return shown;
}

/** Shows a view and remembers it as a step of the history. */
export function go(view: View): void {
  history.pushState(view, "", urlOf(view));
  shown = view;
  show(view);
}

/** Puts a question at the end of the conversation. */
export function ask(question: string, mode: Mode): void {
  go({ asked: [...shown.asked, newly(question, mode)], panel: null });
}

export function openPanel(panel: Panel | null): void {
  go({ ...shown, panel });
}

/** Shows what the address asks for, and follows Back, Forward and a changed address from then on. */
export function follow(onView: (view: View) => void): void {
  show = onView;
  shown = isView(history.state) ? history.state : viewOf(new URL(location.href));
  history.replaceState(shown, "");
  window.addEventListener("popstate", ({ state }) => {
    // An address edited by hand has no state: the conversation stays, the panel follows the address.
    shown = isView(state) ? state : { ...shown, panel: viewOf(new URL(location.href)).panel };
    show(shown);
  });
  show(shown);
}
