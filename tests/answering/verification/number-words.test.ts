import { describe, expect, test } from "vitest";
import { readNumber } from "../../../src/answering/verification/number-words.ts";
import { wordsOf } from "../../../src/answering/verification/words.ts";

/** The number that begins at the word that `mark` begins with, and the words that it takes. */
function read(text: string, mark: string) {
  const words = wordsOf(text);
  const at = words.findIndex(({ start }) => start >= text.indexOf(mark));
  const number = readNumber(words, at);
  if (number === null) return null;
  const own = words.slice(at, number.after);
  const kind = number.isPart === true ? "part" : number.isOrdinal ? "ordinal" : "number";
  return { value: number.value, kind, words: own.map((word) => word.text).join(" ") };
}

describe("a number is read from", () => {
  test.each([
    ["figures", "Herds of 1,250 deer", "1,250", 1250, "1,250"],
    ["groups of three with a fraction", "It weighs 12,400.75 grams", "12,400.75", 12_400.75, "12,400.75"],
    ["a decimal comma", "A cup of 3,5 litres", "3,5", 3.5, "3,5"],
    ["a decimal point", "A cup of 3.5 litres", "3.5", 3.5, "3.5"],
    ["figures and a scale", "A herd of 5 million ants", "5", 5e6, "5 million"],
    ["figures with a short scale", "A fund of £3bn for orchards", "3bn", 3e9, "3bn"],
    ["a short scale in capitals", "A fund of £3BN for orchards", "3BN", 3e9, "3BN"],
    ["m behind money", "A fund of $40m for orchards", "40m", 4e7, "40m"],
    ["m behind nothing", "A rope of 40m for climbers", "40m", 40, "40m"],
    ["k behind money", "A gift of £7k for the choir", "7k", 7000, "7k"],
    ["a minus sign", "It was -4 degrees", "4", -4, "4"],
    ["the word minus", "It was minus 12 degrees", "12", -12, "12"],
    ["a range, which is no minus", "Pages 3-4 are torn", "4", 4, "4"],
    ["tens and units", "All twenty-three violins", "twenty", 23, "twenty three"],
    ["hundreds and tens", "Two hundred and fifty thousand bees", "Two", 250_000, "Two hundred and fifty thousand"],
    ["a hundred", "There were a hundred geese", "a hundred", 100, "a hundred"],
    ["a thousand and some", "One thousand two hundred jars", "One", 1200, "One thousand two hundred"],
    ["scales of several", "Three million four thousand jars", "Three", 3_004_000, "Three million four thousand"],
    ["a dozen", "They sold a dozen eggs", "a dozen", 12, "a dozen"],
    ["dozens", "They sold four dozen eggs", "four", 48, "four dozen"],
    ["half a million", "Nearly half a million bulbs", "half", 500_000, "half a million"],
    ["a number and a half", "It took two and a half days", "two", 2.5, "two and a half"],
    ["that times a scale", "It cost two and a half million crowns", "two", 2_500_000, "two and a half million"],
    ["how often", "She won thrice", "thrice", 3, "thrice"],
  ])("%s: %j", (_, text, mark, value, words) => {
    expect(read(text, mark)).toEqual({ value, kind: "number", words });
  });

  test.each([
    ["figures", "On the 12th floor", "12th", 12, "12th"],
    ["figures in capitals", "ON THE 12TH FLOOR", "12TH", 12, "12TH"],
    ["a word", "On the twelfth floor", "twelfth", 12, "twelfth"],
    ["tens and units", "Her thirty-first marathon", "thirty", 31, "thirty first"],
    ["tens", "The fortieth verse", "fortieth", 40, "fortieth"],
    ["one of three, not a part", "The other third violin", "third", 3, "third"],
    ["another one, not a part", "Two were hung, a third was burned", "third", 3, "third"],
  ])("an ordinal of %s: %j", (_, text, mark, value, words) => {
    expect(read(text, mark)).toEqual({ value, kind: "ordinal", words });
  });

  test.each([
    ["a third of", "A third of the orchard froze", "A third", 1 / 3, "A third"],
    ["one fifth", "One fifth drowned", "One", 1 / 5, "One fifth"],
    ["about a third", "About a third speak Welsh", "a third", 1 / 3, "a third"],
    ["by a third", "Rents rose by a third last year", "a third", 1 / 3, "a third"],
    ["what remains", "The remaining third is meadow", "third", 1 / 3, "third"],
    ["several parts", "Two thirds is meadow", "Two", 2 / 3, "Two thirds"],
    ["a plural", "Some quarters were let", "quarters", 0.25, "quarters"],
    ["half", "Half the hens laid", "Half", 0.5, "Half"],
    ["one in ten", "One in ten gardens flooded", "One", 0.1, "One in ten"],
    ["one thing in five", "One garden in five flooded", "One", 0.2, "One garden in five"],
    ["figures", "Roughly 1 in 8 hives died", "1", 1 / 8, "1 in 8"],
  ])("%s, a part of one: %j", (_, text, mark, value, words) => {
    const part = read(text, mark);
    expect(part).toMatchObject({ kind: "part", words });
    expect(part?.value).toBeCloseTo(value);
  });
});

describe("where it ends", () => {
  test.each([
    ["two numbers beside each other", "In forty thirty were lame", "forty", 40],
    ["a comma", "Of two, three sank", "two", 2],
    ["a comma before a unit of ten", "Of twenty, three sank", "twenty", 20],
    ["a comma before a scale", "Of those 5, dozens sank", "5", 5],
    ["and between two of the same size", "Rooms five and six", "five", 5],
    ["a year behind one", "One in 1984 was lame", "One", 1],
    ["an ordinal behind in", "One in third place won", "One", 1],
    ["half without a scale", "Two half loaves", "Two", 2],
  ])("%s: %j", (_, text, mark, value) => {
    expect(read(text, mark)).toMatchObject({ value, kind: "number" });
  });
});

describe("no number is", () => {
  test.each([
    ["a pronoun behind an adjective", "They wanted the new one", "one"],
    ["one who", "Nan is the one who sings", "one"],
    ["no one", "No one sings", "one"],
    ["an article", "A goat sings", "A"],
    ["a scale alone", "The million of them", "million"],
    ["a code", "Room 12B is locked", "12B"],
  ])("%s: %j", (_, text, mark) => {
    expect(read(text, mark)).toBeNull();
  });

  test.each([
    ["The new one ton weight", "one"],
    ["One goat sang", "One"],
    ["That one goat sang", "one"],
  ])("but one that counts: %j", (text, mark) => {
    expect(read(text, mark)).toMatchObject({ value: 1, kind: "number" });
  });
});
