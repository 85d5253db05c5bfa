import type { DocumentSummary, DocumentView, Mode } from "../src/types.ts";

export interface Health {
  readonly status: "ok" | "no-index";
  readonly version: string;
  readonly documents: number;
  readonly passages: number;
  readonly embedder: string | null;
  /** Changes with the index; null while there is none. */
  readonly generation: string | null;
  readonly modes: readonly Mode[];
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

/** Throws ApiError where nothing answers, or the AbortError of the signal. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Accept: "application/json", ...init.headers };
  return fetch(path, { ...init, headers }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(
      "offline",
      "Pilcrow does not answer on this address; is it running?",
      "Start it with `npm start`.",
    );
  });
}

/** What a response that is no answer has to say. */
export async function failureOf(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => null);
  const detail = typeof body?.detail === "string" ? body.detail : `The server answered ${response.status}.`;
  return new ApiError(String(body?.code ?? "internal"), detail, typeof body?.advice === "string" ? body.advice : "");
}

/** What the server of this page answers, which is Pilcrow of the same version: its shape is tested there. */
async function request<T>(path: string): Promise<T> {
  const response = await send(path);
  if (!response.ok) throw await failureOf(response);
  return response.json().catch((cause: unknown) => {
    throw new ApiError("internal", `The server's answer cannot be read: ${String(cause)}`);
  });
}

export function health(): Promise<Health> {
  return request<Health>("/health");
}

/** What answers are made from now: this version of Pilcrow and this state of the index; null where it cannot be told. */
export async function answersAreMadeFrom(): Promise<string | null> {
  const found = await health().catch(() => null);
  return found === null || found.generation === null ? null : `${found.version} ${found.generation}`;
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
