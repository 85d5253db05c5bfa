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
    ["Chief Executive Nora Vale opened it.", ["Nora Vale = Chief Executive"]],
    ["Nora Vale, chief executive, opened it.", ["Nora Vale = chief executive"]],
    ["Attorney General Owen Marr sued.", ["Owen Marr = Attorney General"]],
    ["Owen Marr, attorney general of Wessland, sued.", ["Owen Marr = attorney general of Wessland"]],
    ["Secretary-General Ines Holt and Head Coach Bo Tarn", ["Ines Holt = Secretary-General", "Bo Tarn = Head Coach"]],
    ["They won under head coach Bo Tarn.", ["Bo Tarn = head coach"]],
    ["CEO Ida Fenn left. Paul Grey, CFO, stayed.", ["Ida Fenn = CEO", "Paul Grey = CFO"]],
    ["Ada von der Linde, President of the League, spoke.", ["Ada von der Linde = President of the League"]],
    ["Queen Matilda IV reigned.", ["Matilda IV = Queen"]],
    ["The finance director, Oona Brill, spoke.", ["Oona Brill = finance director"]],
    ["It came from the librarian, Mr Jonas Reed.", ["Jonas Reed = librarian"]],
    ["The former chair, Lord Hugo Bray, sent regrets.", ["Lord Hugo Bray = former chair"]],
    ["The clerk, Ann Price, and Bob Ray came. The clerk, Ann Price and Bob Ray came.", []],
    ["The clerk, Ann Price, her sister and I came.", []],
    ["Members:\n  Bob Ray, Ann Price\nTown Clerk: Mrs Ida Fenn\nObservers: two", ["Ida Fenn = Town Clerk"]],
    [
      "Present\n  Cllr Ann Price, Deputy Mayor\n  Cllr Bob Ray\n  Dr. Ida Fenn, nurse designate\n  Dr. Jo Hale",
      ["Ann Price = Deputy Mayor", "Bob Ray = Cllr", "Ida Fenn = nurse designate", "Jo Hale = Dr."],
    ],
    ["Cracks opened in the Friary Bridge, after inspectors found rust.", []],
  ])("%s", (text, expected) => expect(people(text)).toEqual(expected));

  it.each([
    "General Motors Company sold cars. The General Assembly met. Secretary Perry spoke.",
    "The Security Council and the President of the United States agreed on New York.",
    "He was the leader of the Green Valley Rovers and won Best Director, Best Actor.",
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
