import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf, cite, documentOf, fakePilcrow } from "../server/fake-pilcrow.ts";
import { serve } from "../server/serve.ts";
import { ask, chromiumPath, launch, marked, open } from "./browser.ts";
import { example, PLEDGE, THAAD } from "./example.ts";

describe.skipIf(chromiumPath === undefined)("an answer on the page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("sends the conversation with a follow-up, and shows how it was understood", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await ask(page, "THAAD?");
    expect(await page.locator(".standalone").count()).toBe(0);
    await ask(page, "And what else?");
    expect(await page.locator(".standalone").textContent()).toBe("Understood as: And what else? (after 2 turns)");
  });

  it("refuses with what was not found and what is nearest", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await ask(page, "How do I reset my password?");
    expect(await page.locator(".refusal").textContent()).toContain("The documents do not say.");
    expect(await page.locator(".missing li").allInnerTexts()).toEqual(["reset", "password"]);
    expect(await page.locator(".nearest .source").count()).toBe(2);
    expect(await page.locator(".nearest .number").count()).toBe(0);
    await page.locator(".nearest .source").nth(1).click();
    await page.locator("#panel mark").first().waitFor();
    expect(await marked(page)).toBe(PLEDGE);
  });

  it.each([
    ["THAAD?", "Verified", "word for word", 1],
    ["check changed", "Changed since indexed", "no longer the one", 0],
    ["check lost", "Not found", "Do not rely", 0],
  ])("says in words what was checked: %s", async (question, word, meaning, quotations) => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await ask(page, question);
    const source = page.locator(".source").first();
    expect(await source.locator(".badge").textContent()).toContain(word);
    expect(await source.locator(".tip").isVisible()).toBe(false);
    await source.locator(".badge").hover();
    expect(await source.locator(".tip").isVisible()).toBe(true);
    expect(await source.locator(".tip").textContent()).toContain(meaning);
    expect(await source.locator("blockquote").count()).toBe(quotations);
  });

  it("says the date of a source once, where its title has it", async () => {
    const dated = documentOf("dated.txt", "The lake froze over.", "Minutes, March 14, 2017", "2017-03-14");
    const { url } = await serve(
      fakePilcrow([dated], ({ question }) => answerOf(question, [cite(dated, dated.text, 1)])),
    );
    const { page } = await open(browser, url);
    await ask(page, "When did the lake freeze?");
    expect(await page.locator(".source .facts").first().textContent()).not.toContain("14 March 2017");
  });

  it("explains how passages were ranked", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await ask(page, "THAAD?");
    await page.getByText("Why this answer?").click();
    expect(await page.locator(".trace tbody tr").first().locator("td").allInnerTexts()).toEqual([
      "1",
      "Yun-Tillerson telephone call, paragraph 9",
      "0.200",
      "0.500",
      "0.050",
      "0.000",
      "0.000",
      "0.750",
    ]);
  });

  it("sets the sides of a comparison along a line, one without evidence too", async () => {
    const { url } = await serve(example);
    const { page, problems } = await open(browser, url);
    await ask(page, "compare 1996, 2017 and 2019");
    expect(await page.locator(".reading").textContent()).toBe("Compared: 1996, 2017 and 2019.");
    expect(await page.locator(".side h3").allInnerTexts()).toEqual(["1996", "2017", "2019"]);
    expect(await page.locator(".side").first().locator(".answer-text").textContent()).toBe(
      "No document of 1996 mentions it.",
    );
    expect(await page.locator(".side").nth(1).locator(".answer-text").textContent()).toBe(`${THAAD} [1] `);
    expect(await page.locator(".side").nth(2).locator("blockquote").allTextContents()).toEqual([
      PLEDGE.replace(/\s+/g, " "),
    ]);
    await page.locator(".side").nth(2).locator(".marker").click();
    await page.locator("#panel mark").first().waitFor();
    expect(await marked(page)).toBe(PLEDGE);
    expect(problems).toEqual([]);
  });

  it("shows every mention by document, five of a document until all are asked for", async () => {
    const { url } = await serve(example);
    const { page, problems } = await open(browser, url);
    await ask(page, "every mention");
    expect(await page.locator(".answer-text").textContent()).toBe("9 mentions in 2 documents.");
    expect(await page.locator(".reading").textContent()).toBe("Read as: every mention of “side”.");
    expect(await page.locator(".counted").textContent()).toBe(
      "Counted: “sides”, “side”. Headings are not counted: it also stands in the title “<i>Sides</i>”.",
    );
    await expect.poll(() => page.locator("#announcement").textContent()).toBe("9 mentions in 2 documents.");
    expect(await page.locator(".mentions h3 .facts").allInnerTexts()).toEqual([
      "7 February 2017 · 8 mentions",
      "15 November 2019 · 1 mention",
    ]);
    expect(await page.locator(".source").count()).toBe(6);
    await page.getByRole("button", { name: "Show all 7" }).focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".source").count()).toBe(8);
    expect(
      await page.evaluate(() => document.activeElement?.closest(".source")?.querySelector(".number")?.textContent),
    ).toBe("6");
    expect(await page.getByRole("button", { name: "Show all" }).count()).toBe(0);
    await page.locator(".mentions h3 a").first().click();
    await page.locator("#panel .document").waitFor();
    expect(problems).toEqual([]);
  });

  it("says of which period it took a question to be", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await ask(page, "in 2017?");
    expect(await page.locator(".reading").textContent()).toBe("Read as: of the period “2017”.");
  });
});
