import type { Block, Paragraph } from "./blocks.ts";
import { endsSentence, wordCount } from "./lines.ts";

const FEWEST_WORDS = 6;

/** A paragraph that a blank line cuts in the middle of a sentence is one; cut by page furniture, it is two that go on. */
export function joinCutSentences(text: string, blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (!last || last.kind === "heading" || last.kind === "verbatim" || !isCut(text, last, block)) joined.push(block);
    else if (block.kind === "paragraph" && !block.detached) joined[joined.length - 1] = { ...last, end: block.end };
    else if (block.kind === "paragraph") joined.push({ ...block, continues: true } satisfies Paragraph);
  }
  return joined;
}

function isCut(text: string, last: Block, block: Block): boolean {
  if (block.kind !== "paragraph" || block.numbering) return false;
  const before = text.slice(Math.max(last.start, last.end - 400), last.end);
  const after = text.slice(block.start, block.start + 40);
  if (endsSentence(before) || !/^\p{Ll}{1,20}['’-]?\p{Ll}*[\s,.;]/u.test(after)) return false;
  return wordCount(before) >= FEWEST_WORDS && /[\p{L}\d,–—-]$/u.test(before);
}
