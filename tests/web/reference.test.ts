import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../server/openapi-document.ts";
import { serve } from "../server/serve.ts";
import { chromiumPath, isInSight, launch, open } from "./browser.ts";
import { tooFaint } from "./contrast.ts";
import { example } from "./example.ts";

describe.skipIf(chromiumPath === undefined)("the reference page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function reference(hash = "", options: Parameters<typeof open>[2] = {}) {
    const { url } = await serve(example);
    const opened = await open(browser, `${url}/reference${hash}`, { reducedMotion: "reduce", ...options });
    await opened.page.locator(".schema").first().waitFor();
    return { url, ...opened };
  }

  it("shows every route, linked from the chat page, without a word to the console or another host", async () => {
    const { url } = await serve(example);
    const { page, problems } = await open(browser, url);
    await page.getByRole("link", { name: "API reference" }).click();
    await page.locator(".schema").first().waitFor();
    const shown = await page.locator(".route h3").allInnerTexts();
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(shown.map((text) => text.replace(/\s+/g, " ")).sort()).toEqual(described.sort());
    expect(await page.locator("#contents a").count()).toBe(described.length);
    expect(await page.getByRole("region", { name: "curl: Find passages" }).innerText()).toBe(
      `curl -s '${url}/search?q=When+was+the+bell+of+the+east+tower+recast%3F'`,
    );
    expect(problems).toEqual([]);
  });

  const hasCurl = spawnSync("curl", ["--version"]).status === 0;
  it.skipIf(!hasCurl)("has a curl line for each that the server answers", async () => {
    const { page } = await reference();
    const lines = await page.locator(".curl pre").allInnerTexts();
    expect(lines).toHaveLength(operations.length);
    for (const line of lines) {
      const { stdout } = await promisify(execFile)("sh", ["-c", `${line} -o /dev/null -w '%{http_code}'`]);
      // The document of the examples is not here.
      expect([line, stdout]).toEqual([line, line.includes("/documents/letters") ? "404" : "200"]);
    }
  });

  it("unfolds a schema that a link or the address names", async () => {
    const { page, url, problems } = await reference("#schema-Citation");
    const isOpen = (name: string) => page.locator(`#schema-${name}`).evaluate((one) => one.hasAttribute("open"));
    expect(await isOpen("Citation")).toBe(true);
    expect(await page.locator("#schema-Citation").evaluate(isInSight)).toBe(true);
    expect(await page.locator("#schema-Citation .name").allInnerTexts()).toContain("quote");
    await page.locator("#schema-Citation").getByRole("link", { name: "Check" }).click();
    await expect.poll(() => isOpen("Check")).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Check");
    await page.locator("#schema-Check summary").click();
    expect(await isOpen("Check")).toBe(false);
    await page.locator("#schema-Citation").getByRole("link", { name: "Check" }).click();
    await expect.poll(() => isOpen("Check")).toBe(true);
    await page.goto(`${url}/reference#search`);
    expect(await page.locator("#search").evaluate(isInSight)).toBe(true);
    expect(problems).toEqual([]);
  });

  it("is read by keyboard: a way past the head, folds that open, a curl line that is copied", async () => {
    const { page } = await reference("", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("To the routes");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("/ask");
    await page.getByRole("button", { name: "Copy the curl line: List the documents" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Copied.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^curl -s '.*\/documents'$/);
    const fold = page.locator("#ask summary", { hasText: "An answer" });
    await page.locator("#ask summary", { hasText: "200" }).focus();
    await page.keyboard.press("Enter");
    await fold.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "An answer", exact: true }).getByText('"answered": true').waitFor();
  });

  it("says so where the text cannot be copied by itself, and marks it", async () => {
    const { page } = await reference("", { permissions: [] });
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "Copy the curl line: List the documents" }).click();
    await page.getByRole("status").getByText("Marked").waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^curl -s '.*\/documents'$/);
  });

  it("says so when the description does not come", async () => {
    const { url } = await serve(example);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/openapi.json", (route) => route.fulfill({ status: 500 }));
    await page.goto(`${url}/reference`);
    await page.getByRole("alert").getByText("cannot be read. The server answered 500.").waitFor();
    await context.close();
  });

  it.each(["light", "dark"] as const)("has the contrast of WCAG AA in %s, unfolded", async (colorScheme) => {
    const { page } = await reference("", { colorScheme });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    expect(await page.evaluate(tooFaint)).toEqual([]);
  });

  it.each([360, 320])("fits a phone of %i px, unfolded", async (width) => {
    const { page } = await reference("", { viewport: { width, height: 740 } });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });

  it("has one heading of the first rank, no rank left out, and no id twice", async () => {
    const { page } = await reference();
    const ranks = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((all) => all.map((one) => Number(one.tagName.at(1))));
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    expect(ranks.filter((rank, at) => rank > (ranks[at - 1] ?? 0) + 1)).toEqual([]);
    const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const lost = await page
      .locator("a[href^='#']")
      .evaluateAll((all) =>
        all.map((one) => one.getAttribute("href")?.slice(1) ?? "").filter((id) => !document.getElementById(id)),
      );
    expect(lost).toEqual([]);
  });
});
