import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IndexError } from "../../src/errors.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import { answerOf, cite, eventsOf } from "../server/fake-pilcrow.ts";
import { written } from "../server/scripted.ts";
import { serve } from "../server/serve.ts";
import { ask, chromiumPath, launch, open } from "./browser.ts";
import { call, example, THAAD } from "./example.ts";

/** A language model that writes something else each time; `questions` are those that it was asked. */
function moody(failures = 0) {
  const questions: string[] = [];
  const index = { generation: "7", failures };
  const pilcrow: Pilcrow = {
    ...example,
    modes: ["extractive", "generative"],
    status: async (options) => ({ ...(await example.status(options)), generation: index.generation }),
    async *askEvents({ question }, { signal } = {}) {
      questions.push(question);
      if (index.failures-- > 0) throw new IndexError("index-damaged", "cut off");
      const text = `Answer ${questions.length} about it.`;
      const events = [...eventsOf(written(answerOf(question, [cite(call, THAAD, 1)]), [{ text }]))];
      const end = events.pop();
      yield* events;
      if (question.includes("forever")) await new Promise((_, reject) => signal?.addEventListener("abort", reject));
      if (question.includes("meanwhile")) index.generation = "8";
      if (end !== undefined) yield end;
    },
  };
  return { pilcrow, questions, index };
}

async function otherVersion(route: Route): Promise<void> {
  const response = await route.fetch();
  await route.fulfill({ response, json: { ...(await response.json()), version: "1.2.4" } });
}

const answers = (page: Page) => page.locator(".turn:visible .statement").allInnerTexts();
const said = (...numbers: number[]) => numbers.map((number) => `Answer ${number} about it. [1]`);

describe.skipIf(chromiumPath === undefined)("a page that is loaded again", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** A page where two questions were answered by a language model. */
  async function answered() {
    const model = moody();
    const { url } = await serve(model.pilcrow);
    const { page, problems } = await open(browser, url, { reducedMotion: "reduce" });
    await page.getByLabel("Written by a language model").check();
    await ask(page, "THAAD?");
    await ask(page, "And then?");
    return { ...model, url, page, problems };
  }

  it("shows what was answered, and asks nothing", async () => {
    const { page, problems, questions } = await answered();
    const before = await page.locator("#conversation").innerHTML();
    await page.reload();
    await page.locator(".turn:nth-child(2) .statement").waitFor();
    expect(await answers(page)).toEqual(said(1, 2));
    expect(await page.locator("#conversation").innerHTML()).toBe(before);
    await page.getByText("Why this answer?").last().click();
    await page.getByText("Language model: scripted:one").waitFor();
    await page.locator(".marker").first().click();
    await page.locator("#panel mark").first().waitFor();
    expect(questions).toEqual(["THAAD?", "And then?"]);
    // A follow-up goes on from what is shown.
    await ask(page, "What else?");
    expect(questions).toHaveLength(3);
    expect(problems).toEqual([]);
  });

  it("shows it after Back and Forward, too, also over other conversations and other pages", async () => {
    const { page, questions, url } = await answered();
    await page.locator("#home").click();
    // Who asks the same again wants to have it asked.
    await ask(page, "THAAD?");
    expect(await answers(page)).toEqual(said(3));
    await page.goto(`${url}/reference`);
    await page.goBack();
    await page.locator(".statement").first().waitFor();
    expect(await answers(page)).toEqual(said(3));
    await page.goBack();
    await page.goBack();
    await expect.poll(() => answers(page)).toEqual(said(1, 2));
    await page.goForward();
    await page.goForward();
    await expect.poll(() => answers(page)).toEqual(said(3));
    expect(questions).toHaveLength(3);
  });

  it("asks again when the index is another, and in another tab", async () => {
    const { page, questions, index } = await answered();
    index.generation = "8";
    await page.reload();
    await expect.poll(() => answers(page)).toEqual(said(3, 4));
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect.poll(() => answers(other)).toEqual(said(5));
    expect(questions).toEqual(["THAAD?", "And then?", "THAAD?", "And then?", "And then?"]);
  });

  it("asks again where the index changed while the answer was made", async () => {
    const { page } = await answered();
    await ask(page, "What happened meanwhile?");
    expect(await answers(page)).toEqual(said(1, 2, 3));
    await page.reload();
    await expect.poll(() => answers(page)).toEqual(said(4, 5, 6));
  });

  it.each<[string, (page: Page) => Promise<unknown>]>([
    [
      "damaged",
      (page) =>
        page.evaluate(() => {
          for (const key of Object.keys(sessionStorage)) sessionStorage[key] = String(sessionStorage[key]).slice(0, -5);
        }),
    ],
    ["of another version", (page) => page.route("**/health", otherVersion)],
    ["gone", (page) => page.evaluate(() => sessionStorage.clear())],
  ])("asks again where what was kept is %s", async (_, change) => {
    const { page, problems } = await answered();
    await change(page);
    await page.reload();
    await expect.poll(() => answers(page)).toEqual(said(3, 4));
    expect(problems).toEqual([]);
  });

  it.each(["full", "forbidden"])("asks again where the storage is %s, without a word", async (state) => {
    const { pilcrow } = moody();
    const { url } = await serve(pilcrow);
    const { page, problems } = await open(browser, url);
    await page.addInitScript((state) => {
      if (state === "full") {
        for (let size = 2 ** 23; size >= 1; size = Math.floor(size / 2)) {
          try {
            while (true) sessionStorage.setItem(`x${Math.random()}`, "x".repeat(size));
          } catch {}
        }
      } else {
        const get = () => {
          throw new DOMException("no", "SecurityError");
        };
        Object.defineProperty(window, "sessionStorage", { get });
      }
    }, state);
    await page.reload();
    await ask(page, "THAAD?");
    await page.reload();
    await expect.poll(() => answers(page)).toEqual(said(2));
    expect(problems).toEqual([]);
  });

  it("asks again what was stopped, and what failed", async () => {
    const { page, questions } = await answered();
    await page.fill("#question", "What lasts forever?");
    await page.keyboard.press("Enter");
    await page.locator(".turn:nth-child(3) .statement").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".stopped").waitFor();
    await page.reload();
    await page.locator(".turn:nth-child(3) .statement").waitFor();
    expect(await answers(page)).toEqual(said(1, 2, 4));
    expect(await page.locator(".turn:nth-child(3) .stop").count()).toBe(1);
    expect(questions.slice(2)).toEqual(["What lasts forever?", "What lasts forever?"]);
    const failing = moody(1);
    const { url } = await serve(failing.pilcrow);
    await page.goto(`${url}/?q=THAAD%3F`);
    await page.getByText("The index of the documents is damaged.").waitFor();
    await page.reload();
    await expect.poll(() => answers(page)).toEqual(said(2));
  });
});
