import type { Group } from "./grouping.ts";
import type { HeadingNumber } from "./headings.ts";
import { compareParts, follows } from "./marks.ts";

/** How a passage is named, and the part of its id after the hash. */
export interface Name {
  readonly label: string;
  readonly anchor: string;
}

/** A document's own numbers name its passages when they do so for at least this share of them. */
const NUMBERED_SHARE = 0.25;

/** One name for each group; groups that go on with the one before take its name, and parts are told apart later. */
export function namesOf(groups: readonly Group[]): Name[] {
  const bases = groups.filter((group) => !group.continues || group === groups[0]);
  const chapters = namingChapters(bases);
  const numbered = namingNumbers(bases, chapters);
  const names = bases.map(namer(numbered, chapters));
  const named = names.filter((name) => name !== null).length;
  const own =
    named > 0 && named >= NUMBERED_SHARE * bases.length
      ? numbered.size > 0
        ? withPlaces(names)
        : names.map((name, at) => name ?? positionName(at))
      : bases.map((_, at) => positionName(at));
  let at = -1;
  return groups.flatMap((group, index) => {
    if (!group.continues || index === 0) at++;
    return own[at] ?? [];
  });
}

function positionName(at: number): Name {
  return { label: `¶${at + 1}`, anchor: `p${at + 1}` };
}

/** "after ¶6 (2)" and "before ¶1": what has no name is named by the one before it, else by the first of all. */
function withPlaces(names: readonly (Name | null)[]): Name[] {
  const first = names.find((name) => name !== null);
  let last: Name | null = null;
  let unnamed = 0;
  return names.map((name) => {
    unnamed = name === null ? unnamed + 1 : 0;
    if (name !== null) {
      last = name;
      return name;
    }
    const place = last ? `after ${last.label}` : `before ${first?.label ?? ""}`;
    return {
      label: unnamed === 1 ? place : `${place} (${unnamed})`,
      anchor: `${last?.anchor ?? "p0"}-${unnamed}`,
    };
  });
}

/** The numbered headings, when they can name what is below them: when none comes twice, and at least half count on. */
function namingChapters(groups: readonly Group[]): ReadonlySet<HeadingNumber> {
  const chapters = [...new Set(groups.flatMap(({ chapter }) => (chapter && !chapter.worded ? [chapter] : [])))];
  const numbers = chapters.map(({ parts }) => parts);
  const countOn = numbers.filter((parts, at) => follows(parts, numbers[at - 1] ?? null)).length;
  const differ = new Set(chapters.map(({ label }) => label)).size === chapters.length;
  return new Set(differ && countOn * 2 >= chapters.length ? chapters : []);
}

/** The groups whose own numbers name them: all that have one, or those that carry on a heading's number, 4.1 below 4. */
function namingNumbers(groups: readonly Group[], chapters: ReadonlySet<HeadingNumber>): ReadonlySet<Group> {
  const all = groups.filter(({ numbering }) => numbering);
  if (all.length >= NUMBERED_SHARE * groups.length && rise(all.map(partsOf)) && !isOneSections(all, groups))
    return new Set(all);
  const within = all.filter(
    ({ chapter, numbering }) =>
      chapter && chapters.has(chapter) && chapter.parts.every((part, at) => numbering?.parts[at] === part),
  );
  return new Set(rise(within.map(partsOf)) ? within : []);
}

/** Whether the numbers are those of one section, and most of the document stands in others. */
function isOneSections(numbered: readonly Group[], groups: readonly Group[]): boolean {
  const section = numbered[0]?.section;
  const elsewhere = groups.filter((group) => group.section !== section).length;
  return numbered.every((group) => group.section === section) && elsewhere * 2 > groups.length;
}

function partsOf({ numbering }: Group): readonly number[] {
  return numbering?.parts ?? [];
}

function rise(numbers: readonly (readonly number[])[]): boolean {
  return numbers.every((parts, at) => at === 0 || compareParts(numbers[at - 1] ?? [], parts) < 0);
}

/** Names a group by its own number, or by the heading's: "§5", "§5 ¶2"; null where it has neither. */
function namer(numbered: ReadonlySet<Group>, chapters: ReadonlySet<HeadingNumber>): (group: Group) => Name | null {
  const passed = new Map<HeadingNumber, number>();
  /** "Article 5" whose paragraphs have numbers: "Article 5 ¶2" is one of those. */
  const divided = new Set<HeadingNumber>();
  return (group) => {
    const { numbering, chapter } = group;
    if (chapter?.worded && numbering && numbering.label !== chapter.label) divided.add(chapter);
    if (numbering && numbered.has(group)) {
      if (chapter?.worded) passed.set(chapter, 1);
      return { label: numbering.label, anchor: `p${numbering.parts.join(".")}` };
    }
    const names = chapter && (chapters.has(chapter) || (passed.has(chapter) && !divided.has(chapter)));
    if (!names) return null;
    const count = (passed.get(chapter) ?? 0) + 1;
    passed.set(chapter, count);
    const anchor = `${chapter.worded ? "p" : "s"}${chapter.parts.join(".")}`;
    return count === 1
      ? { label: chapter.label, anchor }
      : { label: `${chapter.label} ¶${count}`, anchor: `${anchor}-${count}` };
  };
}

/** "¶7 (2)" and "p7.b" for the second part of ¶7. */
export function partName({ label, anchor }: Name, part: number): Name {
  let letters = "";
  for (let rest = part; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  return { label: `${label} (${part})`, anchor: `${anchor}.${letters}` };
}
