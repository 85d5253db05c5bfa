const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\p{Emoji_Presentation}]/u;
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/**
 * A document's text as one line that is safe to print: a terminal obeys control characters, and marks that turn the
 * direction of writing would make a line read as something else.
 */
export function plain(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd")
    .trim();
}

/** A path as it is, but for what cannot be seen or would act on the terminal: that is written as in a string of JSON. */
export function plainPath(path: string): string {
  return path.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WITHOUT_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Lines of at most `width` columns, broken at blanks (a longer word keeps its line), each but the first after `indent`. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.split(" ").filter(Boolean)) {
    const columns = columnsOf(word);
    if (line && used + 1 + columns > width) {
      lines.push(line);
      line = indent + word;
      used = indent.length + columns;
    } else {
      line += line ? ` ${word}` : word;
      used += columns + (used ? 1 : 0);
    }
  }
  return line ? [...lines, line] : lines;
}

/** The beginning of a text that fits `width` columns, with "…" where it was cut. */
export function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The same, cut between two words where there are any. */
export function cutAtWord(text: string, width: number): string {
  const short = cut(text, width);
  const lastBlank = short.lastIndexOf(" ");
  return short === text || lastBlank < 0 ? short : `${short.slice(0, lastBlank)} …`;
}

/** "31 passages", "1 passage". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}

/** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
