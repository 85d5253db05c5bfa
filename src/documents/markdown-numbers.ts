import { endsSentence } from "./lines.ts";
import { type Run, wordsOf } from "./markdown-runs.ts";
import { follows, type NumberMark, numberMark } from "./marks.ts";
import { splitSentences } from "./sentences.ts";

interface Numbered {
  readonly run: Run;
  readonly mark: NumberMark;
}

interface List {
  readonly items: Numbered[];
  /** Whether a line that ends in a colon stands above its first item. */
  readonly introduced: boolean;
}

/**
 * Ordered items that are the document's numbered paragraphs: at the margin, counting on, and long, or sentences that
 * state something. Steps and lists, which are short, command, or follow a line that ends in a colon, stay items.
 */
export function numberedRuns(runs: readonly Run[]): ReadonlyMap<Run, NumberMark> {
  const lists: List[] = [];
  let open: List[] = [];
  let above: Run | null = null;
  for (const run of runs) {
    const mark = run.kind === "item" ? numberMark(run.lines[0]?.content ?? "") : null;
    if (mark && (run.lines[0]?.indent ?? 0) < 4) {
      const last = open.findLastIndex((list) => goesOn(list, mark));
      if (last < 0) {
        const list = { items: [], introduced: above !== null && introduces(above) };
        open = isNested(open.at(-1), above) ? [...open, list] : [list];
        lists.push(list);
      } else open = open.slice(0, last + 1);
      open.at(-1)?.items.push({ run, mark });
    }
    above = run;
  }
  const own = lists.filter((list) => !list.introduced && (areLong(list.items) || areParagraphs(list.items)));
  return new Map(own.flatMap(({ items }) => items.map(({ run, mark }) => [run, mark] as const)));
}

function goesOn({ items }: List, mark: NumberMark): boolean {
  const last = items.at(-1);
  return last !== undefined && follows(mark.parts, last.mark.parts);
}

function introduces(run: Run): boolean {
  return (run.kind === "paragraph" || run.kind === "item") && /:\**$/.test(wordsOf(run).slice(-4));
}

/** Below an item that ends in a colon, what counts anew is that item's; the list around it may go on after it. */
function isNested(list: List | undefined, above: Run | null): boolean {
  return list !== undefined && above !== null && list.items.at(-1)?.run === above && introduces(above);
}

const LONG_ITEM_CHARACTERS = 160;

function areLong(items: readonly Numbered[]): boolean {
  return items.filter(({ run }) => wordsOf(run).length >= LONG_ITEM_CHARACTERS).length > items.length / 3;
}

const PARAGRAPH_CHARACTERS = 100;

/** Minutes, findings, terms: two or more, of which most state something, and one at least is more than a short sentence. */
function areParagraphs(items: readonly Numbered[]): boolean {
  if (items.length < 2) return false;
  const texts = items.map(({ run, mark }) => wordsOf(run).slice(mark.length));
  const stated = texts.filter((text) => endsSentence(text) && states(text)).length;
  return stated > items.length / 2 && texts.some(isMoreThanShort);
}

function isMoreThanShort(text: string): boolean {
  return text.length > PARAGRAPH_CHARACTERS || splitSentences(text).length > 1;
}

/** "**Apologies.**", "Roof:": what heads an item and is no part of its sentence. */
const LEAD = /^(?:\*\*[^*]{1,60}\*\*[.:]?\s+|[^\s.:]+(?:\s[^\s.:]+){0,3}:\s+(?=\S))/;
/** What a command never begins with. */
const SUBJECT =
  /^["“'‘(*_]*(?:the|an?|this|that|these|those|there|it|he|she|they|we|i|you|his|her|its|their|our|my|all|no|none|each|every|any|some|both|neither|either|nobody|nothing|one|mr|mrs|ms|dr|sir|lady)\b/i;
const FINITE =
  /\s(?:is|are|was|were|has|had|have|will|would|shall|should|may|might|must|can|could|did|does|said|told|made|gave|took|sent|came|went|held|thought|spoke|wrote|paid|rose|met)\b/;
/** "Hale proposed", but not "the attached bolts" nor "if needed". */
const PAST = /(?<!\b(?:the|an?|any|all|if|as|when|of|with|by|and|or|be|is|your|its)) \p{L}{2,}ed\b/iu;
/** What follows is of another clause: "Wait until the lamp is lit". */
const SUBORDINATE =
  /\b(?:until|till|that|if|when|whether|once|where|which|who|while|before|after|as|so|because|unless)\b/i;

/** In characters: the first sentence is within them. */
const READ = 600;

/** Whether the first sentence states something; a command, such as a step of a manual, has no subject and no finite verb. */
function states(text: string): boolean {
  const own = text.slice(0, READ).replace(LEAD, "");
  if (SUBJECT.test(own)) return true;
  const [first] = splitSentences(own);
  const clause = own.slice(first?.start, first?.end).split(SUBORDINATE, 1)[0] ?? "";
  return FINITE.test(clause) || PAST.test(clause);
}
