const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Always followed by what they belong to. */
const BEFORE_A_NAME = words(
  "mr mrs ms mx messrs dr drs prof gen col lt maj capt cpt cmdr sgt cpl pvt adm brig sen rep gov pres hon rev fr amb supt insp cllr atty asst assoc dep sec'y mt e.g i.e eg ie cf vs viz ca approx esp incl lt.col maj.gen lt.gen brig.gen",
);
/** Followed by a number, or else they are words. */
const BEFORE_A_NUMBER = words(
  "no nos nr p pp vol vols fig figs art arts sec secs ch chs para paras eq ed edn app cl reg ref tel ext pt bk jan feb mar apr jun jul aug sep sept oct nov dec par n",
);
/** They end a sentence only where the next word begins one. */
const MAY_END = words(
  "inc st ltd co corp llc plc bros dept univ assn ave blvd rd jr sr esq etc al ibid op cit ph.d m.d b.a m.a j.d d.phil a.m p.m est gmbh s.a mon tue tues wed thu thur thurs fri sat sun govt intl natl min max avg tech mil dist div hrs hr rev wm chas jos geo thos jas jno robt edw edwd saml benj danl richd fredk",
);
/** Words that begin sentences far more often than names. */
const STARTERS = words(
  "a about according accordingly additionally after all also although among an and another any as at because before both but by despite during each either even every finally first for from furthermore given had has have he her here his how however i if in instead it its last later many meanwhile moreover most my neither no none nor not now of on once one only or other others our over per she should since so some such that the their then there therefore these they this those though through thus to today under unless until we what when where whether which while who why with within without yet you your",
);

/** Whether the full stop after `before` belongs to an abbreviation and does not end a sentence before `next`. */
export function endsAbbreviation(before: string, next: string, closed: boolean): boolean {
  const word = /[^\s("'“‘[\u2014\u2013/]*$/u.exec(before)?.[0] ?? "";
  const key = word.toLowerCase();
  if (key === "") return false;
  const startsSentence = STARTERS.has((/^["'“‘([]*([\p{L}’']+)/u.exec(next)?.[1] ?? "").toLowerCase());
  if (closed) return /^\p{Lu}$/u.test(word) && !startsSentence;
  if (BEFORE_A_NAME.has(key)) return true;
  if (BEFORE_A_NUMBER.has(key) && /^[#(]?(?:\d|[IVXLC]+\b)/.test(next)) return true;
  // Initials, "U.S.", "D.C.", "Ph.D.": one letter between stops, or one letter alone.
  const lettered =
    /^(?:\p{L}{1,2}\.)*\p{L}$/u.test(word) && (word.includes(".") || (/^\p{Lu}$/u.test(word) && word !== "I"));
  const dottedTitle = /^\p{L}{1,3}\.\p{L}{1,2}$/u.test(word);
  return (lettered || dottedTitle || MAY_END.has(key)) && !startsSentence;
}
