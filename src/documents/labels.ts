import type { Group } from "./grouping.ts";
import { compareParts } from "./marks.ts";

/** How a passage is named, and the part of its id after the hash. */
export interface Name {
  readonly label: string;
  readonly anchor: string;
}

/** A document's own numbers name its passages when at least this share of them is numbered. */
const NUMBERED_SHARE = 0.25;

/** One name for each group; groups that go on with the one before take its name, and parts are told apart later. */
export function namesOf(groups: readonly Group[]): Name[] {
  const bases = groups.filter((group) => !group.continues || group === groups[0]);
  const own = hasOwnNumbers(bases)
    ? ownNames(bases)
    : bases.map((_, at) => ({ label: `¶${at + 1}`, anchor: `p${at + 1}` }));
  let at = -1;
  return groups.flatMap((group, index) => {
    if (!group.continues || index === 0) at++;
    return own[at] ?? [];
  });
}

function hasOwnNumbers(groups: readonly Group[]): boolean {
  const numbers = groups.flatMap(({ numbering }) => (numbering ? [numbering] : []));
  const rise = numbers.every((number, at) => at === 0 || compareParts(numbers[at - 1]?.parts ?? [], number.parts) < 0);
  return rise && numbers.length > 0 && numbers.length >= NUMBERED_SHARE * groups.length;
}

function ownNames(groups: readonly Group[]): Name[] {
  const firstNumber = groups.find((group) => group.numbering)?.numbering?.label ?? "";
  let last: { label: string; anchor: string } | null = null;
  let unnumbered = 0;
  return groups.map(({ numbering }) => {
    if (numbering) {
      last = { label: numbering.label, anchor: `p${numbering.parts.join(".")}` };
      unnumbered = 0;
      return last;
    }
    unnumbered++;
    const place = last ? `after ${last.label}` : `before ${firstNumber}`;
    return {
      label: unnumbered === 1 ? place : `${place} (${unnumbered})`,
      anchor: `${last?.anchor ?? "p0"}-${unnumbered}`,
    };
  });
}

/** "¶7 (2)" and "p7.b" for the second part of ¶7. */
export function partName({ label, anchor }: Name, part: number): Name {
  let letters = "";
  for (let rest = part; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  return { label: `${label} (${part})`, anchor: `${anchor}.${letters}` };
}
