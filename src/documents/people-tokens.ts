/** A word and what stands between it and the next. */
export interface Token {
  readonly word: string;
  /** "" for a blank alone, "," or "(" or "–", "\n" for the end of a line that stands by itself, ":" within a line, "." for anything stronger. */
  readonly after: string;
  /** The line ends behind it, by itself or wrapped. */
  readonly endsLine: boolean;
  /** "Mattis’s": the word is given without the ending. */
  readonly possessive: boolean;
}

const TOKEN = /[\p{L}\p{M}\d&](?:[\p{L}\p{M}\d&]|['’-](?=\p{L})|\.(?=\p{L}))*\.?/gu;
const ABBREVIATION = /^(?:(?:\p{L}\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Adm|Col|Capt|Lt|Sgt|Sen|Gov|Rev|Cllr|Jr|Sr|St)\.)$/u;
const SHORT_LINE = 60;

/** The words of a text. A wrapped line goes on; a short line followed by another is an end of its own kind. */
export function tokensOf(text: string): Token[] {
  const found: { word: string; start: number; end: number }[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const whole = match[0];
    const word = whole.endsWith(".") && !ABBREVIATION.test(whole) ? whole.slice(0, -1) : whole;
    found.push({ word, start: match.index, end: match.index + word.length });
  }
  return found.map(({ word, end }, at): Token => {
    const between = text.slice(end, Math.min(found[at + 1]?.start ?? text.length, end + 400));
    // Most words: nothing below is needed for them.
    if (between === " " && !/['’]/.test(word.at(-2) ?? ""))
      return { word, after: "", endsLine: false, possessive: false };
    const possessive = /['’]s$/.test(word) || (/^['’](?:\s|$)/.test(between) && /s$/.test(word));
    return {
      word: word.replace(/['’]s$/, ""),
      endsLine: between.includes("\n"),
      after: markIn(between, text, end),
      possessive,
    };
  });
}

function markIn(between: string, text: string, end: number): string {
  if (/^[ \t\u00a0]*$/.test(between)) return "";
  if (/^\s*$/.test(between)) {
    if ((between.match(/\n/g)?.length ?? 0) > 1) return ".";
    const line = text.slice(Math.max(0, end - SHORT_LINE), end);
    return line.includes("\n") && isShort(line.slice(line.lastIndexOf("\n") + 1)) ? "\n" : "";
  }
  const mark = between.trim();
  if (mark === "," || mark === "(" || (mark === ":" && !between.includes("\n"))) return mark;
  return mark === "–" || mark === "—" || (mark === "-" && /^\s/.test(between)) ? "–" : ".";
}

/** A name on a line of its own, as below a letter. */
function isShort(line: string): boolean {
  return line.trim().split(/\s+/).length <= 4 && line.trim() !== "" && !/^\s{4,}/.test(line);
}
