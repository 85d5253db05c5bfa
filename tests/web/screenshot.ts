// tsx tests/web/screenshot.ts <url> <out.png> [question]: the picture of the README, from a running server over the example documents.
import { launch } from "./browser.ts";

const [url, path, question = "What did Perry commit to in 1996?"] = process.argv.slice(2);
if (url === undefined || path === undefined) {
  console.error("usage: tsx tests/web/screenshot.ts <url> <out.png> [question]");
  process.exit(2);
}
const browser = await launch();
try {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(new URL(`/?${new URLSearchParams({ q: question })}`, url).href);
  await page.locator(".marker").first().click();
  await page.locator("mark").first().waitFor();
  // The pointer would leave its trace on what it hovers.
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
} finally {
  await browser.close();
}
