import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCorpusFile, scanCorpus } from "../../src/documents/corpus.ts";
import { absentFiles, readMetadata } from "../../src/documents/corpus-metadata.ts";

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
      { path: "a/c.md", size: 1, stamp: "" },
      { path: "b.txt", size: 2, stamp: "" },
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

  it("tells of links what is true, and passes over folders that hold an index", async () => {
    await put("a/b.txt", "b");
    await put("a/idx/manifest.json", '{"format":"pilcrow-index/7"}');
    await put("a/idx/z.txt", "z");
    await put("other/manifest.json", '{"format":"a thing of another kind"}');
    await put("other/c.txt", "c");
    await mkdir(join(outside, "index"));
    await symlink(".", join(folder, "loop"));
    await symlink("a", join(folder, "linked"));
    await symlink("a/b.txt", join(folder, "twice.txt"));
    await symlink(outside, join(folder, "away"));
    await symlink(join(outside, "index"), join(folder, "index"));
    const scan = await scanCorpus(folder, { maxFileBytes: 100, ignore: [join(folder, "index")] });
    expect(scan.files.map(({ path }) => path)).toEqual(["a/b.txt", "other/c.txt"]);
    expect(scan.failures.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "away is a link that leads out of the corpus; links are not followed",
      "linked is a link to a of the same corpus; files are read where they lie, not through links",
      "loop is a link to the corpus folder itself",
      "other/manifest.json is of a type that is not read (.txt, .text, .md and .markdown are)",
      "twice.txt is a link to a/b.txt of the same corpus; files are read where they lie, not through links",
    ]);
  });

  it("passes over an index that is not yet there, named through a link", async () => {
    await symlink(folder, join(outside, "way"));
    await put("index/z.txt", "z");
    await put("a.txt", "a");
    const { files } = await scanCorpus(folder, { maxFileBytes: 9, ignore: [join(outside, "way", "index")] });
    expect(files.map(({ path }) => path)).toEqual(["a.txt"]);
  });

  it.skipIf(process.getuid?.() === 0)("tells an unreadable file and an unreadable folder", async () => {
    await put("a.txt", "a");
    await chmod(join(folder, "a.txt"), 0);
    expect((await scanCorpus(folder, { maxFileBytes: 9 })).failures[0]?.code).toBe("unreadable");
    await chmod(folder, 0);
    expect((await readMetadata(folder)).size).toBe(0);
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

  it("reads no more than it may", async () => {
    await put("a.txt", "x".repeat(200_000));
    expect(await readCorpusFile(folder, "a.txt", 200_000)).toHaveLength(200_000);
    await expect(readCorpusFile(folder, "a.txt", 199_999)).rejects.toMatchObject({ code: "too-large" });
  });
});

describe("documents.json", () => {
  it("is told of what it names and the folder has not", async () => {
    const documents = ["a.txt", "gone.txt", "../out.txt"].map((path) => ({ path, title: path }));
    await put("documents.json", JSON.stringify({ documents }));
    expect(absentFiles(await readMetadata(folder), [{ path: "a.txt" }])).toEqual([
      { path: "gone.txt", code: "bad-metadata", message: "is named in documents.json, but is no file of the corpus" },
      { path: "../out.txt", code: "bad-metadata", message: "is named in documents.json, but is no file of the corpus" },
    ]);
  });

  it.each([
    [1, "nothing"],
    [2, "{\n  documents: []\n}"],
    [3, '{"documents": [\n  {"path": "a"}\n  {"path": "b"}\n]}'],
    [3, '{"documents": [\n  {"path": "a"},\n]}'],
    [2, '{"documents": [\n  {"path": "a}\n]}'],
    [2, '{"documents": [\n  {"path": "a"'],
    [3, '{"documents": []\n}\n}'],
  ])("says that line %i is wrong in %j", async (line, json) => {
    await put("documents.json", json);
    await expect(readMetadata(folder)).rejects.toThrow(
      `${join(folder, "documents.json")} is not valid: line ${line}: `,
    );
  });

  it("may be absent", async () => expect((await readMetadata(folder)).size).toBe(0));

  it("gives the metadata by path", async () => {
    await put("documents.json", JSON.stringify({ documents: [{ path: "./a.txt", title: "A", date: "1996-11" }] }));
    expect((await readMetadata(folder)).get("a.txt")).toEqual({ title: "A", date: "1996-11" });
  });

  it.each([
    ["not JSON", "{", "JSON"],
    ["a date that does not exist", '{"documents":[{"path":"a","title":"A","date":"1996-02-30"}]}', "documents[0].date"],
    ["no title", '{"documents":[{"path":"a"}]}', "documents[0].title is missing"],
    ["a number for a title", '{"documents":[{"path":"a","title":3}]}', "documents[0].title must be a text"],
    ["an empty title", '{"documents":[{"path":"a","title":" "}]}', "documents[0].title is empty"],
    ["a long title", `{"documents":[{"path":"a","title":"${"x".repeat(501)}"}]}`, "is longer than 500 characters"],
    ["an unknown field", '{"documents":[{"path":"a","title":"A","x":1}]}', 'documents[0] has "x"'],
    ["a list for the whole", "[]", "it must be an object"],
    ["a path named twice", '{"documents":[{"path":"a","title":"A"},{"path":"./a","title":"B"}]}', "documents[1].path"],
  ])("with %s is refused, naming the field", async (_, json, named) => {
    await put("documents.json", json);
    await expect(readMetadata(folder)).rejects.toMatchObject({
      code: "bad-metadata",
      message: expect.stringContaining(named),
    });
  });
});
