import { terms } from "./tokenize.ts";

/** English verbs whose forms the stemmer does not join: base, past, participle, each once. */
const VERBS =
  "arise arose arisen|awake awoke awoken|bear bore borne|beat beaten|become became|begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug|do did does done|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|forsake forsook forsaken|freeze froze frozen|get got gotten|give gave given|go went gone goes|grind ground|grow grew grown|hang hung|have had has|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|lie lay lain|light lit|lose lost|make made|mean meant|meet met|melt molten|mow mown|pay paid|plead pled|prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran|saw sawn|say said|see saw seen|seek sought|sell sold|send sent|sew sewn|shake shook shaken|shear shorn|shine shone|shoe shod|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|smell smelt|sow sown|speak spoke spoken|speed sped|spell spelt|spend spent|spill spilt|spin spun|spit spat|split|spoil spoilt|spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|stink stank stunk|stride strode stridden|strike struck stricken|string strung|strive strove striven|swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|tread trod trodden|understand understood|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wring wrung|write wrote written";
/** Nouns whose plural it does not join: singular, plurals. */
const NOUNS =
  "child children|man men|woman women|person people persons|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|penny pence|calf calves|elf elves|half halves|hoof hooves|knife knives|leaf leaves|life lives|loaf loaves|scarf scarves|self selves|sheaf sheaves|shelf shelves|thief thieves|wife wives|wolf wolves|wharf wharves|dwarf dwarves|analysis analyses|crisis crises|diagnosis diagnoses|emphasis emphases|hypothesis hypotheses|oasis oases|parenthesis parentheses|synthesis syntheses|thesis theses|criterion criteria|phenomenon phenomena|addendum addenda|bacterium bacteria|curriculum curricula|datum data|erratum errata|medium media|memorandum memoranda|millennium millennia|referendum referenda|spectrum spectra|stadium stadia|stratum strata|symposium symposia|appendix appendices|codex codices|index indices|matrix matrices|vertex vertices|vortex vortices|alumnus alumni|cactus cacti|focus foci|fungus fungi|nucleus nuclei|radius radii|stimulus stimuli|syllabus syllabi|terminus termini|alga algae|antenna antennae|formula formulae|larva larvae|nebula nebulae|vertebra vertebrae|corpus corpora|genus genera|bureau bureaux|plateau plateaux|chateau chateaux";
/** Forms that are words of their own, too: asked for alone they mean no more than themselves. */
const OWN_WORDS = new Set(
  "bit bore bound broke cast dice did does done fell felt found froze ground had has hung laid lay leaves left lent lit lives media molten people persons rose rung saw shed shone shot slid slew sped spoke stole stuck tore wove".split(
    " ",
  ),
);
/** "Rebuilt", "withdrew", "undertaken". */
const PREFIX = /^(?:fore|mis|out|over|re|un|under|up|with)(?=\p{L}{3})/u;
/** "Fishermen", but no "Norman" and no "human". */
const MAN = /^(?!(?:ro|ger|nor|hu|otto|sha|talis|cay|mus?sel|tu|bra?h|dol)m[ae]n$)(\p{L}{2,})(man|men)$/u;

const byBase = new Map<string, readonly string[]>();
const byForm = new Map<string, readonly string[]>();
for (const family of `${VERBS}|${NOUNS}`.split("|").map((forms) => forms.split(" "))) {
  const [base = "", ...others] = family;
  byBase.set(terms(base)[0] ?? base, family);
  // "Lay" is first of all the verb "lay"; a form of two verbs keeps to the first of them.
  for (const form of others) if (!byForm.has(form)) byForm.set(form, family);
}

/** What else than its term stands for a word. */
export interface OtherForms {
  /** The term of the base, whose regular forms count, too; null where the word is a form of it already. */
  readonly base: string | null;
  /** In lower case, as they are written: "found", which has the same term as "founded". */
  readonly forms: ReadonlySet<string>;
}

/** The irregular English forms of a word in lower case: "bought" for "buys", "child" for "children". */
export function irregularForms(word: string): OtherForms {
  // "The meeting" and "the buildings" are things: "met" is no mention of them.
  if (OWN_WORDS.has(word) || (/ings?$/.test(word) && !byBase.has(word))) return { base: null, forms: new Set() };
  const prefix = PREFIX.exec(word)?.[0] ?? "";
  return familyOf(word, "") ?? (prefix === "" ? null : familyOf(word.slice(prefix.length), prefix)) ?? menOf(word);
}

/** The base of an irregular form, as it is written: "buy" for "bought"; null where it is none. */
export function irregularBase(word: string): string | null {
  const prefix = PREFIX.exec(word)?.[0] ?? "";
  const whole = byForm.get(word)?.[0];
  const base = whole ?? byForm.get(word.slice(prefix.length))?.[0];
  return base === undefined ? null : (whole === undefined ? prefix : "") + base;
}

function familyOf(word: string, prefix: string): OtherForms | null {
  const own = byBase.get(terms(word)[0] ?? word);
  const family = own ?? byForm.get(word);
  if (family === undefined) return null;
  const [base = ""] = family;
  return {
    base: own === undefined ? (terms(prefix + base)[0] ?? null) : null,
    forms: new Set(family.slice(1).map((form) => prefix + form)),
  };
}

function menOf(word: string): OtherForms {
  const [, stem = "", ending] = MAN.exec(word) ?? [];
  if (ending === undefined) return { base: null, forms: new Set() };
  const other = `${stem}${ending === "man" ? "men" : "man"}`;
  return { base: null, forms: new Set([other]) };
}
