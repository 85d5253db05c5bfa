import { beforeAll, describe, expect, it } from "vitest";
import type { SearchableIndex } from "../../src/retrieval/searchable.ts";
import { standaloneQuestion } from "../../src/retrieval/standalone.ts";
import type { Turn } from "../../src/types.ts";
import { indexOf } from "../make-index.ts";

/** Accounts of a ferry company, minutes of beekeepers, letters, the manual of a kiln, and talks of two valleys. */
let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({
    accounts: {
      title: "Accounts of the Tollan Ferry Company, 2018",
      date: "2019-03-01",
      paragraphs: [
        "Income in 2018 was 40,000 crowns and the balance at the end of the year 6,000 crowns.",
        "The company sold the Petrel to a yard in Velm. The loss was covered by the reserve.",
      ],
    },
    bees: {
      title: "Minutes of the beekeepers' association",
      date: "2018-05-04",
      people: [
        { name: "Ruth Penhale", role: "Chair" },
        { name: "Silas Okoro", role: "Treasurer" },
      ],
      paragraphs: [
        "Chair Ruth Penhale warned of mites. Treasurer Silas Okoro reported that the fees had been paid.",
        "The hives were moved to the orchard because they had stood too wet.",
      ],
    },
    letters: {
      title: "Letter to Clara Whitlock",
      date: "1911-06-02",
      people: [{ name: "Edwin Marsh", role: "Surveyor" }],
      paragraphs: ["Surveyor Edwin Marsh will not accept the post. I shall travel with my sister.", "Yours, Edwin"],
    },
    manual: {
      title: "Manual of the Brennet kilns",
      paragraphs: ["The Brennet B4 weighs 40 kg, the Brennet B7 65 kg.", "Bake bread at 230 degrees."],
    },
    talks: {
      title: "The water talks of 1998",
      date: "1998-10-01",
      paragraphs: ["The Velm side asked for a weir. The Ostran side asked for time.", "The two sides signed in Arden."],
    },
  });
});

const user = (content: string): Turn => ({ role: "user", content });
const said = (...questions: readonly string[]) => questions.map(user);

describe("a follow-up on another subject is written out", () => {
  it.each<[asked: string, before: readonly Turn[], expected: string]>([
    // The thing changes
    ["And the balance?", said("What was the income in 2018?"), "What was the balance in 2018?"],
    ["And the loss?", said("How large was the profit in 2019?"), "How large was the loss in 2019?"],
    ["And the fees?", said("Who paid the rent in 2018?"), "Who paid the fees in 2018?"],
    ["What about the B7?", said("How heavy is the B4?"), "How heavy is the B7?"],
    ["As for the B7?", said("How heavy is the B4?"), "How heavy is the B7?"],
    ["And Okoro?", said("What did Penhale say about mites?"), "What did Okoro say about mites?"],
    ["And the second one?", said("What did the first letter say?"), "What did the second letter say?"],
    ["The second one?", said("How heavy was the first kiln?"), "How heavy was the second kiln?"],
    ["And the other side?", said("What did the Velm side ask for?"), "What did the other side ask for?"],
    ["The other side?", said("What did the Velm side ask for?"), "What did the other side ask for?"],
    ["And the latter?", said("What did Penhale and Okoro say about mites?"), "What did Okoro say about mites?"],
    ["And the former?", said("What did Penhale and Okoro say about mites?"), "What did Penhale say about mites?"],
    // The time changes
    ["And before that?", said("Who led the association in 2018?"), "Who led the association before 2018?"],
    ["Before that?", said("Who led the association in 2018?"), "Who led the association before 2018?"],
    ["And after that?", said("What did the company sell in 2018?"), "What did the company sell after 2018?"],
    ["And since then?", said("Who led the association in 2018?"), "Who led the association since 2018?"],
    ["And the year before?", said("What was the income in 2018?"), "What was the income in 2017?"],
    ["And the year after that?", said("What was the income in 2018?"), "What was the income in 2019?"],
    ["The following year?", said("What was the income in May 2018?"), "What was the income in 2019?"],
    ["And ten years earlier?", said("What was the income in 2018?"), "What was the income in 2008?"],
    ["The same in 1912?", said("Where did Whitlock live in 1911?"), "Where did Whitlock live in 1912?"],
    ["Not 2018, 2019", said("What was the income in 2018?"), "What was the income in 2019?"],
    ["2019, I mean.", said("What was the income in 2018?"), "What was the income in 2019?"],
    // The question changes
    ["By how much?", said("Did the income rise in 2019?"), "By how much did the income rise in 2019?"],
    ["By whom?", said("When was the kiln repaired?"), "By whom was the kiln repaired?"],
    ["To whom?", said("Did Whitlock write in 1911?"), "To whom did Whitlock write in 1911?"],
    ["With whom?", said("Where did Whitlock travel in 1911?"), "With whom did Whitlock travel in 1911?"],
    ["In which year?", said("Did the company sell the Petrel?"), "In which year did the company sell the Petrel?"],
    ["At what temperature?", said("How do I bake bread in the B4?"), "At what temperature do I bake bread in the B4?"],
    ["And when?", said("Did the company sell the Petrel?"), "When did the company sell the Petrel?"],
    ["Why not?", said("Did Marsh accept the post?"), "Why not (Did Marsh accept the post)?"],
    ["Anything else?", said("What did Okoro report?"), "What else did Okoro report?"],
    ["Anyone else?", said("Who spoke of mites?"), "Who else spoke of mites?"],
    ["Somewhere else?", said("Where were the hives moved?"), "Where else were the hives moved?"],
    ["Tell me more.", said("What did Okoro report?"), "Tell me more (What did Okoro report)?"],
    // Of whom it was asked changes
    ["Who else?", said("What did Okoro commit to in 2018?"), "Who else committed to anything in 2018?"],
    ["And who else?", said("What did Penhale say about mites?"), "Who else said anything about mites?"],
    ["Anyone else?", said("What did the treasurer deny in 2018?"), "Who else denied anything in 2018?"],
    ["Who else?", said("Did Marsh refuse the post?"), "Who else refused the post?"],
    ["Who else?", said("When did Okoro visit the orchard?"), "Who else visited the orchard?"],
    ["Who else?", said("Why did Penhale plan a meeting?"), "Who else planned a meeting?"],
    ["Who else?", said("What did Okoro ask Penhale?"), "Who else (What did Okoro ask Penhale)?"],
    ["Who else?", said("When did the ferry sink?"), "Who else (When did the ferry sink)?"],
    // A name of its kind
    ["And Ostra?", said("What did Penhale say about Velm?"), "What did Penhale say about Ostra?"],
    [
      "and North Ostra?",
      said("What did Penhale say about Velm?", "And Ostra?"),
      "What did Penhale say about North Ostra?",
    ],
    ["What about Arden?", said("Did Marsh speak of Velm in 1911?"), "Did Marsh speak of Arden in 1911?"],
    ["And Hester Vane?", said("What did Penhale say of Velm?"), "Hester Vane (What did Penhale say of Velm)?"],
    // A subject without an article
    [
      "And the balance?",
      said("How did ticket prices change from 2017 to 2018?"),
      "How did the balance change from 2017 to 2018?",
    ],
    ["And wages?", said("Why did ticket prices rise in 2018?"), "Why did wages rise in 2018?"],
    // The time beside it
    ["Compare it with 2019", said("What was the income in 2018?"), "What was the income in 2018 and 2019?"],
    ["Compare that to 2019.", said("What did Okoro report in 2018?"), "What did Okoro report in 2018 and 2019?"],
    [
      "Compare it with the loss",
      said("What was the income in 2018?"),
      "Compare it with the loss (What was the income in 2018)?",
    ],
    ["Compare it with 2019", said("What was the income?"), "Compare it with 2019 (What was the income)?"],
    // The thing, though no document says this of it
    ["How high is it?", said("When was Mount Ferrow first climbed?"), "How high is Mount Ferrow?"],
    ["How wide is it?", said("When was the old quay finally repaired?"), "How wide is the old quay?"],
    ["And the Sorrel?", said("When was Mount Ferrow first climbed?", "How high is it?"), "How high is the Sorrel?"],
    // Side by side
    ["Compare them.", said("What was the income in 2018?", "And in 2019?"), "What was the income in 2018 and 2019?"],
    [
      "Compare them",
      said("What did Penhale say about mites?", "And Okoro?"),
      "What did Penhale and Okoro each say about mites?",
    ],
    ["Compare the two.", said("How heavy is the B4?", "And the B7?"), "How heavy is the B4 and the B7 each?"],
    [
      "How do they compare?",
      said("What did Penhale and Okoro say about mites?"),
      "What did Penhale and Okoro each say about mites?",
    ],
    ["Compare them.", said("What were the fees in 2018 and 2019?"), "What were the fees in 2018 and 2019?"],
    ["Compare them.", said("Which kilns are sold?"), "Compare them (Which kilns are sold)?"],
    // What is pointed at
    [
      "What else did he write?",
      said("What did Edwin Marsh write in 1911?"),
      "What else did Edwin Marsh write in 1911?",
    ],
    ["Where did they meet?", said("When did the two sides sign?"), "Where did the two sides meet?"],
    ["Is it similar to the B7?", said("How heavy is the B4?"), "Is the B4 similar to the B7?"],
    ["Who opposed that?", said("What did Okoro propose?"), "Who opposed that (What did Okoro propose)?"],
    [
      "How long did that take?",
      said("How were the hives moved?"),
      "How long did that take (How were the hives moved)?",
    ],
  ])("%j after %j", (asked, before, expected) => {
    expect(standaloneQuestion(asked, before, index)).toBe(expected);
  });
});

describe("a question that stands alone stays as it is", () => {
  const BEFORE = [
    "What was the income of the ferry company in 2018?",
    "What did Edwin Marsh write about the post?",
    "Who moved the hives to the orchard?",
  ];
  it.each([
    "Did the company say that it would sell the Petrel?",
    "Why was the kiln closed before it was sold?",
    "When did the ferry sink after it had left Arden?",
    "Why did the bees die although they were fed?",
    "Were the hives moved because they stood too wet?",
    "What did the treasurer say when he resigned?",
    "What did the treasurer claim in his report?",
    "Did Ruth Penhale say why she left?",
    "Did the surveyor explain why he refused the post?",
    "Is it true that the Petrel was sold?",
    "Is it possible to bake bread in the kiln?",
    "How long does it take to heat the kiln?",
    "What does it cost to join the association?",
    "Who said that the fees had been paid?",
    "Did the beekeepers say that they had lost hives?",
    "Which weir did the talks that ended in 1998 decide on?",
    "Was the letter that Marsh wrote ever answered?",
    "Who signed the treaty that the two sides had drafted?",
    "How many hives are there in the orchard?",
    "Was there a reserve?",
    "Is there anything about mites in the minutes of the beekeepers?",
    "What happened to the Petrel in this year's accounts?",
    "Compare the Brennet B4 with the Brennet B7.",
    "How do the B4 and the B7 differ?",
    "What did Penhale and Okoro each say about fees?",
    "What is the second chapter of the manual about?",
    "Who travelled with Clara Whitlock?",
    "What did the other side of the valley ask for in the water talks?",
    "Where did the company sell the ferry that it had bought in Velm?",
    "Which kiln is heavier, the B4 or the B7?",
    "Are the Velm side and the Ostran side the same party?",
    "Did Penhale and Okoro say the same?",
    "Was the fee the same as the rent?",
    "Is the B4 a gas kiln, and how is it cleaned?",
    "Is the Petrel a ferry and when did it sink?",
    "Does the manual say how hot the kiln must be before it is opened?",
    "What was the balance at the end of that year in the accounts of the Tollan Ferry Company?",
  ])("%j", (asked) => {
    for (const before of BEFORE) expect(standaloneQuestion(asked, said(before), index)).toBe(asked);
  });
});
