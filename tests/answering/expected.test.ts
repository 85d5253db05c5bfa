import { expect, it } from "vitest";
import { expectedKind, offers } from "../../src/answering/expected.ts";

it.each([
  ["Who chaired the meeting?", "person"],
  ["Which country sent a delegation?", "name"],
  ["Where is the depot?", "name"],
  ["When did it open?", "time"],
  ["In what year did it open?", "time"],
  ["How many trams are there?", "number"],
  ["What percentage was lost?", "number"],
  ["Why was it closed?", null],
])("%j asks for a %s", (question, kind) => expect(expectedKind(question)).toBe(kind));

it("finds the thing asked for in a sentence, and no name that the question holds already", () => {
  expect(offers("number", "It has twelve doors.", "How many doors?")).toBe(true);
  expect(offers("number", "It has doors.", "How many doors?")).toBe(false);
  expect(offers("time", "It opened in May.", "When did it open?")).toBe(true);
  expect(offers("time", "It opened late.", "When did it open?")).toBe(false);
  expect(offers("name", "The chair was Ines Aldana.", "Who was the chair?")).toBe(true);
  expect(offers("name", "Later the Mayor spoke.", "Who spoke after the Mayor?")).toBe(false);
  expect(offers(null, "Because of the rain.", "Why?")).toBe(true);
});
