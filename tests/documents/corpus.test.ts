import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCorpusFile, scanCorpus } from "../../src/documents/corpus.ts";
import { readMetadata } from "../../src/documents/corpus-metadata.ts";

let folder: string;
let outside: string;
beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), "pilcrow-corpus-"));
  folder = join(base, "corpus");
  outside = join(base, "outside");
  await mkdir(folder);
  await mkdir(outside);
  await writeFile(join(outside, "secret.txt"), "secret");
});
afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

const put = async (path: string, text: string): Promise<void> => {
  await mkdir(join(folder, path, ".."), { recursive: true });
  await writeFile(join(folder, path), text);
};

describe("a scan", () => {
  it("lists files by path, passes over what is hidden, and tells what cannot be read one by one", async () => {
    await put("b.txt", "bb");
    await put("a/c.md", "c");
    await put(".hidden/x.txt", "x");
    await put(".x.txt", "x");
    await put("node_modules/y.txt", "y");
    await put("index/z.txt", "z");
    await put("documents.json", "{}");
    await put("empty.txt", "");
    await put("large.txt", "x".repeat(200));
    await put("picture.png", "x");
    await symlink(join(outside, "secret.txt"), join(folder, "link.txt"));
    await symlink(outside, join(folder, "linked"));
    await symlink(folder, join(folder, "round"));
    await symlink(join(folder, "nowhere"), join(folder, "broken.txt"));
    const { files, failures } = await scanCorpus(folder, { maxFileBytes: 100, ignore: [join(folder, "index")] });
    expect(files).toEqual([
      { path: "a/c.md", size: 1 },
      { path: "b.txt", size: 2 },
    ]);
    expect(failures.map(({ path, code }) => [path, code])).toEqual([
      ["broken.txt", "unreadable"],
      ["empty.txt", "empty"],
      ["large.txt", "too-large"],
      ["link.txt", "unreadable"],
      ["linked", "unreadable"],
      ["picture.png", "unsupported-type"],
      ["round", "unreadable"],
    ]);
    for (const { message } of failures) expect(message).not.toContain(folder);
  });

  it.skipIf(process.getuid?.() === 0)("tells an unreadable file and an unreadable folder", async () => {
    await put("a.txt", "a");
    await chmod(join(folder, "a.txt"), 0);
    expect((await scanCorpus(folder, { maxFileBytes: 9 })).failures[0]?.code).toBe("unreadable");
    await chmod(folder, 0);
    await expect(scanCorpus(folder, { maxFileBytes: 9 })).rejects.toMatchObject({ code: "corpus-unreadable" });
    await chmod(folder, 0o700);
  });

  it("says when there is no folder", async () => {
    await expect(scanCorpus(join(folder, "none"), { maxFileBytes: 9 })).rejects.toMatchObject({
      code: "corpus-missing",
    });
    await put("a.txt", "a");
    await expect(scanCorpus(join(folder, "a.txt"), { maxFileBytes: 9 })).rejects.toMatchObject({
      code: "corpus-unreadable",
    });
  });
});

describe("reading a file", () => {
  it("gives its bytes, and none from outside the corpus", async () => {
    await put("a/b.txt", "hello");
    await symlink(join(outside, "secret.txt"), join(folder, "link.txt"));
    expect(Buffer.from(await readCorpusFile(folder, "a/b.txt")).toString()).toBe("hello");
    for (const path of [
      "../outside/secret.txt",
      "a/../../outside/secret.txt",
      join(outside, "secret.txt"),
      "link.txt",
      "",
      "a",
      "none.txt",
      "a\0b",
    ])
      await expect(readCorpusFile(folder, path), path).rejects.toMatchObject({
        name: "DocumentError",
        code: "unreadable",
      });
  });
});

describe("documents.json", () => {
  it("may be absent", async () => expect((await readMetadata(folder)).size).toBe(0));

  it("gives the metadata by path", async () => {
    await put("documents.json", JSON.stringify({ documents: [{ path: "./a.txt", title: "A", date: "1996-11" }] }));
    expect((await readMetadata(folder)).get("a.txt")).toEqual({ title: "A", date: "1996-11" });
  });

  it.each([
    ["not JSON", "{", "JSON"],
    ["a date that does not exist", '{"documents":[{"path":"a","title":"A","date":"1996-02-30"}]}', "documents[0].date"],
    ["no title", '{"documents":[{"path":"a"}]}', "documents[0].title"],
    ["an unknown field", '{"documents":[{"path":"a","title":"A","x":1}]}', "documents[0]"],
    ["a path named twice", '{"documents":[{"path":"a","title":"A"},{"path":"./a","title":"B"}]}', "documents[1].path"],
  ])("with %s is refused, naming the field", async (_, json, named) => {
    await put("documents.json", json);
    await expect(readMetadata(folder)).rejects.toMatchObject({
      code: "bad-metadata",
      message: expect.stringContaining(named),
    });
  });
});
