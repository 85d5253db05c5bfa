import type { Answer } from "../src/types.ts";

/**
 * Answers in the storage of this tab, so that a page that is loaded again asks for none a second time. Where the storage
 * is full, forbidden or damaged, there is nothing in it.
 */
const PREFIX = "pilcrow.answer.";
/** Characters: a browser gives some five million to all pages of an address. */
const ROOM = 2_000_000;
const LARGEST = 500_000;

/** Keeps an answer, at the cost of the oldest. `madeFrom` is what it was made from; an id that is greater is newer. */
export function keepAnswer(id: string, madeFrom: string, answer: Answer): void {
  const text = JSON.stringify({ madeFrom, answer });
  try {
    if (text.length <= LARGEST) store(PREFIX + id, `${sumOf(text)} ${text}`);
  } catch {
    // Forbidden: it is asked for again.
  }
}

function store(key: string, text: string): void {
  const older = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  const lengthOf = (name: string) => sessionStorage.getItem(name)?.length ?? 0;
  let taken = older.reduce((sum, name) => sum + lengthOf(name), 0);
  for (const oldest of [...older.sort(), null]) {
    if (taken + text.length <= ROOM && fits(key, text)) return;
    if (oldest === null) return;
    taken -= lengthOf(oldest);
    sessionStorage.removeItem(oldest);
  }
}

/** Sets it, unless the storage is full. */
function fits(key: string, text: string): boolean {
  try {
    sessionStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** Whether there may be an answer. */
export function mayBeKept(id: string): boolean {
  return textOf(id) !== null;
}

/** The answer that was kept; null where there is none, or it was made from something else. */
export function keptAnswer(id: string, madeFrom: string | null): Answer | null {
  const [, sum, text = ""] = /^(\d+) (.*)$/s.exec(textOf(id) ?? "") ?? [];
  // What anything else has written or cut is not read.
  if (sum !== String(sumOf(text))) return null;
  const kept: { madeFrom: string; answer: Answer } = JSON.parse(text);
  return kept.madeFrom === madeFrom ? kept.answer : null;
}

function textOf(id: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + id);
  } catch {
    return null;
  }
}

/** FNV-1a, of 32 bits. */
function sumOf(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
