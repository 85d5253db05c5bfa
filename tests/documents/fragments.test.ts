import { describe, expect, it } from "vitest";
import { isFragment, isQuestion } from "../../src/documents/fragments.ts";

describe("a fragment", () => {
  it.each([
    "From: Dana Kowal <dana@north.example> To: ops@north.example Date: Mon, 15 Jan 2024 09:12 Subject: Outage",
    "Subject: Re: the boxes",
    "On Mon, 15 Jan 2024 at 09:12, Dana wrote:",
    "Dear Aunt Miriam,",
    "My dear Thea,",
    "Hi all,",
    "To whom it may concern:",
    "With much love, Constance",
    "Yours sincerely,",
    "Kind regards\n\nJane Doe\nSales Director",
    "Love, Ann",
    "Jane Doe",
    "Petra",
    "Gideon B. Orrin",
    "Spokesperson and Deputy Minister for Public Relations of MOFA",
    "*unofficial translation",
    "Unofficial translation.",
    "|---|:---:|",
    "----------",
    "Page 3 of 12",
    "- 3 -",
    "Back to top",
    "```sh",
    "~~~",
    "",
  ])("is %j", (text) => expect(isFragment(text)).toBe(true));

  it.each([
    "RESOLVED, 5 votes to 2.",
    "Approved.",
    "Approved",
    "None.",
    "None",
    "CARRIED UNANIMOUSLY",
    "| Puffin | 412 |",
    "- Jane Doe",
    "2. Stem bolts",
    "Stem bolts",
    "12",
    "The Mayor closed the meeting.",
    "Thanks to the grant, the roof was mended in May.",
    "Yours is the last house on the left.",
    "Hello is what the parrot said first.",
    "Dear as it was, the mower was bought.",
    "To: the members who voted, with the thanks of the Board.",
    "Date of next meeting: 17 June 2014.",
    "Ann Price was elected Deputy Mayor",
    "End of the season: 30 September",
    "Love of the sea took him there",
    "Copy the key into the folder",
  ])("is not %j", (text) => expect(isFragment(text)).toBe(false));
});

it("a question ends in its mark, before or after closing quotes", () => {
  expect(["Why?", "“Why?”", "**May I ride on?**", "왜요？ "].map(isQuestion)).toEqual([true, true, true, true]);
  expect(["Why? Because.", "He asked why.", ""].map(isQuestion)).toEqual([false, false, false]);
});
