import { lenientJson } from "./lenient-json.ts";

/** A statement as a model wrote it; nothing of it is checked. */
export interface RawStatement {
  readonly text: string;
  /** The numbers of passages, and the words it quotes from each ("" where it gave none). */
  readonly citations: readonly { readonly passage: number; readonly quote: string }[];
}

export interface StatementReader {
  /** The statements that this piece of the text completes. */
  read(piece: string): RawStatement[];
  /** What is known when the text has ended. */
  end(): {
    /** Statements that can be read only now that the whole is there. */
    readonly late: readonly RawStatement[];
    /** Whether the text says that the passages do not answer; it may have statements all the same. */
    readonly isSilent: boolean;
    /** Whether the outermost object or list was closed. */
    readonly isClosed: boolean;
    readonly text: string;
  };
}

interface Open {
  readonly at: number;
  /** The name that it is the value of; "" for none. */
  readonly key: string;
}

/** Values of these names belong to the statement around them. */
const OF_A_STATEMENT = /^(citations?|sources?|evidence|quotes?|passages?|references?)$/i;
const KEY = /"([\w-]*)"\s*:\s*$/;
/** Brackets within brackets that are read: an answer has five. Beyond, they are only counted. */
const MOST_DEEP = 8;
/** How often the first bracket of the answer is looked for anew. */
const MOST_STARTS = 10;

/**
 * Reads `{"answerable": true, "statements": [{"text", "citations": [{"passage", "quote"}]}]}` while it is written. Each
 * object is given when its bracket closes, whatever stands around it: code fences, prose, one object a line, a list
 * alone; a text that breaks off loses its last statement only.
 */
export function statementReader(): StatementReader {
  let text = "";
  let scanner = scannerFrom(0);
  let count = 0;
  const known = new Set<string>();

  function taken(values: readonly unknown[]): RawStatement[] {
    return values.flatMap((value) => {
      const statement = readStatement(value);
      const key = JSON.stringify(statement);
      // A model that turns in circles says the same again.
      if (statement === null || known.has(key)) return [];
      known.add(key);
      count++;
      return [statement];
    });
  }

  return {
    read(piece) {
      text += piece;
      return taken(scanner.scan(text));
    },
    end() {
      const isClosed = scanner.isClosed();
      const late: RawStatement[] = [];
      // A bracket of the prose before may have been taken for the first of the answer.
      let at = scanner.first();
      for (let start = 0; count === 0 && at >= 0 && start < MOST_STARTS; start++) {
        at = nextObject(text, at);
        if (at < 0) break;
        scanner = scannerFrom(at);
        late.push(...taken(scanner.scan(text)));
      }
      const says = /"answerable"\s*:\s*"?(true|false)/i.exec(text)?.[1]?.toLowerCase();
      const isEmpty = count === 0 && /"statements"\s*:\s*\[\s*\]/.test(text);
      const isSilent = says === undefined ? isEmpty : says === "false";
      return { late, isSilent, isClosed, text };
    },
  };
}

/** Where the next object with a name in it begins; -1 where none does. */
function nextObject(text: string, after: number): number {
  const start = /\{\s*"/g;
  start.lastIndex = after + 1;
  return start.exec(text)?.index ?? -1;
}

/** Follows brackets and strings from an offset on; strings count only within brackets, where prose has none. */
function scannerFrom(start: number) {
  const open: Open[] = [];
  let at = start;
  let inString = false;
  let first = -1;
  let deeper = 0;
  let closedOnce = false;

  function scan(text: string): unknown[] {
    const values: unknown[] = [];
    for (; at < text.length; at++) {
      const character = text[at];
      if (inString) {
        if (character === "\\") {
          // What it stands before has not come yet.
          if (at + 1 >= text.length) break;
          at++;
        } else if (character === '"') inString = false;
      } else if (character === '"') inString = open.length > 0;
      else if (character === "{" || character === "[") {
        if (character === "{" && first < 0) first = at;
        if (open.length === MOST_DEEP) deeper++;
        else open.push({ at, key: KEY.exec(text.slice(Math.max(0, at - 40), at))?.[1] ?? "" });
      } else if (character === "}" || character === "]") {
        if (deeper > 0) {
          deeper--;
          continue;
        }
        const opened = open.pop();
        if (opened === undefined) continue;
        closedOnce ||= character === "}" && open.length === 0;
        const isPart = [...open, opened].some(({ key }) => OF_A_STATEMENT.test(key));
        if (character === "}" && !isPart) values.push(lenientJson(text.slice(opened.at, at + 1)));
      }
    }
    return values;
  }
  return { scan, first: () => first, isClosed: () => closedOnce && open.length === 0 };
}

type Fields = Readonly<Record<string, unknown>>;

function readStatement(value: unknown): RawStatement | null {
  if (!isFields(value) || "statements" in value) return null;
  const text = [value.text, value.statement, value.sentence].find((one) => typeof one === "string");
  if (typeof text !== "string" || text.trim() === "") return null;
  const named = value.citations ?? value.citation ?? value.sources;
  const citations =
    named === undefined
      ? quotesOf(value, value.quote ?? value.quotes)
      : listOf(named).flatMap((one) =>
          isFields(one) ? quotesOf(one, one.quote ?? one.text) : quotesOf({ passage: one }, ""),
        );
  return { text: text.trim(), citations };
}

/** The number may be a number or written as text: "2", "[2]", "passage 2". */
function quotesOf(value: Fields, said: unknown): RawStatement["citations"] {
  const numbers = listOf(value.passage ?? value.passages ?? value.number ?? value.id).flatMap(numbersIn);
  const quotes = listOf(said).filter((one) => typeof one === "string");
  return numbers.map((passage, i) => ({ passage, quote: quotes[numbers.length > 1 ? i : 0] ?? "" }));
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return Number.isInteger(value) ? [value] : [];
  if (typeof value !== "string") return [];
  return [...value.matchAll(/\d{1,4}/g)].map(([digits]) => Number(digits));
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
