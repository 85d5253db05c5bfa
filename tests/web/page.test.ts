import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IndexError } from "../../src/errors.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import { answerOf, cite, documentOf, fakePilcrow } from "../server/fake-pilcrow.ts";
import { serve } from "../server/serve.ts";
import { chromiumPath, launch, open } from "./browser.ts";
import { tooFaint } from "./contrast.ts";
import { call, communique, example, hostile, PLEDGE, THAAD } from "./example.ts";

if (chromiumPath === undefined)
  console.warn("The tests of the page are skipped: no Chromium here, and no CHROMIUM_PATH.");

/** What is marked in the panel, exactly as the file has it. */
function marked(page: Page): Promise<string> {
  return page
    .locator("#panel mark")
    .allTextContents()
    .then((parts) => parts.join(""));
}

async function ask(page: Page, question: string): Promise<void> {
  await page.fill("#question", question);
  await page.keyboard.press("Enter");
  await page.locator(".turn", { hasText: question }).locator(".answer-text").first().waitFor();
}

/** Runs in the browser. */
function isInSight(element: Element): boolean {
  const { top, height } = element.getBoundingClientRect();
  return top >= 0 && top + Math.min(height, 100) <= innerHeight;
}

describe.skipIf(chromiumPath === undefined)("the page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("is asked, read and left by keyboard alone", async () => {
    const { url } = await serve(example);
    const { page, problems } = await open(browser, url);
    await page.locator(".examples").waitFor();
    await page.keyboard.type("first line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("about THAAD?");
    expect(await page.inputValue("#question")).toBe("first line\nabout THAAD?");
    await page.keyboard.press("Enter");
    await page.locator(".source").first().waitFor();
    expect(await page.locator(".answer-text").textContent()).toContain("agreed to deploy the system as planned. [1]");
    expect(await page.locator("#announcement").textContent()).toMatch(/2 sources\.$/);
    await page.locator(".marker").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#panel mark").first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.classList.contains("cited"))).toBe(true);
    await page.keyboard.press("Escape");
    await page.locator("#panel").waitFor({ state: "hidden" });
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("marker");
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("question");
    expect(await page.inputValue("#question")).toBe("");
    expect(problems).toEqual([]);
  });

  it("offers examples for the shipped documents, which ask", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await page.getByRole("button", { name: "What did the two sides say about THAAD?" }).click();
    await page.locator(".source").first().waitFor();
    expect(page.url()).toBe(`${url}/?q=What+did+the+two+sides+say+about+THAAD%3F`);
  });

  it("offers the titles of other documents instead", async () => {
    const { url } = await serve(fakePilcrow([call], ({ question }) => answerOf(question, [])));
    const { page } = await open(browser, url);
    await page.locator("a.example", { hasText: call.title }).click();
    await page.locator("#panel .document").waitFor();
    expect(page.url()).toBe(`${url}/documents/${call.documentId}`);
  });

  it.each([
    ["on one line", 0, THAAD],
    ["over hard-wrapped lines", 1, PLEDGE],
  ])("marks a quote %s, to the character, in sight", async (_, marker, quote) => {
    const { url } = await serve(example);
    const { page } = await open(browser, url, { reducedMotion: "reduce" });
    await ask(page, "THAAD?");
    await page.locator(".marker").nth(marker).click();
    await page.locator("#panel mark").first().waitFor();
    expect(await marked(page)).toBe(quote);
    expect(await page.locator(".source blockquote").nth(marker).textContent()).toBe(quote.replace(/\s+/g, " "));
    expect(await page.locator("#panel mark").first().evaluate(isInSight)).toBe(true);
  });

  it("shows the whole text of a document, and nothing else", async () => {
    const { url } = await serve(example);
    for (const document of [call, communique]) {
      const { page } = await open(browser, `${url}/documents/${document.documentId}`);
      await page.locator(".document").waitFor();
      const shown = await page.locator(".document .block").allTextContents();
      expect(shown.join("").replace(/\s+/g, "")).toBe(document.text.replace(/\s+/g, ""));
    }
  });

  it("opens a permalink at its passage, and keeps it over a reload", async () => {
    const { url } = await serve(example);
    const passage = communique.passages.at(-2);
    const { page, problems } = await open(browser, `${url}/documents/${passage?.passageId}`);
    for (const _ of ["opened", "reloaded"]) {
      await page.locator(".passage.cited").waitFor();
      expect(await page.locator(".passage.cited > div").textContent()).toBe(passage?.text);
      expect(await page.locator(".passage.cited").evaluate(isInSight)).toBe(true);
      await page.reload();
    }
    expect(problems).toEqual([]);
  });

  it("finds a passage far down a long document", async () => {
    const text = Array.from({ length: 3_000 }, (_, index) => `${index + 1}. ${"Some words. ".repeat(index % 40)}`).join(
      "\n\n",
    );
    const long = documentOf("long.txt", text, "A long document", null);
    const { url } = await serve(fakePilcrow([long], ({ question }) => answerOf(question, [])));
    const { page } = await open(browser, `${url}/documents/long#p2500`);
    await page.locator(".passage.cited").waitFor();
    await expect.poll(() => page.locator(".passage.cited").evaluate(isInSight)).toBe(true);
    expect(await page.locator(".passage.cited > div").textContent()).toMatch(/^2500\. /);
  });

  it("says so when a permalink leads nowhere", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, `${url}/documents/nope#p1`);
    await page.getByText('The document "nope" was not found.').waitFor();
    await page.goto(`${url}/documents/${call.documentId}#p99`);
    await page.getByText("not in the document any more").waitFor();
  });

  it("asks at once at /?q=, and follows Back, Forward and reload", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, `${url}/?q=THAAD%3F`);
    await page.locator(".source").first().waitFor();
    await ask(page, "And in 2019?");
    await page.locator(".turn:nth-child(2) .marker").click();
    await page.locator("#panel mark").first().waitFor();
    await page.goBack();
    await page.locator("#panel").waitFor({ state: "hidden" });
    expect(await page.locator(".turn:visible").count()).toBe(2);
    await page.goBack();
    await page.locator(".turn:nth-child(2)").waitFor({ state: "hidden" });
    expect(await page.locator(".turn:visible h2").allInnerTexts()).toEqual(["THAAD?"]);
    await page.goForward();
    await page.locator(".turn:nth-child(2)").waitFor();
    await page.reload();
    await page.locator(".turn:nth-child(2) .source").waitFor();
    expect(await page.locator(".turn:visible h2").allInnerTexts()).toEqual(["THAAD?", "And in 2019?"]);
  });

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

  it("explains how passages were ranked", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await ask(page, "THAAD?");
    await page.getByText("Why this answer?").click();
    expect(await page.locator(".trace tbody tr").first().locator("td").allInnerTexts()).toEqual([
      "1",
      "Yun-Tillerson telephone call, paragraph 9",
      "0.250",
      "0.500",
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
    expect(await page.locator("#announcement").textContent()).toBe("9 mentions in 2 documents.");
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

  it("lists all documents", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await page.getByRole("button", { name: "Documents" }).click();
    await page.locator(".documents li").nth(4).waitFor();
    await page.getByRole("link", { name: communique.title }).click();
    await page.locator(".document").waitFor();
    expect(await page.locator("#panel-title").textContent()).toBe(communique.title);
    expect(await page.getByRole("link", { name: "Raw file" }).getAttribute("href")).toBe(
      `/documents/${communique.documentId}/raw`,
    );
  });

  it("shows markup of a document as text, wherever it comes up", async () => {
    const answer = [
      cite(hostile, '<script>alert("text")</script> <img src=x onerror=alert(1)> says [2] the report.', 1),
    ];
    const { url } = await serve(fakePilcrow([hostile], ({ question }) => answerOf(question, answer)));
    const { page, problems } = await open(browser, url);
    await page.locator("a.example").waitFor();
    await ask(page, "<img src=x onerror=alert(3)>");
    await page.locator(".marker").click();
    await page.locator("#panel mark").waitFor();
    expect(await page.locator("#panel mark").textContent()).toBe(answer[0]?.quote);
    expect(await page.locator("#panel-title").textContent()).toBe(hostile.title);
    expect(await page.locator(".marker").allInnerTexts()).toEqual(["[1]"]);
    expect(await page.locator("img, #app script, #panel script, main b").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it("says what went wrong, and tries again", async () => {
    let failures = 1;
    const flaky: Pilcrow = {
      ...example,
      ask: (request) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new IndexError("index-damaged", "cut off")) : example.ask(request);
      },
    };
    const { url } = await serve(flaky);
    const { page } = await open(browser, `${url}/?q=THAAD%3F`);
    await page.getByText("The index of the documents is damaged.").waitFor();
    await page.getByText("pilcrow index --rebuild").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".source").first().waitFor();
  });

  it("says so when the server is gone", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await page.locator(".examples").waitFor();
    await page.route("**/ask", (route) => route.abort("connectionrefused"));
    await page.fill("#question", "THAAD?");
    await page.keyboard.press("Enter");
    await page.getByText("Pilcrow does not answer on this address; is it running?").waitFor();
    await page.unroute("**/ask");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".source").first().waitFor();
  });

  it("says how to make an index where there is none", async () => {
    const { url } = await serve(fakePilcrow([], () => Promise.reject(new IndexError("index-missing", "none"))));
    const { page } = await open(browser, url);
    await page.getByText("There is no index yet. Make one with pilcrow index.").waitFor();
  });

  it.each(["light", "dark"] as const)("has the contrast of WCAG AA in %s", async (colorScheme) => {
    const { url } = await serve(example);
    const { page } = await open(browser, url, { colorScheme, reducedMotion: "reduce" });
    await ask(page, "check changed");
    await ask(page, "check lost");
    await ask(page, "How do I reset my password?");
    await ask(page, "compare 1996, 2017 and 2019");
    await ask(page, "every mention");
    await ask(page, "THAAD?");
    await page.locator(".turn:last-child .marker").first().click();
    await page.locator("#panel mark").first().waitFor();
    await page.locator(".turn:last-child summary").click();
    const poor = await page.evaluate(tooFaint);
    expect(poor).toEqual([]);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe(colorScheme === "dark" ? "rgb(23, 22, 19)" : "rgb(251, 250, 247)");
  });

  it.each([360, 320])("fits a phone of %i px, and the open document covers it", async (width) => {
    const { url } = await serve(example);
    const { page } = await open(browser, url, { viewport: { width, height: 740 }, reducedMotion: "reduce" });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.locator(".examples").waitFor();
    expect(await overflow()).toBe(0);
    await ask(page, "THAAD? ".repeat(20) + "x".repeat(400));
    await page.getByText("Why this answer?").click();
    expect(await overflow()).toBe(0);
    await ask(page, "compare 1996, 2017 and 2019");
    await ask(page, "every mention");
    expect(await overflow()).toBe(0);
    await page.locator(".marker").first().click();
    await page.locator("#panel mark").first().waitFor();
    expect(await overflow()).toBe(0);
    expect(await page.locator("#panel").evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0);
    expect(await page.locator("#panel").boundingBox()).toMatchObject({ x: 0, y: 0, width, height: 740 });
    expect(await page.locator("#app").evaluate((app) => app.hasAttribute("inert"))).toBe(true);
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.locator("#app").evaluate((app) => app.hasAttribute("inert"))).toBe(false);
  });
});
