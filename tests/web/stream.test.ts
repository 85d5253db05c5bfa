import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IndexError } from "../../src/errors.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import type { Answer, AskEvent } from "../../src/types.ts";
import { answerOf, cite, eventsOf } from "../server/fake-pilcrow.ts";
import { type Asked, FALLBACK, scripted, written } from "../server/scripted.ts";
import { serve } from "../server/serve.ts";
import { chromiumPath, launch, open } from "./browser.ts";
import { tooFaint } from "./contrast.ts";
import { call, communique, example, PLEDGE, THAAD } from "./example.ts";

const QUESTION = "What is said about deployment?";
const quoted = answerOf(QUESTION, [cite(call, THAAD, 1), cite(communique, PLEDGE, 2)]);
const partly = { text: "Both sides will deploy it in 1999.", verdict: "partly", missing: ["1999"] } as const;
const unsupported = { text: "It costs a lot.", citations: [2], verdict: "unsupported", missing: [] } as const;
const prose = written(quoted, [partly, { text: "They stay in touch." }]);
const withModel: Pilcrow = { ...example, modes: ["extractive", "generative"] };

/** The events of an answer: what was found, what each statement brings, and the end. */
function parts(answer: Answer) {
  const [retrieval, ...rest] = [...eventsOf(answer)];
  const end = rest.pop();
  const second = rest.findIndex(({ type }) => type === "statement") + 1;
  if (retrieval === undefined || end === undefined) throw new Error("an answer begins and ends");
  return { retrieval, statements: [rest.slice(0, second), rest.slice(second)], end };
}

describe.skipIf(chromiumPath === undefined)("an answer that comes about on the page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** A page on which this question was asked, and the question as Pilcrow got it. */
  async function asking(base: Pilcrow, options: Parameters<typeof open>[2] = {}) {
    const { pilcrow, asked } = scripted(base);
    const server = await serve(pilcrow);
    const { page, problems } = await open(browser, server.url, { reducedMotion: "reduce", ...options });
    await page.locator(".examples").waitFor();
    if (base.modes.includes("generative")) await page.getByLabel("Written by a language model").check();
    await page.fill("#question", QUESTION);
    await page.keyboard.press("Enter");
    return { page, problems, server, asked, question: await asked() };
  }

  const statements = (page: Page) => page.locator(".statement").count();
  const announced = (page: Page) => page.locator("#announcement").textContent();
  const focus = (page: Page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);

  it("stands there sentence by sentence, each with its source, before the end is known", async () => {
    const { page, problems, question } = await asking(example);
    const {
      retrieval,
      statements: [one = [], two = []],
      end,
    } = parts(quoted);
    await page.getByText("Searching…").first().waitFor();
    question.tell(retrieval);
    await page.locator(".progress", { hasText: "2 passages found." }).waitFor();
    expect(await page.locator(".answer-text").count()).toBe(0);
    question.tell(...one);
    await page.locator(".source").first().waitFor();
    expect(await statements(page)).toBe(1);
    expect(await page.locator(".answer-text").textContent()).toBe(`${THAAD} [1]`);
    await expect.poll(() => announced(page)).toBe(THAAD);
    question.tell(...two);
    await page.locator(".source").nth(1).waitFor();
    expect(await page.locator(".source .number").allInnerTexts()).toEqual(["1", "2"]);
    await expect.poll(() => announced(page)).toBe(PLEDGE.replace(/\s+/g, " "));
    await page.locator(".marker").first().focus();
    question.tell(end);
    question.end();
    await page.getByText("Why this answer?").waitFor();
    expect(await page.locator(".progress").count()).toBe(0);
    expect(await statements(page)).toBe(2);
    expect(await focus(page)).toBe("marker");
    // What was read out is not read out again.
    await expect.poll(() => announced(page)).toBe("2 sources.");
    expect(problems).toEqual([]);
  });

  it.each(["the button", "Escape"])(
    "is stopped by %s: what was shown stays and is marked, and may be asked again",
    async (by) => {
      const { page, problems, asked, question } = await asking(example);
      const {
        retrieval,
        statements: [one = []],
      } = parts(quoted);
      question.tell(retrieval, ...one);
      await page.locator(".source").first().waitFor();
      await page.locator(".marker").focus();
      if (by === "Escape") await page.keyboard.press("Escape");
      else await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("Stopped. What is above was checked, but it is not the whole answer.").first().waitFor();
      expect(await focus(page)).toBe("question");
      await expect.poll(() => question.signal.aborted).toBe(true);
      expect(await statements(page)).toBe(1);
      expect(await page.locator(".progress").count()).toBe(0);
      await page.getByRole("button", { name: "Ask again" }).click();
      const again = await asked();
      expect(again.request.question).toBe(QUESTION);
      expect(await statements(page)).toBe(0);
      again.tell(...eventsOf(quoted));
      again.end();
      await page.getByText("Why this answer?").waitFor();
      expect(await statements(page)).toBe(2);
      expect(await page.locator(".stopped").count()).toBe(0);
      expect(problems).toEqual([]);
    },
  );

  it("is stopped before there is any, and with it the question that waited for it", async () => {
    const { page, question } = await asking(example);
    await page.fill("#question", "And then?");
    await page.keyboard.press("Enter");
    await page.locator(".turn:nth-child(2) .progress").waitFor();
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.getByText("Stopped before there was an answer.").locator("visible=true").count())
      .toBe(2);
    await expect.poll(() => question.signal.aborted).toBe(true);
  });

  it("closes an open document by Escape, and is stopped by the next", async () => {
    const { page, question } = await asking(example);
    await page.getByRole("button", { name: "Documents" }).click();
    await page.locator("#panel .documents").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#panel").waitFor({ state: "hidden" });
    expect(question.signal.aborted).toBe(false);
    await page.keyboard.press("Escape");
    await page.locator(".stopped").waitFor();
  });

  it("says when it was cut off, and asks again", async () => {
    const { page, asked, question } = await asking(example);
    const {
      retrieval,
      statements: [one = []],
    } = parts(quoted);
    question.tell(retrieval, ...one);
    await page.locator(".source").first().waitFor();
    question.end();
    await page.getByRole("alert").getByText("The answer was cut off before its end.").waitFor();
    expect(await statements(page)).toBe(1);
    await page.getByRole("button", { name: "Ask again" }).click();
    const again = await asked();
    again.tell(...eventsOf(quoted));
    again.end();
    await page.getByText("Why this answer?").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("says when the server went away in the middle", async () => {
    const { page, server, question } = await asking(withModel);
    question.tell(parts(quoted).retrieval);
    await expect.poll(() => announced(page)).toContain("Writing");
    await server.close();
    await page.getByRole("alert").getByText("The answer was cut off before its end.").waitFor();
    expect(await page.locator(".progress").count()).toBe(0);
    await expect.poll(() => announced(page)).toBe("");
  });

  it("tells a failure in the middle", async () => {
    const { page, problems, question } = await asking(example);
    question.tell(parts(quoted).retrieval);
    await page.locator(".progress", { hasText: "2 passages found." }).waitFor();
    question.fail(new IndexError("index-damaged", "cut off"));
    await page.getByText("The index of the documents is damaged.").waitFor();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    expect(problems).toEqual([]);
  });

  it("offers no choice where no language model is set", async () => {
    const { page, question } = await asking(example);
    expect(question.request.mode).toBe("extractive");
    expect(await page.locator("#modes").isVisible()).toBe(false);
  });

  it("is written where that is chosen, says who reads along, and what of it is in no source", async () => {
    const { page, problems, asked, question } = await asking(withModel);
    expect(question.request.mode).toBe("generative");
    expect((await page.locator("#sent").innerText()).replace(/\s+/g, " ")).toBe(
      "Your questions, the last turns of the conversation and the passages found are then sent to the language model’s service.",
    );
    const {
      retrieval,
      statements: [one = [], two = []],
      end,
    } = parts(prose);
    question.tell(retrieval, ...one);
    await page.locator(".verdict").waitFor();
    expect(await page.locator(".progress p").textContent()).toBe(
      "2 passages found. Writing, and checking each sentence…",
    );
    expect(await page.locator(".verdict").textContent()).toBe("△ Partly supported: not said so in the source: “1999”");
    expect(await page.locator(".doubtful").allTextContents()).toEqual(["1999"]);
    await expect.poll(() => announced(page)).toBe(`${partly.text} (not said so in what is cited: "1999")`);
    expect(await page.locator(".source blockquote").allTextContents()).toEqual([THAAD]);
    question.tell(...two, end);
    question.end();
    await page.getByText("Each sentence was checked against the passages that it cites.").waitFor();
    expect(await page.locator(".marker").allInnerTexts()).toEqual(["[1]", "[2]"]);
    await page.getByText("Why this answer?").click();
    await page.locator(".trace li").first().waitFor();
    const notes = await page.locator(".trace li").allTextContents();
    expect(notes).toContain("Language model: scripted:one, 1,234 tokens read, 56 tokens written, 2.3 s, $0.0021");
    expect(notes).toContain("Follow-up: understood by rules, as the model writes the same");
    expect(notes).toContain("Withheld: 1 sentence that the passages do not support");
    await page.getByText("1 sentence of the model was withheld.").waitFor();
    // The choice holds for the next question, and when the page is loaded again, which asks only what is not answered.
    await page.fill("#question", "And then?");
    await page.keyboard.press("Enter");
    const next = await asked();
    expect(next.request.mode).toBe("generative");
    expect(next.request.history).toHaveLength(2);
    await page.reload();
    const reloaded = await asked();
    expect(reloaded.request).toMatchObject({ question: "And then?", mode: "generative" });
    expect(reloaded.request.history).toEqual(next.request.history);
    await page.locator("#modes").waitFor();
    expect(await page.getByLabel("Written by a language model").isChecked()).toBe(true);
    expect(await page.locator(".turn").first().locator(".written").count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it("withdraws what was written when it falls back on quotes, and says why", async () => {
    const { page, problems, question } = await asking(withModel);
    const {
      retrieval,
      statements: [one = []],
    } = parts(prose);
    const took = { inputTokens: 1_234, outputTokens: null, cost: 0.0021, complete: false, elapsedMs: 2_345.6 };
    const withheld = [{ text: "It was Tuesday.", verdict: "unsupported" as const, missing: ["Tuesday"] }];
    const model = { model: "scripted:one", ...took, withheld, withheldMore: 30 };
    const fallen: Answer = { ...quoted, fallback: FALLBACK, trace: { ...quoted.trace, model } };
    question.tell(retrieval, ...one);
    await page.locator(".verdict").waitFor();
    question.tell({ type: "fallback", fallback: FALLBACK });
    await page.getByText("Quoted, not written. The language model broke off.").first().waitFor();
    expect(await statements(page)).toBe(0);
    expect(await page.locator(".source").count()).toBe(0);
    question.tell(...[...eventsOf(fallen)].slice(1));
    question.end();
    await page.getByText("Why this answer?").waitFor();
    expect(await page.locator(".fallback").count()).toBe(1);
    expect(await page.locator(".answer-text").textContent()).toBe(`${THAAD} [1] ${PLEDGE.replace(/\s+/g, " ")} [2]`);
    expect(await page.locator(".verdict").count()).toBe(0);
    await page.getByText("Why this answer?").click();
    await page.locator(".trace li").first().waitFor();
    const notes = await page.locator(".trace li").allTextContents();
    expect(notes).toContain("Language model: scripted:one, 1,234 tokens read, 2.3 s, $0.0021 or more");
    expect(notes).toContain("Withheld: 31 sentences that the passages do not support");
    expect(problems).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has the contrast of WCAG AA in %s, and fits a phone", async (colorScheme) => {
    const { page, asked, question } = await asking(withModel, { colorScheme, viewport: { width: 360, height: 740 } });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const next = async (...events: readonly AskEvent[]): Promise<Asked> => {
      await page.fill("#question", `${QUESTION} Again?`);
      await page.keyboard.press("Enter");
      const again = await asked();
      again.tell(...events);
      return again;
    };
    question.tell(...eventsOf(written(quoted, [partly, unsupported])));
    question.end();
    await page.getByText("Why this answer?").click();
    await page.locator(".trace li").first().waitFor();
    const fallen = await next({ type: "fallback", fallback: FALLBACK }, ...eventsOf({ ...quoted, fallback: FALLBACK }));
    fallen.end();
    await page.locator(".turn:nth-child(2) .trace").waitFor();
    await next(...[...eventsOf(prose)].slice(0, 3));
    await page.locator(".turn:nth-child(3) .verdict").waitFor();
    await page.locator(".stop").waitFor();
    expect(await page.evaluate(tooFaint)).toEqual([]);
    expect(await overflow()).toBe(0);
    await page.keyboard.press("Escape");
    await page.locator(".stopped").waitFor();
    expect(await page.evaluate(tooFaint)).toEqual([]);
    expect(await overflow()).toBe(0);
  });
});
