import { describe, expect, it } from "vitest";
import { collapse } from "../../src/documents/lines.ts";
import { parseDocument } from "../../src/documents/parse.ts";

const parse = (text: string, path = "a.txt") => parseDocument({ path, bytes: new TextEncoder().encode(text) });
/** Each passage as "label [section] words". */
const rows = (text: string, path?: string): string[] =>
  parse(text, path).passages.map(({ label, section, text }) => `${label} [${section ?? ""}] ${collapse(text)}`);

describe("minutes", () => {
  const minutes = `SPRINGFIELD TOWN COUNCIL

Minutes of the meeting held on Tuesday 4 June 2019 at 7.00 pm in the Town Hall

Present: Councillor Ann Price (Chair), Mayor Tom Reilly

1. Apologies
Apologies were received from Councillor Michael Dunn.
2. Declarations of interest

None.

3. Budget

The Treasurer presented the budget. It was RESOLVED:

(a) to increase the parks budget by £5,000;
(b) to defer the purchase of a new mower until 1
January 2020.

4. Any other business

5. Date of next meeting

Tuesday 2 July 2019 at 7.00 pm.

- 2 -

Signed .................... Chair
`;
  it("take numbered lines that head something for sections, and keep what stands under them", () => {
    expect(rows(minutes)).toEqual([
      "¶1 [] Minutes of the meeting held on Tuesday 4 June 2019 at 7.00 pm in the Town Hall",
      "¶2 [] Present: Councillor Ann Price (Chair), Mayor Tom Reilly",
      "§1 [1. Apologies] Apologies were received from Councillor Michael Dunn.",
      "§2 [2. Declarations of interest] None.",
      "§3 [3. Budget] The Treasurer presented the budget. It was RESOLVED: (a) to increase the parks budget by £5,000; (b) to defer the purchase of a new mower until 1 January 2020.",
      "§5 [5. Date of next meeting] Tuesday 2 July 2019 at 7.00 pm.",
      "§5 ¶2 [5. Date of next meeting] Signed .................... Chair",
    ]);
    expect(parse(minutes).document).toMatchObject({ title: "SPRINGFIELD TOWN COUNCIL", date: "2019-06-04" });
  });
});

describe("a letter", () => {
  const letter = `Acme Widgets Ltd
12 High Street
London N1 4AB

3 March 2021

Dear Mr Smith,

Re: Contract 2020/17 for the supply of widgets

Thank you for your letter. We regret that the delivery promised for
1 March was delayed, and we expect it to reach you by 10 March.

Yours sincerely,

Jane Doe
Sales Director

Enc: revised price list
`;
  it("keeps address, salutation and signature, each as what it is, and gives its date and subject", () => {
    expect(rows(letter)).toEqual([
      "¶1 [] Acme Widgets Ltd 12 High Street London N1 4AB",
      "¶2 [] Dear Mr Smith,",
      "¶3 [] Re: Contract 2020/17 for the supply of widgets",
      "¶4 [] Thank you for your letter. We regret that the delivery promised for 1 March was delayed, and we expect it to reach you by 10 March.",
      "¶5 [] Yours sincerely,",
      "¶6 [] Jane Doe Sales Director",
      "¶7 [] Enc: revised price list",
    ]);
    const { title, date, people } = parse(letter).document;
    expect({ title, date, people }).toEqual({
      title: "Contract 2020/17 for the supply of widgets",
      date: "2021-03-03",
      people: [{ name: "Jane Doe", role: "Sales Director" }],
    });
  });
});

describe("a report", () => {
  it("nests numbered headings, keeps lists with what introduces them, and leaves running heads out", () => {
    const report = `Annual Report on Water Quality

Prepared by the Environment Agency

1. INTRODUCTION

This report describes the quality of water. It covers 2018.

1.1 Methods

The following were measured:

- pH;
- nitrate, in mg/l.

Annual Report on Water Quality          2

2. RESULTS

2.1 Rivers

Nitrate fell to 3.5 mg/l, a decrease of
12 per cent.

River        Nitrate     pH
Avon         2.1         7.2

Annual Report on Water Quality          3

Conclusions

Water quality has improved.
`;
    expect(rows(report)).toEqual([
      "¶1 [] Prepared by the Environment Agency",
      "§1 [1. INTRODUCTION] This report describes the quality of water. It covers 2018.",
      "§1.1 [1. INTRODUCTION › 1.1 Methods] The following were measured: - pH; - nitrate, in mg/l.",
      "§2.1 [2. RESULTS › 2.1 Rivers] Nitrate fell to 3.5 mg/l, a decrease of 12 per cent.",
      "§2.1 ¶2 [2. RESULTS › 2.1 Rivers] River Nitrate pH Avon 2.1 7.2",
      "¶6 [Conclusions] Water quality has improved.",
    ]);
  });
});

describe("a contract", () => {
  it("is named by its articles and their numbers", () => {
    const contract = `LEASE AGREEMENT

Article 1. Premises

The Landlord leases the premises to the Tenant.

Article 2. Rent

2.1 The rent is $1,000 a month. It is due on the first day.

2.2 Late payment bears interest of 4.5 percent a year.

Article 3
Term

1. The term is two years.
2. The Tenant may renew it under
Article 2.

Article 4. This agreement is governed by the law of Ohio.
`;
    expect(rows(contract)).toEqual([
      "Article 1 [Article 1. Premises] The Landlord leases the premises to the Tenant.",
      "¶2.1 [Article 2. Rent] 2.1 The rent is $1,000 a month. It is due on the first day.",
      "¶2.2 [Article 2. Rent] 2.2 Late payment bears interest of 4.5 percent a year.",
      "Article 3 ¶1 [Article 3 Term] 1. The term is two years.",
      "Article 3 ¶2 [Article 3 Term] 2. The Tenant may renew it under Article 2.",
      "Article 4 [] Article 4. This agreement is governed by the law of Ohio.",
    ]);
  });
});

describe("an e-mail", () => {
  it("takes title and date from its head", () => {
    const mail =
      "From: Ann Lee <ann@example.com>\nSubject: Move to the new office\nDate: Mon, 5 Feb 2018 10:12:00 +0000\n\nHi Bob,\n\nthe movers come on Friday. Please pack.\n\n> Do we need boxes?\n\nYes, two.\n";
    expect(parse(mail).document).toMatchObject({ title: "Move to the new office", date: "2018-02-05" });
    expect(rows(mail).slice(1)).toEqual([
      "¶2 [] Hi Bob,",
      "¶3 [] the movers come on Friday. Please pack.",
      "¶4 [] > Do we need boxes?",
      "¶5 [] Yes, two.",
    ]);
  });
});

describe("numbered paragraphs", () => {
  it("begin without a blank line when they count on, and not at a wrapped line", () => {
    expect(
      rows("1. The board met in the year\n1996. It rose to\n7. That was all.\n2. It closed.\n3. It opened."),
    ).toEqual([
      "¶1 [] 1. The board met in the year 1996. It rose to 7. That was all.",
      "¶2 [] 2. It closed.",
      "¶3 [] 3. It opened.",
    ]);
  });

  it("name what stands before and after them", () => {
    expect(
      rows("The Council,\n\nhaving met,\n\n1. Decides to go on.\n\n2. Decides to stop.\n\nSigned here\n\nand there"),
    ).toEqual([
      "before ¶1 [] The Council,",
      "before ¶1 (2) [] having met,",
      "¶1 [] 1. Decides to go on.",
      "¶2 [] 2. Decides to stop.",
      "after ¶2 [] Signed here",
      "after ¶2 (2) [] and there",
    ]);
  });

  it("count by position where they do not rise", () => {
    expect(rows("1. One thing.\n\n2. Another thing.\n\n1. One more thing.").map((row) => row.split(" ")[0])).toEqual([
      "¶1",
      "¶2",
      "¶3",
    ]);
  });

  it("keep lists that number anew within them", () => {
    expect(rows("1. It agreed:\n\n1. to begin;\n\n2. to end.\n\n2. It closed.")).toEqual([
      "¶1 [] 1. It agreed: 1. to begin; 2. to end.",
      "¶2 [] 2. It closed.",
    ]);
    expect(rows("4. It agreed\n\n(1) to begin;\n(2) to end.\n\n5. It closed.")).toHaveLength(2);
  });
});

describe("long paragraphs", () => {
  const sentence = "The U.S. delegation under Gen. Park spoke for a while about many things of no weight. ";
  it("are cut between sentences", () => {
    const { passages } = parse(`7. ${sentence.repeat(30)}`);
    expect(passages.map(({ label, passageId }) => [label, passageId])).toEqual([
      ["¶7 (1)", "a#p7.a"],
      ["¶7 (2)", "a#p7.b"],
    ]);
    for (const { text } of passages) {
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(250);
      expect(text).toMatch(/weight\.$/);
    }
  });

  it("are cut before bullets where they have some", () => {
    const { passages } = parse(`7. ${sentence.repeat(12)}\n\n- ${sentence.repeat(8)}\n\n- ${sentence.repeat(8)}`);
    expect(passages).toHaveLength(3);
    expect(passages[1]?.text).toMatch(/^- The U\.S\./);
  });

  it("become one passage an item, when they are a list that nothing introduces", () => {
    const items = Array.from({ length: 4 }, () => `- ${sentence.repeat(3)}`).join("\n");
    expect(parse(`Some words first.\n\n${items}`).passages).toHaveLength(5);
    expect(parse("Some words first.\n\n- one\n- two\n- three").passages).toHaveLength(2);
  });
});

describe("what is left out", () => {
  it("page numbers, running heads and what a page break cuts", () => {
    const paged =
      "Defence Review\n\nThe first page's last sentence is cut off by the page\nDefence Review\n12\n\fDefence Review\n\nbreak in the middle of it. More text.\n\nAnother paragraph is here.\n\nDefence Review\n13\n\f\nDefence Review\n\nThird page text here.\n";
    expect(rows(paged)).toEqual([
      "¶1 (1) [] The first page's last sentence is cut off by the page",
      "¶1 (2) [] break in the middle of it. More text.",
      "¶2 [] Another paragraph is here.",
      "¶3 [] Third page text here.",
    ]);
  });

  it("site navigation, but not words that only look like it", () => {
    const page =
      "Skip to content\nHome\nNews | Share\nUnited States Department of Farms United States Department of Farms\n본문 바로가기\n\nThe harvest was good this year.\n\nSearch\n\nUse the search box to find things.\n\nPage 3 of 12\n\nStay Connected\n";
    expect(rows(page)).toEqual([
      "¶1 [] The harvest was good this year.",
      "¶2 [Search] Use the search box to find things.",
    ]);
  });

  it("nothing that is content: notes, captions, short lines at the end", () => {
    expect(
      rows(
        "A story without a title begins here, and ends.\n\nTable 1. Results\n\n*unofficial translation\n\nJane Doe",
      ).slice(1),
    ).toEqual(["¶2 [] Table 1. Results", "¶3 [] *unofficial translation", "¶4 [] Jane Doe"]);
  });
});

it("joins a sentence that a blank line cuts", () => {
  expect(
    rows("The two delegations met in the hall of the\n\nministry and agreed to go on. They left.\n\nThen it rained."),
  ).toHaveLength(2);
});
