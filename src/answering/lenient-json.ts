/** JSON as models write it: commas before a closing bracket, line breaks within strings, needless backslashes. */
export function lenientJson(text: string): unknown {
  for (const candidate of [text, mended(text)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The mended text is tried next, and what is none either is undefined.
    }
  }
  return undefined;
}

/** Strings as they are, but for what may not stand in one; outside of them no comma that nothing follows. */
function mended(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[\s\S])*"|,(?=\s*[}\]])/g, (part) => (part === "," ? "" : mendedString(part)));
}

function mendedString(string: string): string {
  return string.replace(/\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})|\\|\p{Cc}/gu, (part) => {
    if (part.length > 1) return part;
    return part === "\\" ? "" : `\\u${part.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
