import { element } from "../elements.ts";

/** A text of the description: what stands in backticks is code. */
export function prose(text: string): (Node | string)[] {
  return text.split("`").map((piece, at) => (at % 2 === 1 ? element("code", {}, piece) : piece));
}

/** Its paragraphs. */
export function paragraphs(text: string): HTMLElement[] {
  return text.split("\n\n").map((paragraph) => element("p", {}, ...prose(paragraph)));
}
