import type { Answer, DocumentSummary, DocumentView, Turn } from "../src/types.ts";

export interface Health {
  readonly status: "ok" | "no-index";
  readonly version: string;
  readonly documents: number;
  readonly passages: number;
  readonly embedder: string | null;
}

/** What the server, or the way to it, has against a request: a message for a person, and what to do. */
export class ApiError extends Error {
  readonly code: string;
  readonly advice: string;

  constructor(code: string, message: string, advice = "") {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}

/** What the server of this page answers, which is Pilcrow of the same version: its shape is tested there. */
async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = { Accept: "application/json", ...init.headers };
  const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(
      "offline",
      "Pilcrow does not answer on this address; is it running?",
      "Start it with `npm start`.",
    );
  });
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  const detail = typeof body?.detail === "string" ? body.detail : `The server answered ${response.status}.`;
  throw new ApiError(String(body?.code ?? "internal"), detail, typeof body?.advice === "string" ? body.advice : "");
}

/** Throws ApiError, or the AbortError of the signal. */
export function ask(question: string, history: readonly Turn[], signal: AbortSignal): Promise<Answer> {
  const body = JSON.stringify({ question, history: recent(history) });
  return request<Answer>("/ask", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
}

export function health(): Promise<Health> {
  return request<Health>("/health");
}

const titles = new Map<string, string>();

export async function documents(): Promise<DocumentSummary[]> {
  const { documents: all } = await request<{ documents: DocumentSummary[] }>("/documents");
  for (const { documentId, title } of all) titles.set(documentId, title);
  return all;
}

/** The title of a document that was listed, else its id. */
export function titleOf(documentId: string): string {
  return titles.get(documentId) ?? documentId;
}

export function documentView(documentId: string): Promise<DocumentView> {
  return request(`/documents/${encodeURIComponent(documentId)}`);
}

/** The end of the conversation that the server takes: 50 turns of 8,000 characters, 32 KiB with the question. */
function recent(history: readonly Turn[]): Turn[] {
  const kept = history.slice(-50).map(({ role, content }) => ({ role, content: content.slice(0, 8_000) }));
  while (new TextEncoder().encode(JSON.stringify(kept)).length > 20_000) kept.splice(0, 2);
  return kept;
}
