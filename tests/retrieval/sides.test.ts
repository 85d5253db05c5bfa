import { expect, it } from "vitest";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { readSides } from "../../src/retrieval/sides.ts";
import { indexOf } from "../make-index.ts";

const index = await indexOf({
  june: { title: "Log of June", date: "2011-06-04", paragraphs: ["Nine terns were ringed."] },
  july: { title: "Log of July", date: "2011-07-04", paragraphs: ["Twelve terns were ringed."] },
});

it.each(["How many terns were ringed in June or July?", "How many terns were ringed in June 2011 or in July 2011?"])(
  "takes alternatives as one period of two spans: %s",
  (question) => {
    expect(readSides(question, index)).toEqual([]);
    expect(readQuestion(question, index)).toMatchObject({ period: {}, spans: [{}, {}] });
  },
);

it("takes times joined by and as sides", () => {
  const titles = readSides("How many terns were ringed in June and in July 2011?", index).map(({ title }) => title);
  expect(titles).toEqual(["June 2011", "July 2011"]);
});
