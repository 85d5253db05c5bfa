import type { DocumentSummary } from "../src/types.ts";
import { documents, documentView } from "./api.ts";
import { errorNotice } from "./conversation.ts";
import { documentText } from "./document-text.ts";
import { button, byId, element, link } from "./elements.ts";
import { count, formatDate } from "./format.ts";
import { type DocumentTarget, openPanel, type Panel, permalink } from "./navigation.ts";

const app = byId("app", HTMLElement);
const panel = byId("panel", HTMLElement);
const toggle = byId("show-documents", HTMLButtonElement);
const covers = matchMedia("(max-width: 63.99rem)");
let opener: Element | null = null;
/** The panel whose content is loaded; a slower answer for an earlier one is dropped. */
let latest: Panel | null = null;

/** A panel that covers the page keeps keyboard and screen reader out of what it covers. */
function isolate(): void {
  app.inert = covers.matches && latest !== null;
  panel.setAttribute("aria-modal", String(covers.matches));
}
covers.addEventListener("change", isolate);

function heading(title: string, ...actions: readonly (HTMLElement | null)[]): HTMLElement {
  return element(
    "div",
    { class: "panel-head" },
    element("h2", { id: "panel-title", tabindex: "-1", dir: "auto" }, title),
    button("✕", () => openPanel(null), { class: "close", "aria-label": "Close", title: "Close (Esc)" }),
    element("div", { class: "actions" }, ...actions),
  );
}

function copyButton(path: string): HTMLElement | null {
  // A browser offers the clipboard on this machine and over HTTPS only; the passage labels are links either way.
  if (!("clipboard" in navigator)) return null;
  const made = button(
    "Copy link",
    () => {
      navigator.clipboard.writeText(new URL(path, location.href).href).then(
        () => made.replaceChildren("Copied"),
        () => made.replaceChildren("Not copied"),
      );
    },
    { class: "quiet" },
  );
  return made;
}

function scrollTo(place: Element): void {
  const block = place.getBoundingClientRect().height > panel.clientHeight / 2 ? "start" : "center";
  place.scrollIntoView({ block, behavior: "instant" });
  // In a long document the passages before this one get their true height only now that they are near.
  requestAnimationFrame(() => place.scrollIntoView({ block, behavior: "instant" }));
}

async function fillDocument(target: DocumentTarget): Promise<void> {
  const view = await documentView(target.documentId);
  if (latest !== target) return;
  const { title, date, path, source } = view;
  const facts = [date === null ? null : formatDate(date), source, path].filter((fact) => fact !== null);
  const raw = `/documents/${encodeURIComponent(target.documentId)}/raw`;
  const missing =
    target.anchor !== "" && view.passages.every(({ passageId }) => !passageId.endsWith(`#${target.anchor}`));
  panel.replaceChildren(
    heading(
      title,
      button("All documents", () => openPanel({ kind: "list" }), { class: "quiet" }),
      element("a", { class: "quiet", href: raw, target: "_blank", rel: "noopener" }, "Raw file"),
      copyButton(permalink(target)),
    ),
    element("p", { class: "facts", dir: "auto" }, facts.join(" · ")),
    ...(missing
      ? [element("p", { class: "notice" }, "The passage of this link is not in the document any more.")]
      : []),
    documentText(view, target),
  );
  const cited = panel.querySelector<HTMLElement>(".passage.cited");
  const place = cited?.querySelector("mark") ?? cited;
  (cited ?? panel.querySelector<HTMLElement>("#panel-title"))?.focus({ preventScroll: true });
  if (place) scrollTo(place);
  else panel.scrollTop = 0;
}

function documentList(all: readonly DocumentSummary[]): HTMLElement {
  const rows = all.map(({ documentId, title, date, path, passages }) => {
    const target: DocumentTarget = { kind: "document", documentId, anchor: "", span: null };
    const facts = [date === null ? null : formatDate(date), count(passages, "passage"), path].filter(
      (fact) => fact !== null,
    );
    return element(
      "li",
      {},
      link(permalink(target), () => openPanel(target), { dir: "auto" }, title),
      element("span", { class: "facts" }, facts.join(" · ")),
    );
  });
  return element("ul", { class: "documents" }, ...rows);
}

async function fillList(): Promise<void> {
  const own = latest;
  const all = await documents();
  if (latest !== own) return;
  panel.replaceChildren(heading("Documents"), documentList(all));
  panel.querySelector<HTMLElement>("#panel-title")?.focus();
}

async function fill(shown: Panel): Promise<void> {
  try {
    await (shown.kind === "list" ? fillList() : fillDocument(shown));
  } catch (error) {
    if (latest !== shown) return;
    panel.replaceChildren(
      heading(shown.kind === "list" ? "Documents" : "Document"),
      errorNotice(error, () => fill(shown)),
    );
    panel.querySelector<HTMLElement>(".close")?.focus();
  }
}

/** Opens the panel, fills it anew, or closes it and gives the focus back. */
export function showPanel(shown: Panel | null): void {
  if (latest === null && shown !== null) opener = document.activeElement;
  const wasOpen = latest !== null;
  latest = shown;
  panel.hidden = shown === null;
  document.body.classList.toggle("with-panel", shown !== null);
  toggle.setAttribute("aria-expanded", String(shown !== null));
  isolate();
  if (shown !== null) void fill(shown);
  else if (wasOpen) {
    panel.replaceChildren();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }
}
