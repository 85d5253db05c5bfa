import type { Mode } from "../src/types.ts";

/** What is on the page, as the browser's history keeps it: reload, Back and a shared link show the same. */
export interface View {
  /** The questions of the conversation, in order. */
  readonly asked: readonly string[];
  /** How each was asked; quoted where none is kept, as of an address that somebody shared. */
  readonly modes?: readonly Mode[];
  readonly panel: Panel | null;
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
  const question = asked.at(-1);
  return question === undefined ? "/" : `/?${new URLSearchParams({ q: question })}`;
}

/** What an address asks for, on its own. */
function viewOf(url: URL): View {
  const question = url.searchParams.get("q")?.trim() ?? "";
  const id = /^\/documents\/([^/]+)$/.exec(url.pathname)?.[1];
  const asked = question === "" || id !== undefined ? [] : [question.slice(0, 2_000)];
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

function isView(state: unknown): state is View {
  return (
    typeof state === "object" && state !== null && "asked" in state && Array.isArray(state.asked) && "panel" in state
  );
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
  const { asked, modes = [] } = shown;
  go({ asked: [...asked, question], modes: [...asked.map((_, i) => modes[i] ?? "extractive"), mode], panel: null });
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
