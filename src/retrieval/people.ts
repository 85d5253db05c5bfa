import { isRoleNoun } from "../documents/roles.ts";
import type { Document, Person } from "../types.ts";
import { isWrittenAsName } from "./names.ts";
import { countriesOf, nationalityOf } from "./nationality.ts";
import { documentsWith, type SearchableIndex } from "./searchable.ts";
import { type Token, terms, tokenize } from "./tokenize.ts";

/** A person of the documents, and the words of the text by which the person was recognised. */
export interface NamedPerson {
  readonly person: Person;
  /** Offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
}

/** Parts of a name that can stand for it: three letters or more, "de" and "Jr." are none. */
function nameParts(name: string): string[] {
  return tokenize(name)
    .filter((token) => token.end - token.start >= 3)
    .map((token) => token.term);
}

/** Somebody whom documents introduce: the terms of name and role, and the positions of those documents. */
interface Introduced {
  readonly person: Person;
  readonly name: readonly string[];
  readonly role: ReadonlySet<string>;
  readonly documents: Set<number>;
}

const introducedIn = new WeakMap<SearchableIndex, readonly Introduced[]>();

/** Everybody whom the documents introduce, each name and role once; read once for an index. */
function everybody(index: SearchableIndex): readonly Introduced[] {
  const known = introducedIn.get(index);
  if (known !== undefined) return known;
  const people = new Map<string, Introduced>();
  for (const [position, { document }] of index.documents.entries()) {
    for (const person of document.people) {
      const key = `${person.name}\n${person.role}`;
      const role = new Set(terms(person.role));
      const one = people.get(key) ?? { person, name: nameParts(person.name), role, documents: new Set<number>() };
      one.documents.add(position);
      people.set(key, one);
    }
  }
  const all = [...people.values()];
  introducedIn.set(index, all);
  return all;
}

const namePartsOf = new WeakMap<SearchableIndex, ReadonlyMap<string, readonly Person[]>>();

/** Whoever has the word in the name, of everybody; made once for an index. */
function peopleByNamePart(index: SearchableIndex): ReadonlyMap<string, readonly Person[]> {
  const known = namePartsOf.get(index);
  if (known !== undefined) return known;
  const made = new Map<string, Person[]>();
  const named = new Set<string>();
  for (const { person, name } of everybody(index)) {
    if (named.has(person.name)) continue;
    named.add(person.name);
    for (const part of new Set(name)) made.set(part, [...(made.get(part) ?? []), person]);
  }
  namePartsOf.set(index, made);
  return made;
}

/**
 * The people of the documents that the text names by a part of their name, in the order of the text: written with a
 * capital, or without one where the documents write that word as a name. Of several who share the part, those of whom
 * the text names most.
 */
export function peopleMentions(text: string, index: SearchableIndex): NamedPerson[] {
  const byPart = peopleByNamePart(index);
  const tokensOf = new Map<Person, Token[]>();
  const seen = new Set<string>();
  for (const token of tokenize(text)) {
    const people = byPart.get(token.term);
    if (people === undefined || seen.has(token.term)) continue;
    const word = text.slice(token.start, token.end);
    if (!/^\p{Lu}/u.test(word) && !isWrittenAsName(index, word, token.term)) continue;
    seen.add(token.term);
    for (const person of people) tokensOf.set(person, [...(tokensOf.get(person) ?? []), token]);
  }
  const found = [...tokensOf].map(([person, tokens]) => ({ person, tokens }));
  return found
    .filter(
      ({ tokens }) =>
        !found.some((other) => other.tokens.length > tokens.length && tokens.every((t) => other.tokens.includes(t))),
    )
    .map(({ person, tokens }) => ({
      person,
      start: Math.min(...tokens.map((token) => token.start)),
      end: Math.max(...tokens.map((token) => token.end)),
    }))
    .sort((a, b) => a.start - b.start);
}

/** The people of `peopleMentions`, without where they are named. */
export function peopleNamed(text: string, index: SearchableIndex): Person[] {
  return peopleMentions(text, index).map(({ person }) => person);
}

/**
 * Ids of the documents that write the name of everybody whom the text names: what others say is not said by or of them.
 * undefined where it names nobody, and where no document has all.
 */
export function documentsNaming(text: string, index: SearchableIndex): string[] | undefined {
  const named = peopleMentions(text, index).map(({ start, end }) => terms(text.slice(start, end)));
  if (named.length === 0) return undefined;
  const sets = named.map((parts) => new Set(parts.flatMap((part) => documentsWith(index, part))));
  const all = [...(sets[0] ?? [])].filter((document) => sets.every((set) => set.has(document)));
  return all.length === 0 ? undefined : all.map(({ documentId }) => documentId);
}

/**
 * The people whom documents (those whose position `isIn`) introduce in the role that the text names:
 * "the Secretary", "the Korean minister". Of several, those whose role has most of the words around it. Whose country's
 * the office is only keeps others out, and is told by each document: one of two Koreans calls its minister just so.
 */
export function peopleInRole(
  text: string,
  index: SearchableIndex,
  isIn: (position: number) => boolean = () => true,
): Person[] {
  const tokens = tokenize(text);
  const said = new Set(tokens.map(({ term }) => term));
  const people = everybody(index).filter((one) => [...one.documents].some(isIn));
  const meant = new Set(people.filter(({ role }) => role.size > 1 && [...role].every((term) => said.has(term))));
  for (const [i, token] of tokens.entries()) {
    if (!isRoleNoun(text.slice(token.start, token.end).toLowerCase())) continue;
    // "Secretary Perry" is a name, not a role that stands for one.
    const next = tokens[i + 1];
    if (next !== undefined && /^\s\p{Lu}/u.test(text.slice(token.end, next.start + 1))) continue;
    const words = tokens.slice(Math.max(0, i - 3), i + 5);
    const country = countryTest(
      words.map(({ start, end }) => text.slice(start, end)),
      index,
      isIn,
    );
    const around = new Set(words.map(({ term }) => term).filter((term) => !country.terms.has(term)));
    const shared = ({ role }: Introduced) => [...role].filter((term) => around.has(term)).length;
    const holders = people.filter(
      (one) =>
        one.role.has(token.term) && country.may(one) && (!isDeputy(one, said) || shared(one) > 1 || country.is(one)),
    );
    const most = Math.max(...holders.map(shared));
    for (const holder of holders) if (shared(holder) === most) meant.add(holder);
  }
  return [...meant].map(({ person }) => person);
}

const DEPUTIES = new Set(terms("deputy vice former assistant acting"));

/** "The mayor" is not the deputy mayor. */
function isDeputy({ role }: Introduced, said: ReadonlySet<string>): boolean {
  return [...role].some((term) => DEPUTIES.has(term) && !said.has(term));
}

interface CountryTest {
  /** The terms that say the country. */
  readonly terms: ReadonlySet<string>;
  /** The role says that country. */
  readonly is: (one: Introduced) => boolean;
  /** It says no other, and what it does not say its document says. */
  readonly may: (one: Introduced) => boolean;
}

/** Tests roles for the country that one of these words says, if any does. */
function countryTest(
  words: readonly string[],
  index: SearchableIndex,
  isIn: (position: number) => boolean,
): CountryTest {
  const asked = words.map(nationalityOf).find((adjective) => adjective !== null);
  if (asked === undefined || asked === null) return { terms: new Set(), is: () => false, may: () => true };
  const countries = new Set(countriesOf(asked));
  const named = [asked, ...countries].flatMap((name) => terms(name));
  const naming = new Set(named.flatMap((term) => documentsWith(index, term)));
  const rolesWords = ({ person }: Introduced) => person.role.split(/[\s,]+/);
  const is = (one: Introduced) =>
    rolesWords(one).some((word) => nationalityOf(word) === asked || countries.has(word.toLowerCase()));
  const isOther = (one: Introduced) => rolesWords(one).some((word) => (nationalityOf(word) ?? asked) !== asked);
  const inNaming = (one: Introduced) =>
    [...one.documents].some((position) => {
      const document = index.documents[position]?.document;
      return isIn(position) && document !== undefined && naming.has(document);
    });
  return { terms: new Set(terms(asked)), is, may: (one) => is(one) || (!isOther(one) && inNaming(one)) };
}

/** What a sentence says of whom, by the document it stands in. */
export interface PeopleTest {
  /** It speaks of one of the people: by a part of the name, or by the office that they hold in this document. */
  readonly speaksOf: (terms: readonly string[], document: Document) => boolean;
  /** It speaks of somebody else whom this document introduces. */
  readonly speaksOfOthers: (terms: readonly string[], document: Document) => boolean;
}

/** Tests sentences for these people. */
export function peopleTest(people: readonly Person[]): PeopleTest {
  const names = new Set(people.map(({ name }) => name));
  const parts = people.flatMap(({ name }) => nameParts(name));
  const known = new Map<Document, { readonly own: ReadonlySet<string>; readonly others: ReadonlySet<string> }>();
  const wordsOf = (document: Document) => {
    const found = known.get(document);
    if (found !== undefined) return found;
    const words = (isMeant: boolean) =>
      document.people
        .filter(({ name }) => names.has(name) === isMeant)
        .flatMap((person) => [...nameParts(person.name), ...officeOf(person)]);
    const made = { own: new Set([...parts, ...words(true)]), others: new Set(words(false)) };
    known.set(document, made);
    return made;
  };
  return {
    speaksOf: (terms, document) => people.length > 0 && terms.some((term) => wordsOf(document).own.has(term)),
    speaksOfOthers: (terms, document) => people.length > 0 && terms.some((term) => wordsOf(document).others.has(term)),
  };
}

/** A part of the name of somebody whom the document introduces. */
export function isNameOf(document: Document, term: string): boolean {
  return document.people.some(({ name }) => nameParts(name).includes(term));
}

/** The nouns of a role that stand for its holder: "secretary" of "US Secretary of Defense". */
function officeOf(person: Person): string[] {
  return tokenize(person.role)
    .filter((token) => isRoleNoun(person.role.slice(token.start, token.end).toLowerCase()))
    .map((token) => token.term);
}
