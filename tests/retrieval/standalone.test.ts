import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { SearchableIndex } from "../../src/retrieval/searchable.ts";
import { standaloneQuestion } from "../../src/retrieval/standalone.ts";
import type { Turn } from "../../src/types.ts";
import { indexOf } from "../make-index.ts";

let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({
    minutes: {
      title: "Minutes of the harbour board",
      date: "2004-05-01",
      people: [
        { name: "Ines Aldana", role: "Harbour Master" },
        { name: "Tom Reilly", role: "Mayor" },
      ],
      paragraphs: ["Harbour Master Ines Aldana reported on dredging.", "Mayor Tom Reilly thanked her."],
    },
    yard: { title: "The yard", paragraphs: ["An explosion was heard. They called it a dangerous yard."] },
  });
});

const user = (content: string): Turn => ({ role: "user", content });
const assistant = (content: string): Turn => ({ role: "assistant", content });
const REPORT = [user("What did Aldana report in 2004?")];
const WHO = [user("Who reported on dredging?"), assistant("Harbour Master Ines Aldana did.")];

describe("a follow-up is written out", () => {
  it.each<[string, readonly Turn[], string]>([
    // People and roles
    ["What did she recommend?", REPORT, "What did Ines Aldana recommend in 2004?"],
    ["Who thanked her?", WHO, "Who thanked Ines Aldana?"],
    ["What was his reply?", [user("Did Reilly answer before 2006?")], "What was Tom Reilly's reply before 2006?"],
    ["And what did the mayor promise?", [user("What did Reilly say?")], "What did Tom Reilly promise?"],
    ["What did he think of her plan?", [user("What did Reilly say?")], "What did Tom Reilly think of her plan?"],
    ["Who taught her?", [user("Where was Odile Marchand born?")], "Who taught Odile Marchand?"],
    ["Did he pay?", [user("What did the treasurer say?")], "Did the treasurer pay?"],
    // Things
    ["Why was it late?", [user("When did the dredging end?")], "Why was the dredging late?"],
    ["Who designed it?", [user("When was the Weir Bridge opened?")], "Who designed the Weir Bridge?"],
    ["What are its arches?", [user("When was the Weir Bridge opened?")], "What are the Weir Bridge's arches?"],
    ["How long do they last?", [user("When did the repairs begin?")], "How long do the repairs last?"],
    [
      "What did it cost?",
      [user("How did the town react to the harbour plan?")],
      "What did it cost (How did the town react to the harbour plan)?",
    ],
    [
      "Who signed that paper?",
      [user("When did the dredging end?")],
      "Who signed that paper (When did the dredging end)?",
    ],
    // Another period, person or thing
    ["And in 2005?", REPORT, "What did Aldana report in 2005?"],
    ["The same for 2005", REPORT, "What did Aldana report in 2005?"],
    ["I meant 2005", REPORT, "What did Aldana report in 2005?"],
    ["What about Reilly?", REPORT, "What did Reilly report in 2004?"],
    ["How about the mayor?", REPORT, "What did the mayor report in 2004?"],
    ["And the harbour side?", REPORT, "What did the harbour side report in 2004?"],
    ["What about the Friary Bridge?", [user("Who built the Weir Bridge?")], "Who built the Friary Bridge?"],
    ["And in the second?", [user("How many came to the first meeting?")], "How many came to the second meeting?"],
    ["No, the other one.", [user("When was the yard closed?")], "The other one (When was the yard closed)?"],
    ["How about dogs?", [user("What does a ticket cost?")], "How about dogs (What does a ticket cost)?"],
    ["And what did the Mayor promise?", REPORT, "What did the Mayor promise in 2004?"],
    ["Only in 2005?", REPORT, "What did Aldana report in 2005?"],
    ["The mayor?", REPORT, "What did the mayor report in 2004?"],
    // A correction
    ["No, 2005", REPORT, "What did Aldana report in 2005?"],
    ["Sorry, I meant Reilly", REPORT, "What did Reilly report in 2004?"],
    ["I meant 2005", [user("What did it cost between 2001 and 2003?")], "What did it cost in 2005?"],
    ["I meant since 2005", REPORT, "What did Aldana report since 2005?"],
    ["No, I meant the rent", REPORT, "The rent (What did Aldana report in 2004)?"],
    ["No, I meant the rent, not the fee", REPORT, "The rent (What did Aldana report in 2004)?"],
    ["I meant 2003", [user("What was paid on 3 May 2004?")], "What was paid in 2003?"],
    ["I meant 4 May 2003", [user("What was paid in 2004?")], "What was paid on 4 May 2003?"],
    // A period of its own: the other one is not asked for
    [
      "What did they agree on in 2013?",
      [user("Who met in Port Arden in 2006?")],
      "What did they agree on in 2013 (Who met in Port Arden)?",
    ],
    [
      "How does it compare with 2013?",
      [user("How much rain fell in 2006?")],
      "How does it compare with 2013 (How much rain fell in 2006)?",
    ],
    ["Compare with 2013", [user("How much rain fell in 2006?")], "How much rain fell in 2006 and 2013?"],
    // Every mention
    ["and every mention of THE YARD?", REPORT, "Every mention of THE YARD?"],
    ["and foxes?", [user("Every mention of bees")], "Every mention of foxes"],
    ["And the ferry?", [user("Where is the yard mentioned?")], "Where is the ferry mentioned?"],
    ["Only in 2005?", [user("Every mention of bees")], "Every mention of bees in 2005?"],
    ["How often is it mentioned?", [user("Who built the Weir Bridge?")], "How often is the Weir Bridge mentioned?"],
    ["And every mention of her?", REPORT, "Every mention of Ines Aldana?"],
    ["Foxes too?", [user("Every mention of bees")], "Every mention of Foxes"],
    // Politeness around it
    ["Thanks. And in 2005?", REPORT, "What did Aldana report in 2005?"],
    [
      "Could you please tell me who designed it?",
      [user("When was the Weir Bridge opened?")],
      "Who designed the Weir Bridge?",
    ],
    // No capital inside
    ["What does he think?", [user("The surveyor was heard when?")], "What does the surveyor think?"],
    ["Who designed it?", [user("The bridge was opened when?")], "Who designed the bridge?"],
    // Ellipsis
    ["Why?", [user("When did the dredging end?")], "Why did the dredging end?"],
    ["Why?", [user("Did the dredging end early?")], "Why did the dredging end early?"],
    ["When?", [user("Who ended the dredging?")], "When (Who ended the dredging)?"],
    ["How much?", [user("Who paid for the dredging?")], "How much (Who paid for the dredging)?"],
    ["Who else?", [user("Who reported on dredging?")], "Who else reported on dredging?"],
    ["What else?", WHO, "What else (Who reported on dredging)?"],
    ["And after that?", [user("When did the dredging end?")], "After that (When did the dredging end)?"],
  ])("%j after %j", (question, history, expected) => {
    expect(standaloneQuestion(question, history, index)).toBe(expected);
  });

  it("keeps the subject through a chain of follow-ups", () => {
    const history = [
      ...REPORT,
      assistant("Dredging."),
      user("And in 2005?"),
      assistant("Nothing."),
      user("Thank you."),
    ];
    expect(standaloneQuestion("What about Reilly?", history, index)).toBe("What did Reilly report in 2005?");
  });
});

describe("what stands alone is left alone", () => {
  it.each<[string, readonly Turn[]]>([
    ["And what did she promise?", []],
    ["What did the Mayor say about fares?", REPORT],
    ["What is it like to work in the yard?", REPORT],
    ["Is there a crane in the yard?", REPORT],
    ["Is it true that the yard is closed?", REPORT],
    ["Did they call the explosion dangerous?", REPORT],
    ["Who signed the pact that ended the strike?", REPORT],
    ["Did Reilly say why he left?", REPORT],
    ["Thank you", REPORT],
    ["Thanks a lot!", WHO],
  ])("%j after %j", (question, history) => {
    expect(standaloneQuestion(question, history, index)).toBe(question);
  });

  it("whatever is asked, when nothing was said before", () => {
    fc.assert(fc.property(fc.string(), (question) => standaloneQuestion(question, [], index) === question));
  });
});

it("reads any words at all", () => {
  const words = fc.array(
    fc.constantFrom(
      "what",
      "about",
      "it",
      "she",
      "that",
      "else",
      "the",
      "2004",
      "?",
      "(",
      "and",
      "Reilly",
      "no",
      ",",
      "same",
    ),
  );
  const text = words.map((parts) => parts.join(" "));
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), (question, before) => {
      expect(standaloneQuestion(question, before.map(user), index)).toEqual(expect.any(String));
    }),
  );
});
