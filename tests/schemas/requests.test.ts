import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readChatRequest } from "../../src/chat-completions/request.ts";
import { isIsoDate } from "../../src/documents/dates.ts";
import { RequestError } from "../../src/errors.ts";
import { parseAskBody } from "../../src/schemas/parse-request.ts";
import { at, document, faults, type Json } from "../server/openapi-document.ts";

const asked = (more: object) => ({ question: "What was said?", ...more });
const isRefused = (read: () => unknown) => {
  try {
    read();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(RequestError);
    return true;
  }
};

describe("the described request is the one that is taken", () => {
  const isDescribed = (body: unknown) => faults(["components", "schemas", "AskRequest"], body).length === 0;

  it.each([
    { question: "   " },
    { question: "" },
    { question: "\u00a0\u3000\n" },
    asked({ from: "2020-13" }),
    asked({ from: "2020-02-31" }),
    asked({ to: "2021-02-29" }),
    asked({ to: "1900-02-29" }),
    asked({ to: "20" }),
    asked({ documents: [" "] }),
    asked({ folders: [""] }),
  ])("refuses %j", (body) => {
    expect(isRefused(() => parseAskBody(body))).toBe(true);
    expect(isDescribed(body)).toBe(false);
  });

  it.each([
    { question: " x " },
    asked({ from: "2020-02-29", to: "2020-12" }),
    asked({ from: "2000-02-29", documents: ["a b"], folders: ["minutes"], history: [{ role: "user", content: "" }] }),
  ])("takes %j", (body) => {
    expect(isRefused(() => parseAskBody(body))).toBe(false);
    expect(isDescribed(body)).toBe(true);
  });

  it("has the dates of the calendar, and no other", () => {
    const digits = (length: number, max: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(length, "0"));
    const given = fc.tuple(digits(4, 3100), digits(2, 13), digits(2, 32)).map((parts) => parts.join("-"));
    const pieces = fc.tuple(given, fc.constantFrom(4, 7, 10)).map(([text, length]) => text.slice(0, length));
    const leap = digits(4, 3100).map((year) => `${year}-02-29`);
    const any = fc.oneof(pieces, leap, fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(any, (date) => {
        expect(!isRefused(() => parseAskBody(asked({ from: date })))).toBe(isIsoDate(date));
        expect(isDescribed(asked({ from: date }))).toBe(isIsoDate(date));
      }),
      { numRuns: 1_000 },
    );
    // Every February of four centuries, among them the years that are none of a leap.
    for (let year = 1890; year <= 2310; year++) {
      const date = `${year}-02-29`;
      expect(isDescribed(asked({ to: date })), date).toBe(isIsoDate(date));
    }
  });

  it("says in words what a schema cannot: which date comes first", () => {
    const body = asked({ from: "2021", to: "2020" });
    expect(isRefused(() => parseAskBody(body))).toBe(true);
    const described = at(document, "components", "schemas", "AskRequest", "properties", "to", "description");
    expect(described).toContain("refused where it is before `from`");
    const parameters = at(document, "paths", "/search", "get", "parameters");
    const to = (Array.isArray(parameters) ? parameters : []).find((one: Json) => at(one, "name") === "to");
    expect(at(to, "description")).toContain("refused where it is before `from`");
  });

  it("needs a message of the user in a chat completion", () => {
    const path = ["components", "schemas", "ChatCompletionRequest"];
    const of = (...roles: string[]) => ({
      model: "pilcrow",
      messages: roles.map((role) => ({ role, content: "Who was there?" })),
    });
    for (const body of [of(), of("system"), of("assistant", "developer")]) {
      expect(isRefused(() => readChatRequest(body))).toBe(true);
      expect(faults(path, body)).not.toEqual([]);
    }
    for (const body of [of("user"), of("system", "user", "assistant")]) {
      expect(isRefused(() => readChatRequest(body))).toBe(false);
      expect(faults(path, body)).toEqual([]);
    }
    const dated = { ...of("user"), pilcrow: { from: "2020-13" } };
    expect(isRefused(() => readChatRequest(dated))).toBe(true);
    expect(faults(path, dated)).not.toEqual([]);
    expect(at(document, ...path, "properties", "messages", "description")).toContain("are not all white space");
  });
});
