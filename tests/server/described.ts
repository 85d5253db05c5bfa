import { expect } from "vitest";
import { at, document, entries, faults } from "./openapi-document.ts";

/** Whether what came back is what /openapi.json says of that operation, status and type; its body where it is JSON. */
export async function described(path: string, response: Response, method = "get"): Promise<unknown> {
  const type = (response.headers.get("Content-Type") ?? "").replace(/;.*/, "");
  const place = ["paths", path, method, "responses", String(response.status)];
  const reference = at(document, ...place, "$ref");
  const named = typeof reference === "string" ? reference.replace("#/", "").split("/") : place;
  expect(entries(at(document, ...named, "content")).map(([name]) => name)).toContain(type);
  for (const [name] of entries(at(document, ...named, "headers"))) expect(response.headers.has(name), name).toBe(true);
  if (!type.endsWith("json")) return response.text();
  const body: unknown = await response.json();
  expect(faults([...named, "content", type, "schema"], body)).toEqual([]);
  return body;
}

/** The events of a stream, each with its data. */
export async function eventsOf(response: Response): Promise<{ name: string; data: unknown }[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block !== "" && !block.startsWith(":"));
  return blocks.map((block) => ({
    name: /^event: (.*)$/m.exec(block)?.[1] ?? "",
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? ""),
  }));
}

export function postJson(url: string, body: object, accept = "application/json"): Promise<Response> {
  const headers = { "Content-Type": "application/json", Accept: accept };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}
