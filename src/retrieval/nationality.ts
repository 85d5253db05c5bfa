/** What countries' adjectives are made with ("Korean", "Polish"), and what countries' names end in without them. */
const SUFFIXES = ["ian", "an", "n", "ese", "ish", "i", "ic", "ean"];
const ENDINGS = ["", "a", "e", "y", "ia", "o", "i", "land", "and", "en", "ey", "eland", "ain"];
/** Those that no rule makes, and the short names that offices are written with. */
const IRREGULAR: Readonly<Record<string, string>> = {
  france: "french",
  netherlands: "dutch",
  spain: "spanish",
  denmark: "danish",
  norway: "norwegian",
  switzerland: "swiss",
  greece: "greek",
  us: "american",
  "u.s.": "american",
  usa: "american",
  uk: "british",
  "u.k.": "british",
  eu: "european",
  rok: "korean",
  dprk: "korean",
  prc: "chinese",
  ussr: "soviet",
};
const ADJECTIVE = /^\p{Lu}\p{Ll}{2,12}(?:an|ese|ish)$/u;
const ADJECTIVES = new Set(Object.values(IRREGULAR));

/** The adjective, in lower case, of a word that says a country's: "Korean", "ROK" and "US"; null of any other word. */
export function nationalityOf(word: string): string | null {
  const key = word.toLowerCase();
  const known = /^\p{Lu}/u.test(word) ? IRREGULAR[key] : undefined;
  if (known !== undefined) return known;
  return ADJECTIVE.test(word) || (/^\p{Lu}/u.test(word) && ADJECTIVES.has(key)) ? key : null;
}

/** The names, in lower case, that a country of this adjective may have: of "kenyan" "kenya" among others. */
export function countriesOf(adjective: string): string[] {
  const stems = SUFFIXES.filter((suffix) => adjective.endsWith(suffix)).map((suffix) =>
    adjective.slice(0, -suffix.length),
  );
  const made = stems.filter(({ length }) => length >= 2).flatMap((stem) => ENDINGS.map((ending) => stem + ending));
  const known = Object.keys(IRREGULAR).filter((name) => IRREGULAR[name] === adjective);
  return [...known, ...made];
}
