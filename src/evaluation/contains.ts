/** White space counts as one blank; the rest to the letter. */
export function contains(text: string, part: string): boolean {
  return plain(part) !== "" && plain(text).includes(plain(part));
}

/** The same whatever the case, and as whole words: "four" is not in "fourteen". */
export function containsWords(text: string, part: string): boolean {
  const within = ` ${plain(text).toLowerCase()} `;
  const sought = plain(part).toLowerCase();
  if (sought === "") return false;
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1)) {
    const [before = "", first = ""] = within.slice(at - 1, at + 1);
    const [last = "", after = ""] = within.slice(at + sought.length - 1, at + sought.length + 1);
    if (!(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after))) return true;
  }
  return false;
}

const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
const inWord = (character: string) => /[\p{L}\p{N}]/u.test(character);
