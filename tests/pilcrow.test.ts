import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseSettings } from "../src/config.ts";
import { createPilcrow } from "../src/pilcrow.ts";
import { readManifest, replaceManifest } from "../src/store/manifest.ts";
import { folderOf } from "./make-index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const FILES = {
  "2004-03-01-spring.txt": "Spring report\n\nThe ferry broke down twice in spring.\n\nThe library opened on Monday.\n",
  "autumn.md": "---\ntitle: Autumn\ndate: 2005-10-02\n---\nThe ferry ran on time.\n",
};

async function setUp() {
  const corpus = await folderOf(FILES);
  const index = await folderOf({});
  const pilcrow = createPilcrow(parseSettings({ corpus, index }, {}, root, root));
  const run = async () => {
    for await (const event of pilcrow.index()) if (event.type === "index-end") return event;
    throw new Error("indexing ends with index-end");
  };
  return { corpus, index, pilcrow, run };
}

describe("createPilcrow", () => {
  it("says which command makes an index while there is none", async () => {
    const { pilcrow } = await setUp();
    await expect(pilcrow.ask({ question: "ferry?" })).rejects.toMatchObject({
      code: "index-missing",
      advice: expect.stringContaining("pilcrow index"),
    });
    expect(await pilcrow.status()).toMatchObject({ generation: null, documents: 0, pending: null });
  });

  it("lists, shows and searches what it has indexed", async () => {
    const { pilcrow, run } = await setUp();
    await run();
    const listed = await pilcrow.documents();
    expect(listed.map(({ title, date, passages }) => [title, date, passages])).toEqual([
      ["Spring report", "2004-03-01", 2],
      ["Autumn", "2005-10-02", 1],
    ]);
    const [first] = await pilcrow.search({ question: "ferry on time", limit: 1 });
    expect(first).toMatchObject({ documentId: "autumn.md", text: "The ferry ran on time.", label: "¶1" });
    const { text, passages } = await pilcrow.document("autumn.md");
    expect(passages.map(({ start, end }) => text.slice(start, end))).toEqual(["The ferry ran on time."]);
    const raw = await pilcrow.raw("autumn.md");
    expect(new TextDecoder().decode(raw.bytes)).toBe(FILES["autumn.md"]);
    await expect(pilcrow.document("winter")).rejects.toMatchObject({ name: "NotFoundError" });
  });

  it("searches no text that is not in the file now, and nothing while the folder is not there", async () => {
    const { corpus, pilcrow, run } = await setUp();
    await run();
    const first = async () => (await pilcrow.search({ question: "ferry on time", limit: 1 }))[0];
    expect(await first()).toMatchObject({ check: "verified", text: "The ferry ran on time." });
    await appendFile(join(corpus, "autumn.md"), "\nSo did the tram.\n");
    expect(await first()).toMatchObject({ check: "changed", text: "The ferry ran on time." });
    await writeFile(join(corpus, "autumn.md"), "The ferry ran late.\n");
    expect(await first()).toMatchObject({ check: "not-found", text: "" });
    await rm(corpus, { recursive: true });
    await expect(first()).rejects.toMatchObject({ code: "corpus-missing" });
    await expect(pilcrow.ask({ question: "Who sank the ferry?" })).rejects.toMatchObject({ code: "corpus-missing" });
  });

  it("tells what has changed since, and picks up a new index by itself", async () => {
    const { corpus, pilcrow, run } = await setUp();
    await run();
    expect((await pilcrow.ask({ question: "What of the crane?" })).answered).toBe(false);
    await appendFile(join(corpus, "2004-03-01-spring.txt"), "\nThe crane fell on the quay.\n");
    expect((await pilcrow.status()).pending).toEqual({ added: 0, changed: 1, renamed: 0, removed: 0 });
    expect((await pilcrow.status({ pending: false })).pending).toBeNull();
    await run();
    expect((await pilcrow.ask({ question: "What of the crane?" })).answer).toContain("The crane fell on the quay.");
  });

  it("asks for a new index when other rules made it, and makes it anew without being told to", async () => {
    const { corpus, index, pilcrow, run } = await setUp();
    await run();
    const manifest = await readManifest(index);
    if (manifest) await replaceManifest(index, { ...manifest, rules: "of yesterday" }, async () => {});
    const later = createPilcrow(parseSettings({ corpus, index }, {}, root, root));
    await expect(later.ask({ question: "ferry?" })).rejects.toMatchObject({ code: "index-outdated" });
    expect(await run()).toMatchObject({ written: true });
    await expect(pilcrow.ask({ question: "What of the ferry?" })).resolves.toMatchObject({ answered: true });
  });
});
