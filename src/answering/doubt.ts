import type { Statement, Turn } from "../types.ts";

/** What is said behind the markers of a statement that its citations do not carry wholly; empty where they do. */
export function doubtInWords({ verdict = "supported", missing = [] }: Statement): string {
  if (verdict === "supported") return "";
  if (verdict === "unsupported") return "(not supported by what is cited)";
  if (missing.length === 0) return "(only in part supported by what is cited)";
  return `(not said so in what is cited: ${missing.map((word) => `"${word}"`).join(", ")})`;
}

const DOUBT =
  /(?<=\[\d+\]) \((?:(?:not|only in part) supported by what is cited|not said so in what is cited: "[^"]{0,200}"(?:, "[^"]{0,200}"){0,50})\)/g;

/** A turn of a conversation as it was said: what an answer sent back tells of its own doubts is nothing to search for. */
export function withoutDoubts(turn: Turn): Turn {
  return turn.role === "assistant" ? { ...turn, content: turn.content.replace(DOUBT, "") } : turn;
}
