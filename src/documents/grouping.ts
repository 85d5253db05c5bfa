import type { Block, Heading } from "./blocks.ts";
import { type HeadingNumber, headingNumber } from "./headings.ts";
import { normalise, type Span, wordCount } from "./lines.ts";
import type { Numbering } from "./marks.ts";

/** What becomes one passage, or several when it is long. */
export interface Group extends Span {
  /** Where it may be cut: a paragraph and each of its bullets, or the rows of a table. */
  readonly parts: readonly Span[];
  readonly kind: "paragraph" | "list" | "verbatim";
  readonly numbering: Numbering | null;
  /** The number of the innermost numbered heading above: one object for each heading. */
  readonly chapter: HeadingNumber | null;
  /** Goes on with the sentence of the group before. */
  readonly continues: boolean;
  readonly section: string | null;
}

const LOOSE_LIST_WORDS = 150;
/** In characters: nothing longer can be so few words. */
const MOST_INTRODUCED = 4000;

/** Joins bullets with the paragraph that they belong to, and names the section of each group. */
export function groupsOf(text: string, blocks: readonly Block[], title: string, ownTitle: string | null): Group[] {
  const groups: Group[] = [];
  const sections = new Sections(title, ownTitle);
  let open: OpenGroup | null = null;
  let underHeading = false;
  for (const block of blocks) {
    if (block.kind === "heading") {
      sections.enter(block);
      open = null;
    } else if (open && !block.detached && takes(text, open, block)) {
      open.parts.push(...(block.kind === "verbatim" ? block.rows : [{ start: block.start, end: block.end }]));
      open.end = block.end;
    } else {
      open = opened(block, sections, underHeading ? undefined : groups.at(-1));
      groups.push(open);
    }
    underHeading = block.kind === "heading";
  }
  return groups.flatMap((group) => settled(text, group));
}

/** A group that bullets may still be added to. */
type OpenGroup = Omit<Group, "end" | "parts"> & { end: number; parts: Span[] };

function opened(block: Exclude<Block, Heading>, sections: Sections, last: Group | undefined): OpenGroup {
  const isItem = block.kind === "item";
  return {
    start: block.start,
    end: block.end,
    parts: block.kind === "verbatim" ? [...block.rows] : [{ start: block.start, end: block.end }],
    kind: isItem ? "list" : block.kind,
    numbering: sections.numbering(block.kind === "paragraph" ? (block.numbering ?? null) : null),
    chapter: sections.chapter(),
    // Bullets that page furniture parted from their paragraph are still of its number.
    continues: isItem
      ? block.detached && last?.numbering != null
      : block.kind === "paragraph" && block.continues === true,
    section: sections.name(),
  };
}

/** Bullets belong to what is above them, a table or code to the line that ends in a colon before it, while it is short. */
function takes(text: string, group: Group, block: Exclude<Block, Heading>): boolean {
  if (block.kind === "item") return takesItems(text, group);
  if (block.kind !== "verbatim" || group.kind === "verbatim") return false;
  const isShort =
    block.end - group.start <= MOST_INTRODUCED && wordCount(text.slice(group.start, block.end)) <= LOOSE_LIST_WORDS;
  return isShort && /:[*_]{0,3}$/.test(text.slice(Math.max(group.start, group.end - 4), group.end));
}

function takesItems(text: string, group: Group): boolean {
  if (group.kind === "verbatim") return false;
  return (
    group.kind === "list" ||
    group.numbering !== null ||
    group.parts.length > 1 ||
    text.slice(group.start, group.end).endsWith(":")
  );
}

/** A list that nothing introduces is one group while it is short; else each item is its own. */
function settled(text: string, group: Group): Group[] {
  if (group.kind !== "list" || wordCount(text.slice(group.start, group.end)) <= LOOSE_LIST_WORDS) return [group];
  return group.parts.map((part, at) => ({
    ...group,
    ...part,
    parts: [part],
    numbering: at === 0 ? group.numbering : null,
    continues: group.continues && at === 0,
  }));
}

/** The headings above the current place. */
class Sections {
  #stack: (Heading & { readonly number: HeadingNumber | null })[] = [];
  #scope: Numbering | null = null;
  #scopeIsNamed = false;
  readonly #title: string;
  readonly #outermost: string | null;

  constructor(title: string, ownTitle: string | null) {
    this.#title = normalise(title);
    this.#outermost = ownTitle !== null && normalise(ownTitle) !== this.#title ? ownTitle : null;
  }

  enter(heading: Heading): void {
    this.#stack = this.#stack.filter((above) => above.level < heading.level);
    this.#stack.push({ ...heading, number: headingNumber(heading.text) });
    this.#scope = this.#stack.findLast((above) => above.scope !== undefined)?.scope ?? null;
    if (heading.scope) this.#scopeIsNamed = false;
  }

  name(): string | null {
    const headings = this.#stack.map((heading) => heading.text).filter((text) => normalise(text) !== this.#title);
    const all = this.#outermost === null ? headings : [this.#outermost, ...headings];
    return all.length > 0 ? all.join(" › ") : null;
  }

  chapter(): HeadingNumber | null {
    return this.#stack.findLast((above) => above.number !== null)?.number ?? null;
  }

  /** "Article 4. ..." as a paragraph is not below the heading "Article 3". */
  #leaveScopes(): void {
    const outermost = this.#stack.findIndex((heading) => heading.scope !== undefined);
    if (outermost >= 0) this.#stack = this.#stack.slice(0, outermost);
    this.#scope = null;
  }

  /** A block's own number; the first without one below "Article 5" is Article 5 itself. */
  numbering(own: Numbering | null): Numbering | null {
    if (own !== null && !own.label.startsWith("¶")) this.#leaveScopes();
    const scope = this.#scope;
    if (!scope) return own;
    if (own === null) {
      if (this.#scopeIsNamed) return null;
      this.#scopeIsNamed = true;
      return scope;
    }
    this.#scopeIsNamed = true;
    const within = own.parts.length > scope.parts.length && scope.parts.every((part, at) => own.parts[at] === part);
    return within ? own : { parts: [...scope.parts, ...own.parts], label: `${scope.label} ${own.label}` };
  }
}
