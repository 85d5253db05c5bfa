const PARTS: Readonly<Record<string, string>> = { "¼": ".25", "½": ".5", "¾": ".75" };
const UNITS = "km|kg|mg|cm|mm|ml|kw|mw|gb|mb|tb|ft|lbs?|oz|ha|hrs?|mins?|m|g|l|h|p";

/** A text with its numbers written so that they are read as words: "$2.5 million" for "$2.5m", "5 km" for "5km", "2.5" for "2½". */
export function withPlainNumbers(text: string): string {
  return text
    .replace(/(\d*)\s?([¼½¾])/g, (_, whole: string, part: string) => `${whole || "0"}${PARTS[part]}`)
    .replace(/([$€£¥₩]\s?\d[\d,.]*)m\b/g, "$1 million")
    .replace(/(?<=\d)bn\b/g, " billion")
    .replace(new RegExp(`(?<=\\d)(?:${UNITS})\\b`, "g"), " $&");
}
