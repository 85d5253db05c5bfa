/** What the product asks of a statement; the check itself now holds both of its halves. */
export { wordsNotCarried } from "./verification/carried-words.ts";
export { checkStatement as checkCarried } from "./verification/check-statement.ts";
