import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FOLDERS = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const named = process.env.CHROMIUM_PATH;
const common = [...FOLDERS.flatMap((folder) => NAMES.map((name) => `${folder}/${name}`)), ...APPLICATIONS];

/** The Chromium to test with: the one that CHROMIUM_PATH names, else one in a common place; undefined where there is none. */
export const chromiumPath = (named === undefined ? common : [named]).find((path) => existsSync(path));

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ["--no-sandbox"],
  });
}

/** A page of its own for this test. `problems` gathers what a person would find in the console, and requests to other hosts. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== new URL(url).origin) problems.push(`request to ${origin}`);
  });
  await page.goto(url);
  return { page, problems };
}

/** What is marked in the panel, exactly as the file has it. */
export function marked(page: Page): Promise<string> {
  return page
    .locator("#panel mark")
    .allTextContents()
    .then((parts) => parts.join(""));
}

/** Puts the question and waits for its answer. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.fill("#question", question);
  await page.keyboard.press("Enter");
  const body = page.locator(".turn", { hasText: question }).locator(".turn-body:not([aria-busy])");
  await body.locator(".answer-text").first().waitFor();
}

/** Runs in the browser. */
export function isInSight(element: Element): boolean {
  const { top, height } = element.getBoundingClientRect();
  return top >= 0 && top + Math.min(height, 100) <= innerHeight;
}
