import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IndexError } from "../../src/errors.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import { answerOf, cite, documentOf, fakePilcrow } from "../server/fake-pilcrow.ts";
import { serve } from "../server/serve.ts";
import { ask, chromiumPath, isInSight, launch, marked, open } from "./browser.ts";
import { tooFaint } from "./contrast.ts";
import { call, communique, example, hostile, PLEDGE, THAAD } from "./example.ts";

if (chromiumPath === undefined)
  console.warn("The tests of the page are skipped: no Chromium here, and no CHROMIUM_PATH.");

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
    await page.locator("#announcement", { hasText: /2 sources\.$/ }).waitFor({ state: "attached" });
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
      async *askEvents(request) {
        failures -= 1;
        if (failures >= 0) throw new IndexError("index-damaged", "cut off");
        yield* example.askEvents(request);
      },
    };
    const { url } = await serve(flaky);
    const { page } = await open(browser, `${url}/?q=THAAD%3F`);
    await page.getByText("The index of the documents is damaged.").waitFor();
    await page.getByText("pilcrow index").waitFor();
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

  it("says of a question that is too long how long it is, and neither cuts nor asks it", async () => {
    const { url } = await serve(example);
    const { page } = await open(browser, url);
    await page.fill("#question", "x".repeat(3_000));
    await page.keyboard.press("Enter");
    await page.getByText("3,000 characters: a question has at most 2,000.").waitFor();
    expect(await page.inputValue("#question")).toHaveLength(3_000);
    expect(await page.locator(".turn").count()).toBe(0);
    await page.fill("#question", "THAAD?");
    expect(await page.locator("#too-long").isVisible()).toBe(false);
    await page.keyboard.press("Enter");
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
