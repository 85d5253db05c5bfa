import type { Mode } from "../src/types.ts";
import { byId } from "./elements.ts";

const choice = byId("modes", HTMLFieldSetElement);
const written = byId("written", HTMLInputElement);

/** Lets a person choose how answers are made, where there is a choice. */
export function offerModes(modes: readonly Mode[]): void {
  choice.hidden = !modes.includes("generative");
}

export function chooseMode(mode: Mode): void {
  written.checked = mode === "generative";
}

/** What is chosen now; it holds until another is chosen. */
export function chosenMode(): Mode {
  return !choice.hidden && written.checked ? "generative" : "extractive";
}
