const set = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Nouns that name an office or a job; a role is built around one of them. */
const ROLE_NOUNS = set(
  "secretary minister president chairman chairwoman chairperson chair ambassador director manager mayor councillor councilor alderman governor senator congressman congresswoman representative commissioner commander chancellor premier judge justice magistrate attorney solicitor barrister prosecutor sheriff constable inspector superintendent clerk treasurer auditor officer engineer architect surveyor scientist researcher professor lecturer dean rector provost principal headteacher head chief leader deputy spokesman spokeswoman spokesperson envoy negotiator delegate coordinator administrator supervisor founder co-founder owner editor reporter correspondent author partner consultant adviser advisor analyst accountant bursar archivist librarian curator nurse surgeon cardiologist physician pharmacist matron economist technician planner developer designer trustee executive ceo cfo coo cto cio ciso coach registrar comptroller controller headmaster headmistress ombudsman undersecretary vice-president vice-chancellor vice-chairman co-chair co-chairman emperor empress bishop archbishop pope king queen prince princess",
);
/** Words before the noun: "Deputy Prime Minister", "Chief Financial Officer". Nationalities and acronyms count as well. */
const ROLE_QUALIFIERS = set(
  "deputy vice under assistant associate acting interim former prime foreign defense defence finance chief executive financial operating technology technical information medical legal senior junior managing general attorney first permanent special principal lead head national state federal regional district city town county parish council planning finance works project product programme program sales marketing human resources security safety quality environmental civil structural mechanical electrical software research clinical nursing staff honorary honorable presiding supreme lord lady inspector solicitor health education interior justice housing transport trade energy environment agriculture labour labor treasury press public site station fire police company committee board joint co- south north new north-east us u.s. un u.n. uk eu rok dprk",
);
/** Words that go on after "of" and "for" in an office's name; what is none of these begins a person's name. */
export const FIELD_WORDS = set(
  "state defense defence foreign affairs trade national joint chiefs staff finance health education interior justice treasury transport transportation energy environment environmental agriculture labor labour commerce security homeland operations public relations political economic planning engineering sales marketing research development human resources works housing culture sport sports tourism science technology innovation industry business strategy policy communications information technical services service forces command armed army navy air force war veterans social welfare community communities local government legal general international cooperation unification external internal home exchequer board committee council commission parliament house commons lords representatives assembly senate city town county university college school department institute office bureau agency ministry authority corporation company bank hospital police fire medicine surgery cardiology nursing radiology paediatrics pediatrics oncology facilities property procurement logistics quality safety compliance audit risk product production maintenance infrastructure highways water waste management administration republic united states kingdom nations korea europe asia pacific east west north south",
);
/** Titles that stand before a name on their own, and what they are called. */
const TITLES = set(
  "general gen. admiral adm. colonel col. captain capt. major lieutenant lt. sergeant sgt. brigadier marshal dr dr. doctor professor prof prof. mayor councillor councilor cllr cllr. senator sen. judge justice ambassador president chairman chairwoman premier chancellor governor gov. bishop archbishop inspector superintendent commissioner congressman congresswoman rev. reverend",
);
/** Capitalised words that are no part of a person's name. */
export const NO_NAMES = set(
  "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday the this that these those he she they it we you i in on at by for from of and or but with to as his her their our its north south east west northern southern eastern western united states kingdom nations republic america american korea korean japan japanese china chinese russia russian france french germany german britain british england english europe european asia pacific washington seoul london street road avenue lane square building hall house company corporation inc ltd limited plc llc group holdings bank council committee commission board department ministry agency office bureau institute university college school hospital clinic centre center association society union federation league party government parliament senate congress assembly court police force forces army navy command staff meeting minutes report summit conference treaty agreement act bill plan programme program project policy order article section chapter appendix annex table figure page dear sir madam mr mr. mrs mrs. ms ms. miss motors electric administration affairs defense defence foreign security state national international public services service news press release today yesterday tomorrow also however both two three all award awards prize stadium museum academy club squadron",
);

/** "Korean", "Japanese", "Polish", "US", "ROK": what says whose office it is. */
export function isQualifier(word: string): boolean {
  return (
    ROLE_QUALIFIERS.has(word.toLowerCase()) ||
    /^(?:\p{Lu}{2,5}|(?:\p{Lu}\.){2,4})$/u.test(word) ||
    /^\p{Lu}\p{Ll}{2,12}(?:an|ese|ish)$/u.test(word)
  );
}

const OFFICE_OR_TITLE = new RegExp(
  `\\b(?:${[...new Set([...ROLE_NOUNS, ...TITLES])].map((word) => word.replace(/an$/, "[ae]n").replace(/y$/, "(?:y|ies)").replace(".", "\\.?")).join("|")})s?(?![a-z])`,
  "i",
);

/** Whether a text has the word of an office or a title at all: quickly told, and most have none. */
export function hasOffice(text: string): boolean {
  return OFFICE_OR_TITLE.test(text);
}

/** "Secretary-General" as "Secretary". */
export function isRoleNoun(word: string): boolean {
  const key = word.toLowerCase();
  return ROLE_NOUNS.has(key.endsWith("-general") ? key.slice(0, -"-general".length) : key);
}

/** What goes on behind the noun: "Attorney General", "medical officer designate". */
export function followsRoleNoun(word: string): boolean {
  return /^(?:general|designate|elect|emeritus)$/i.test(word);
}

/** "Mr", "Mrs.": it stands between an office and a name, and says nothing. */
export function isCourtesy(word: string): boolean {
  return /^(?:mr|mrs|ms|miss)\.?$/i.test(word);
}

/** "Councillors", "Secretaries", "Chairmen"; not "Chiefs" of staff, which is an office's field. */
export function isPluralRoleNoun(word: string): boolean {
  return !isRoleNoun(word) && !FIELD_WORDS.has(word.toLowerCase()) && isRoleNoun(singular(word));
}

/** "Dr.", "Councillor", and "Councillors" before the names of several. */
export function isTitle(word: string): boolean {
  return TITLES.has(word.toLowerCase()) || TITLES.has(singular(word).toLowerCase());
}

/** "Ministers" gives "Minister", "secretaries" "secretary", "Chairmen" "Chairman". */
export function singular(word: string): string {
  if (/men$/i.test(word)) return word.replace(/en$/i, "an");
  if (/ies$/i.test(word)) return word.replace(/ies$/i, "y");
  return word.replace(/(?<!s)s$/i, "");
}

/** The office of one of its holders: "Chairmen of the respective Staffs" is held by a "Chairman of the Staffs". */
export function ofOne(role: string): string {
  const words = role.split(" ").filter((word) => !/^respective(?:ly)?,?$/i.test(word));
  const noun = words.findIndex((word) => isRoleNoun(word) || isPluralRoleNoun(word) || isTitle(word));
  const plural = words[noun];
  return plural !== undefined && !isRoleNoun(plural) ? words.with(noun, singular(plural)).join(" ") : words.join(" ");
}
