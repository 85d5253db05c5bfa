/** Characters that are read of what a model calls a sentence; the patterns below take time by the square of them. */
export const MOST_READ = 1_500;

/** A model's sentence as plain text: what a page, a terminal or another program would read as more than text is gone. */
export function plainStatement(text: string): string {
  return (
    text
      .slice(0, MOST_READ)
      // Before anything is looked for: characters that hide others or turn their order.
      .replace(/[\p{Cc}\p{Cf}]/gu, (character) => (/\s/.test(character) ? " " : ""))
      .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, "")
      .replace(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
      .replace(/<(?:script|style)\b[^>]*>.*?<\/(?:script|style)\s*>/gi, "")
      .replace(/<([a-z][a-z\d+.-]*:[^\s>]+|[^\s<>@]+@[^\s<>]+)>/gi, "$1")
      .replace(/<\/?[a-z!][^>]*(?:>|$)/gi, "")
      .replace(/\[(?=[\s,]*\d)[\d\s,]+\]/g, "")
      .replace(/(\*\*|__|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1/g, "$2")
      .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2")
      .replace(/^\s*(?:[#>]+|[-*+•])\s+/, "")
      .replace(/\s+/g, " ")
      .replace(/ (?=[.,;:?!](?:\s|$))/g, "")
      .trim()
  );
}

const ADDRESS =
  /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+|\b(?:mailto|javascript|data|tel|file):[^\s"'<>]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}-]{2,}\.)+[a-z]{2,}(?:[/?#][^\s"'<>]*)?/giu;

/** Addresses of the web and of mail in a statement that none of the quotes has, as written. */
export function strangeAddresses(text: string, quotes: readonly string[]): string[] {
  const quoted = quotes.map((quote) => quote.toLowerCase().replace(/\s+/g, ""));
  return [...text.matchAll(ADDRESS)].flatMap(([found]) => {
    const address = found.replace(/[.,;:!?)\]]+$/, "");
    return quoted.some((quote) => quote.includes(address.toLowerCase())) ? [] : [address];
  });
}
