import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIsoDate } from "../../src/documents/dates.ts";
import { firstDay, lastDay } from "../../src/retrieval/calendar.ts";
import { readPeriod, readPeriods } from "../../src/retrieval/period.ts";

/** Minutes of a rowing club. */
const CONTEXT = {
  documentDates: ["2003-05-12", "2003-11-07", "2005-05-30", "2006-11-07", "2009", "2011-02"],
  today: "2024-06-15",
};
const read = (question: string) => readPeriods(question, CONTEXT);
const span = (question: string) => {
  const { period } = read(question);
  return period === null ? null : [period.from, period.to];
};

describe("readPeriods", () => {
  it.each([
    ["what did the treasurer promise in 1996?", ["1996", "1996"]],
    ["Where is the regatta held after the 1996 meeting?", ["1996", "1996"]],
    ["the 2017 phone call", ["2017", "2017"]],
    ["the 2000 elections", ["2000", "2000"]],
    ["2017 communiqués", ["2017", "2017"]],
    ["compare the 1996 and 2017 letters", ["1996", "2017"]],
    ["boats lost in 1066", ["1066", "1066"]],
    ["the boathouse in the 1745 rising", ["1745", "1745"]],
    ["What happened on September 27, 2013?", ["2013-09-27", "2013-09-27"]],
    ["the vote of 31 October 1996", ["1996-10-31", "1996-10-31"]],
    ["the vote of the 3rd of May 2003", ["2003-05-03", "2003-05-03"]],
    ["the vote of 27/9/2013", ["2013-09-27", "2013-09-27"]],
    ["the vote of 27.9.2013", ["2013-09-27", "2013-09-27"]],
    ["the vote of 2013-09-27", ["2013-09-27", "2013-09-27"]],
    ["training on 12-15 May 2003", ["2003-05-12", "2003-05-15"]],
    ["training on May 12-15, 2003", ["2003-05-12", "2003-05-15"]],
    ["the minutes of March 2004", ["2004-03", "2004-03"]],
    ["fees in may 2017", ["2017-05", "2017-05"]],
    ["the 2013/14 season", ["2013", "2014"]],
    ["the season 2013-14", ["2013", "2014"]],
    ["the crisis of 2008-09", ["2008", "2009"]],
    ["the log of 2013-09", ["2013-09", "2013-09"]],
  ])("reads the written date in %j", (question, expected) => expect(span(question)).toEqual(expected));

  it.each([
    ["what was decided before 2000", [null, "1999-12-31"]],
    ["prior to May 2017", [null, "2017-04-30"]],
    ["before the end of 1999", [null, "1999-12"]],
    ["what was decided after 1999", ["2000-01-01", null]],
    ["what changed since May 2017", ["2017-05", null]],
    ["fees from 1996 onwards", ["1996", null]],
    ["fees in 1996 and later", ["1996", null]],
    ["fees in 1996 or earlier", [null, "1996"]],
    ["everything until 2001", [null, "2001"]],
    ["everything by 2001", [null, "2001"]],
    ["boats built since the 1950s", ["1950", null]],
    ["between 1996 and 2013", ["1996", "2013"]],
    ["from 1996 to 2000", ["1996", "2000"]],
    ["fees 1996–2000", ["1996", "2000"]],
    ["between May 2003 and the summer of 2005", ["2003-05", "2005-08"]],
    ["from May to July 2003", ["2003-05", "2003-07"]],
  ])("reads the bounds in %j", (question, expected) => expect(span(question)).toEqual(expected));

  it.each([
    ["promised in the nineties", ["1990", "1999"]],
    ["fares in the early 1980s", ["1980", "1984"]],
    ["the late 1990s", ["1995", "1999"]],
    ["oars of the '80s", ["1980", "1989"]],
    ["boats of the 19th century", ["1800", "1899"]],
    ["oars of the 1700s", ["1700", "1799"]],
    ["oars of the 2000's", ["2000", "2009"]],
    ["late nineteenth-century oars", ["1867", "1899"]],
    ["spring 2014", ["2014-03", "2014-05"]],
    ["the first quarter of 2018", ["2018-01", "2018-03"]],
    ["spending in Q3 2018", ["2018-07", "2018-09"]],
    ["the second half of 2018", ["2018-07", "2018-12"]],
    ["early 2014", ["2014-01", "2014-06"]],
    ["mid-2014", ["2014-04", "2014-09"]],
  ])("reads the words in %j", (question, expected) => expect(span(question)).toEqual(expected));

  it.each([
    ["what was said yesterday", ["2024-06-14", "2024-06-14"]],
    ["the day before yesterday", ["2024-06-13", "2024-06-13"]],
    ["last week", ["2024-06-03", "2024-06-09"]],
    ["this month", ["2024-06", "2024-06"]],
    ["the fees of last year", ["2023", "2023"]],
    ["this year's fees", ["2024", "2024"]],
    ["two years ago", ["2022", "2022"]],
    ["3 weeks ago", ["2024-05-20", "2024-05-26"]],
    ["in the last three years", ["2021-06-15", "2024-06-15"]],
    ["over the past month", ["2024-05-15", "2024-06-15"]],
    ["since last year", ["2023", null]],
  ])("counts from today in %j", (question, expected) => expect(span(question)).toEqual(expected));

  it("counts from the last day of a shorter month", () => {
    const { period } = readPeriods("in the past 1 month", { documentDates: [], today: "2024-03-31" });
    expect(period).toMatchObject({ from: "2024-02-29", to: "2024-03-31" });
  });

  it.each([
    "How many points did they score?",
    "How may I apply?",
    "What may 12 people do?",
    "May 5 people enter?",
    "When may Piers row again?",
    "the second reading",
    "Room 1998",
    "Is a screen of 1920 pixels enough?",
    "What does EN 1838 require?",
    "Over 1950 birds were ringed",
    "1985 nests were counted",
    "Resolution 1718",
    "1,200 soldiers",
    "How many of the 1200 members voted?",
    "carried by 2000 votes",
    "2000 letters were sent",
    "from 1200 to 1500 metres",
    "open from 1200 to 1500 hours",
    "more than 2000 people",
    "version 3.4",
    "at 5 pm",
    "at 1900",
    "section 2.1",
    "a cup and 1/2",
    "Where does the sun march now?",
    "the band will march 3 miles",
    "the other day",
    "Theresa May on rowing",
    "a song by August Wilson",
    "in August Wilson's boat",
    "finished by May",
    "the last year of the war",
    "the first item",
    "the last paragraph",
    "the first name of the cox",
    "at last",
    "the first day",
    "the last meeting of the planning committee",
    "the latest report on eels",
    "What is error 2017% of?",
    "the F-2017 form",
    "the price of $2,013",
    "31 February 1996x",
    "Are people in their twenties allowed?",
    "999 decades ago",
  ])("reads no period from %j", (question) =>
    expect(read(question)).toMatchObject({ period: null, spans: [], sides: [] }),
  );

  it("takes a day or month without a year for those of the documents' years", () => {
    expect(span("the November 7 race")).toEqual(["2003-11-07", "2006-11-07"]);
    expect(read("on 7 November").spans).toEqual([
      { from: "2003-11-07", to: "2003-11-07", yearless: "11-07" },
      { from: "2006-11-07", to: "2006-11-07", yearless: "11-07" },
    ]);
    expect(read("in May").spans.map(({ from }) => from)).toEqual(["2003-05", "2005-05"]);
    expect(span("in february")).toEqual(["2011-02", "2011-02"]);
    expect(span("on February 7")).toBeNull();
    expect(span("in June")).toBeNull();
    expect(span("the November 7 race of 2006")).toEqual(["2006", "2006"]);
  });

  it.each([
    ["What was decided at the last meeting?", ["2011-02", "2011-02"]],
    ["What does the latest document say?", ["2011-02", "2011-02"]],
    ["most recent minutes", ["2011-02", "2011-02"]],
    ["Who wrote the first report?", ["2003-05-12", "2003-05-12"]],
    ["the earliest letter", ["2003-05-12", "2003-05-12"]],
    ["the last meeting of 2003", ["2003-11-07", "2003-11-07"]],
    ["the first two meetings", ["2003-05-12", "2003-11-07"]],
  ])("finds the document that is meant in %j", (question, expected) => expect(span(question)).toEqual(expected));

  it.each([
    ["the first minutes", "2004-01-10"],
    ["the latest meeting", "2004-02-14"],
    ["the last letter", "2004-05-01"],
    ["the latest email", "2004-03-02"],
    ["the first report", "2003-12-01"],
    ["the latest document", "2004-05-01"],
  ])("takes %j for documents that are called so, and for any where none is", (question, date) => {
    const named = [
      { date: "2003-12-01", name: "Letter to the members 2003 12 01 letter txt" },
      { date: "2004-01-10", name: "Minutes of the orchard society" },
      { date: "2004-02-14", name: "Minutes of the orchard society" },
      { date: "2004-03-02", name: "Re: The cider press" },
      { date: "2004-05-01", name: "Two letters" },
    ];
    const { period } = readPeriods(question, { documentDates: named.map((one) => one.date), named });
    expect(period?.from).toBe(date);
  });

  it.each([
    ["Ordinary meeting, 3 June 2005, Corn Hall", "2005-06-03"],
    ["# Minutes of the evening of 3 June", "2005-06-03"],
    ["Third of June\nMembers present: Ada Pell, Tom Rook", "2005-06-03"],
    ["| Member | Present |\nAttendance\n Ada Pell, chair", "2005-06-03"],
    ["Dear Ada,\nafter the meeting of 3 June I went home.", "2004-01-10"],
    ["At present: nothing new. Our meeting went well.", "2004-01-10"],
  ])("knows a meeting by a head such as %j", (head, date) => {
    const named = [
      { date: "2004-01-10", name: "Minutes of the orchard society", opening: () => "In the orchard house" },
      { date: "2005-06-03", name: "The orchard society", opening: () => `THE ORCHARD SOCIETY\n${head}` },
    ];
    const documentDates = named.map((one) => one.date);
    expect(readPeriods("the last meeting", { documentDates, named }).period?.from).toBe(date);
    expect(readPeriods("What was the latest session about?", { documentDates, named }).period?.from).toBe(date);
  });

  it.each([
    ["What was decided except in 2003?", ["..2002-12-31", "2004-01-01.."]],
    ["What was decided other than in 2003 and 2005?", ["..2002-12-31", "2004-01-01..2004-12-31", "2006-01-01.."]],
    ["What was decided from 2000 to 2006 apart from May 2003?", ["2000..2003-04-30", "2003-06-01..2006"]],
    ["What was decided in 2003, excluding 2003?", []],
    ["Who except Ada spoke in 2003?", ["2003..2003"]],
  ])("leaves out what is excepted in %j", (question, expected) => {
    const { spans, sides } = read(question);
    expect(spans.map(({ from, to }) => `${from ?? ""}..${to ?? ""}`)).toEqual(expected);
    expect(sides).toEqual([]);
  });

  it("takes each of the last three", () => {
    const { spans } = read("What did the last three meetings decide?");
    expect(spans.map(({ from }) => from)).toEqual(["2011-02", "2009", "2006-11-07"]);
  });

  it("takes all of 'the latest meeting' for words of time", () => {
    const question = "Who spoke at the latest meeting?";
    const { period, words } = read(question);
    expect(period?.text).toBe("the latest meeting");
    expect(words.map(({ start, end }) => question.slice(start, end))).toEqual(["the latest meeting"]);
  });

  it("knows no latest document where none has a date", () => {
    expect(readPeriod("the latest report")).toBeNull();
    expect(readPeriod("the fees of 2004")).toEqual({ from: "2004", to: "2004", text: "2004" });
  });
});

describe("times side by side", () => {
  it("limit the search to themselves, and are given one by one", () => {
    const { period, spans, sides } = read("What were the fees in 2006 and in 2017?");
    expect(period).toEqual({ from: "2006", to: "2017", text: "2006 and in 2017" });
    expect(spans.map(({ from, to }) => [from, to])).toEqual([
      ["2006", "2006"],
      ["2017", "2017"],
    ]);
    expect(sides).toEqual([
      { from: "2006", to: "2006", text: "2006" },
      { from: "2017", to: "2017", text: "2017" },
    ]);
  });

  it.each([
    ["1996 vs 2017", ["1996", "2017"]],
    ["compare 1996, 2003 and 2017", ["1996", "2003", "2017"]],
    ["fees before 2000 and after 2010", ["before 2000", "after 2010"]],
    ["7 February and 9 March 2012", ["7 February", "9 March 2012"]],
    ["How did fees change between 2011 and 2017?", ["2011", "2017"]],
    ["How do the fees of 2011 differ from those of 2017?", ["2011", "2017"]],
    ["What were fees between 2011 and 2017?", []],
    ["What was said in May 2003, still in 2003?", []],
    ["What was said in 2003?", []],
  ])("are read from %j", (question, expected) =>
    expect(read(question).sides.map(({ text }) => text)).toEqual(expected),
  );

  it("are searched from the one to the other where a change between them is asked for", () => {
    const { spans } = read("How did fees change between 2011 and 2017?");
    expect(spans).toEqual([{ from: "2011", to: "2017" }]);
  });

  it("do not take what stands between them for words of time", () => {
    const question = "What were the fees in 2003 for juniors, and for veterans in 2005?";
    const { period, words } = read(question);
    expect(period).toEqual({ from: "2003", to: "2005", text: "2003" });
    expect(words.map(({ start, end }) => question.slice(start, end))).toEqual(["2003", "2005"]);
  });
});

describe("any question", () => {
  const pieces =
    "in |between | and |1996|2017| to |May |31 |the nineties|before |after the |, |since |the last |meeting|three | years ago|last year|Q1 |spring |th century|29 February |7/11/|-|'80s|of |the end of |first |or later|1200 |members|the May |November 7";
  const part = fc.oneof(fc.constantFrom(...pieces.split("|")), fc.string({ maxLength: 3 }));
  const question = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(""));

  it("gives calendar dates in order, and pieces of itself", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { period, spans, sides, words } = read(asked);
        expect(period === null).toBe(spans.length === 0);
        for (const { from, to } of [...spans, ...sides, ...(period ? [period] : [])]) {
          for (const end of [from, to]) if (end !== null) expect(isIsoDate(end)).toBe(true);
          if (from !== null && to !== null) expect(firstDay(from) <= lastDay(to)).toBe(true);
        }
        for (const { text } of [...sides, ...(period ? [period] : [])])
          expect(text !== "" && asked.includes(text)).toBe(true);
        for (const { start, end } of words) expect(0 <= start && start < end && end <= asked.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
