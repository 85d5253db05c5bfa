import { expect, it } from "vitest";
import { answerText, hitsText } from "../../src/mcp/words.ts";
import { answer, citation, hit } from "../cli/fake-pilcrow.ts";

const link = (url: string) => `http://localhost${url}`;

it("says why an answer is quoted, and what a citation is no longer", () => {
  const fallback = { reason: "timeout", message: "The language model took too long." } as const;
  const citations = [{ ...citation, check: "not-found" as const, quote: "" }];
  const text = answerText({ ...answer, fallback, citations }, link);
  expect(text).toContain("Quoted instead of written: The language model took too long.");
  expect(text).toContain("[1] Minutes of the garden club, 2021-03-09, ¶4 (not-found)\n");
});

it("quotes no passage that its file no longer has", () => {
  expect(hitsText([{ ...hit, check: "not-found", text: "" }], link)).toBe(
    "1. Minutes of the garden club, 2021-03, ¶4: (no longer in its file)\n   http://localhost/documents/minutes#p4",
  );
  expect(hitsText([], link)).toBe("Nothing was found.");
});
