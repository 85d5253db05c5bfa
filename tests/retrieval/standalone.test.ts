import { beforeAll, expect, it } from "vitest";
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
  });
});

const user = (content: string): Turn => ({ role: "user", content });
const assistant = (content: string): Turn => ({ role: "assistant", content });

it.each<[string, readonly Turn[], string]>([
  [
    "What did the Mayor say about fares?",
    [user("What did Aldana report in 2004?")],
    "What did the Mayor say about fares?",
  ],
  ["What did she recommend?", [user("What did Aldana report in 2004?")], "What did Ines Aldana recommend in 2004?"],
  [
    "Who thanked her?",
    [user("Who reported on dredging?"), assistant("Harbour Master Ines Aldana did.")],
    "Who thanked Ines Aldana?",
  ],
  ["What was his reply?", [user("Did Reilly answer before 2006?")], "What was Tom Reilly's reply before 2006?"],
  ["And in 2005?", [user("What did Aldana report in 2004?")], "What did Aldana report in 2005?"],
  ["What about Reilly?", [user("What did Aldana report in 2004?")], "What did Reilly report in 2004?"],
  ["And what did the Mayor promise?", [user("What did Aldana report in 2004?")], "what did the Mayor promise in 2004?"],
  ["Why was it late?", [user("When did the dredging end?")], "Why was it late (When did the dredging end)?"],
])("%j after %j", (question, history, expected) => {
  expect(standaloneQuestion(question, history, index)).toBe(expected);
});

it("leaves a question without history as it is", () => {
  expect(standaloneQuestion("And what did she promise?", [], index)).toBe("And what did she promise?");
});
