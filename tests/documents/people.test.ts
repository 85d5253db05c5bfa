import { describe, expect, it } from "vitest";
import { peopleIntroduced } from "../../src/documents/people.ts";

const people = (text: string): string[] => peopleIntroduced(text).map(({ name, role }) => `${name} = ${role}`);

describe("people", () => {
  it.each([
    ["Secretary of Defense William J. Perry spoke.", ["William J. Perry = Secretary of Defense"]],
    ["ROK Minister of National\n      Defense Kim Dong Jin led.", ["Kim Dong Jin = ROK Minister of National Defense"]],
    ["It was the new US Secretary of State Rex Tillerson.", ["Rex Tillerson = US Secretary of State"]],
    [
      "Under Secretary of State for Political Affairs R. Nicholas Burns came.",
      ["R. Nicholas Burns = Under Secretary of State for Political Affairs"],
    ],
    [
      "US Chairman of the Joint Chiefs of Staff, General Mark Milley, presided.",
      ["Mark Milley = US Chairman of the Joint Chiefs of Staff, General"],
    ],
    ["Dr. Maria Lopez, the head of cardiology, said no.", ["Maria Lopez = head of cardiology"]],
    ["Jane Smith, chief engineer, agreed.", ["Jane Smith = chief engineer"]],
    ["Mayor Tom Reilly and Councillor Ann Price", ["Tom Reilly = Mayor", "Ann Price = Councillor"]],
    ["Professor Ada Byron taught.", ["Ada Byron = Professor"]],
    ["Bishop of Durham Justin Welby prayed.", ["Justin Welby = Bishop of Durham"]],
    ["Chief Executive Officer Mary O'Neil resigned.", ["Mary O'Neil = Chief Executive Officer"]],
    ["Yours sincerely,\n\nJane Doe\nSales Director\n", ["Jane Doe = Sales Director"]],
    ["Present: Ann Price (Chair), Bob Ray", ["Ann Price = Chair"]],
    ["Present: Councillors A. Okoro (Chair), J. Brandt", ["A. Okoro = Chair"]],
    ["Mayor Tom Reilly\nCouncillors: Ann Price", ["Tom Reilly = Mayor"]],
    ["Foreign Ministers Jan Kowal and Li Wen met.", ["Jan Kowal = Foreign Minister", "Li Wen = Foreign Minister"]],
    [
      "the Chairmen of the respective Planning Board, General John Smith and General Kim Min",
      ["John Smith = Chairman of the Planning Board, General", "Kim Min = Chairman of the Planning Board, General"],
    ],
    ["Cracks opened in the Friary Bridge, after inspectors found rust.", []],
  ])("%s", (text, expected) => expect(people(text)).toEqual(expected));

  it.each([
    "General Motors Company sold cars. The General Assembly met. Secretary Perry spoke.",
    "The Security Council and the President of the United States agreed on New York.",
    "He lives in Elm Street. Major League Baseball is played in Kansas City.",
    "The Minister and the Secretary met in Camp David. Vice President for Sales.",
  ])("nobody in: %s", (text) => expect(people(text)).toEqual([]));

  it("names each once, by the first and full form", () => {
    expect(
      people(
        "Secretary of Defense William J. Perry spoke. Secretary Perry left. Secretary of Defense William J. Perry came.",
      ),
    ).toHaveLength(1);
  });
});
