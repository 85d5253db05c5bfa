import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCorpusFile, scanCorpus } from "../../src/documents/corpus.ts";
import { readMetadata } from "../../src/documents/corpus-metadata.ts";
import { collapse } from "../../src/documents/lines.ts";
import { parseDocument } from "../../src/documents/parse.ts";

const corpus = join(import.meta.dirname, "../../corpus");
const golden = join(import.meta.dirname, "golden/example-corpus.txt");

/** One line a passage, for a person to read: label, anchor, first words, last words. */
async function listing(): Promise<string> {
  const metadata = await readMetadata(corpus);
  const { files, failures } = await scanCorpus(corpus, { maxFileBytes: 1_000_000 });
  expect(failures).toEqual([]);
  const parts: string[] = [];
  for (const { path } of files) {
    const listed = metadata.get(path);
    const bytes = await readCorpusFile(corpus, path);
    const { document, passages } = parseDocument({ path, bytes, ...(listed && { metadata: listed }) });
    parts.push(`${document.documentId}\n  ${document.title}\n  ${document.date} | ${document.source ?? "no source"}`);
    parts.push(...document.people.map(({ name, role }) => `  who: ${role} = ${name}`));
    let section: string | undefined;
    for (const passage of passages) {
      if (passage.section !== section) parts.push(`  section: ${passage.section}`);
      section = passage.section;
      const words = collapse(passage.text);
      const anchor = passage.passageId.replace(document.documentId, "");
      parts.push(
        `  ${passage.label} ${anchor} ${words.slice(0, 60)} ... ${words.slice(-40)} (${words.split(" ").length} words)`,
      );
    }
    parts.push("");
  }
  return parts.join("\n");
}

describe("the example corpus", () => {
  it("is cut into the passages that a person has read and found right", async () => {
    await expect(await listing()).toMatchFileSnapshot(golden);
  });

  it("takes the year from the file's name where the text never says it", () => {
    for (const [path, date] of [
      ["2006-11-07-scap-talks.txt", "2006-11-07"],
      ["2013-09-27-yun-kerry-meeting.txt", "2013-09-27"],
      ["2017-02-07-yun-tillerson-call.txt", "2017-02-07"],
    ] as const)
      expect(parseDocument({ path, bytes: readFileSync(join(corpus, path)) }).document.date).toBe(date);
  });

  it("keeps the bullets of 2017 in ¶3 and ¶4, and parts ¶4 from ¶5, which follows without a blank line", () => {
    const path = "2017-02-07-yun-tillerson-call.txt";
    const { passages } = parseDocument({ path, bytes: readFileSync(join(corpus, path)) });
    const byLabel = new Map(passages.map(({ label, text }) => [label, text]));
    expect(byLabel.get("¶3")).toMatch(/agreed to deploy the system as planned\.$/);
    expect(byLabel.get("¶4")).toMatch(/^4\. Minister Yun, stressing[\s\S]*relevant UN Security Council resolutions\.$/);
    expect(byLabel.get("¶5")).toMatch(/^5\. Minister Yun informed/);
  });
});
