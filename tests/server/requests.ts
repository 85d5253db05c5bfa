import { expect } from "vitest";
import type { DocumentView } from "../../src/types.ts";
import { answerOf, cite, corpusDocument, documentOf, fakePilcrow } from "./fake-pilcrow.ts";

export const call = corpusDocument("2017-02-07-yun-tillerson-call.txt", "Yun-Tillerson call", "2017-02-07");
const html: DocumentView = {
  ...documentOf("hostile.html", "<script>alert(1)</script>", "Hostile", null),
  mediaType: "text/html",
};
const pdf: DocumentView = {
  ...documentOf("a report.pdf", "%PDF", "Report", null),
  documentId: "a report",
  mediaType: "application/pdf",
};
export const pilcrow = fakePilcrow([call, html, pdf], (request) =>
  answerOf(request.question, [cite(call, "agreed to deploy the system as planned", 1)]),
);

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export async function problemOf(response: Response): Promise<unknown> {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  return response.json();
}
