import { describe, expect, it } from "vitest";
import { judge } from "../../src/answering/refusal.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { indexOf } from "../make-index.ts";

/** What is said when no passage is of the period, of a beekeeper's notes of these dates. */
async function refused(question: string, dates: readonly string[]): Promise<string | undefined> {
  const notes = dates.map((date, i) => [`note${i}`, { title: "Notes", date, paragraphs: ["The hives are strong."] }]);
  const index = await indexOf(Object.fromEntries(notes));
  const reading = readQuestion(question, index);
  const finding = await judge(reading, [], index, { period: reading.period, spans: reading.spans }, async () => -1);
  return finding?.message;
}

describe("a period without documents is refused with", () => {
  it.each([
    ["the years there are", ["2004-03-01", "2004-05-01", "2005"], "of 2004 and 2005."],
    ["the months, all of one year", ["2004-05-01", "2004-03-01", "2004-03-09"], "of March 2004 and May 2004."],
    ["the days, all of one month", ["2004-03-01", "2004-03-09"], "of 1 March 2004 and 9 March 2004."],
    ["the one day there is", ["2004-03-09"], "of 9 March 2004."],
    ["the year that is all there is", ["2004"], "of 2004."],
  ])("%s", async (_, dates, expected) => {
    expect(await refused("How are the hives in 1998?", dates)).toBe(
      `The documents do not say. No document is of “1998”, and none mentions that time; there are documents ${expected}`,
    );
  });

  it("the years that titles and file names say", async () => {
    const index = await indexOf({
      "yearbook-2001": { title: "Yearbook", paragraphs: ["The hives are strong."] },
      other: { title: "Report of 2003", paragraphs: ["The hives are weak."] },
      notes: { title: "Notes", paragraphs: ["The hives."] },
    });
    const reading = readQuestion("How are the hives in 1998?", index);
    const finding = await judge(reading, [], index, { period: reading.period, spans: reading.spans }, async () => -1);
    expect(finding?.message).toContain("there are documents of 2001 and 2003; 1 has no date.");
  });

  it("each of the times asked for", async () => {
    expect(await refused("Were the hives stronger in 1998 or in spring 2001?", ["2004"])).toContain(
      "No document is of “1998” or “spring 2001”, and none mentions that time",
    );
  });
});
