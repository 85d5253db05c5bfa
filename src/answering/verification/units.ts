import type { Word } from "./words.ts";

/** What a number measures, and how much of it one unit is: "hour" is 3,600 of "time". */
export interface Unit {
  readonly of: string;
  readonly size: number;
}

const MEASURES: Readonly<Record<string, string>> = {
  time: "second 1 sec 1 minute 60 min 60 hour 3600 hr 3600 h 3600 day 86400 week 604800 fortnight 1209600",
  calendar: "month 1 year 12 decade 120 century 1200",
  length:
    "millimetre .001 mm .001 centimetre .01 cm .01 metre 1 m 1 kilometre 1000 km 1000 inch .0254 foot .3048 feet .3048 yard .9144 mile 1609.344",
  mass: "microgram 1e-6 mg .001 milligram .001 gram 1 g 1 kilogram 1000 kilo 1000 kg 1000 tonne 1e6 ton 1.016e6 ounce 28.35",
  volume: "millilitre .001 ml .001 centilitre .01 cl .01 litre 1 l 1 gallon 4.546 pint .568 barrel 159",
  data: "kilobyte 1e3 kb 1e3 megabyte 1e6 mb 1e6 gigabyte 1e9 gb 1e9 terabyte 1e12 tb 1e12",
  power: "watt 1 w 1 kilowatt 1e3 kw 1e3 megawatt 1e6 mw 1e6 gigawatt 1e9 gw 1e9",
  area: "hectare 1e4 ha 1e4 acre 4046.9",
};
const UNITS = new Map(
  Object.entries(MEASURES).flatMap(([of, list]) => {
    const parts = list.split(" ");
    return parts.flatMap((name, i): [string, Unit][] =>
      i % 2 === 0 ? [[name, { of, size: Number(parts[i + 1]) }]] : [],
    );
  }),
);

/** The unit that a word is, null where it is none. American spellings and plurals are read, too. */
export function unitOf({ plain }: Pick<Word, "plain">): Unit | null {
  const british = plain.replace(/(met|lit)er(s?)$/, "$1re$2");
  return UNITS.get(british) ?? UNITS.get(british.replace(/ies$/, "y").replace(/(?<=ch)es$|s$/, "")) ?? null;
}

const isTime = ({ of }: Unit) => of === "time" || of === "calendar";

/** Whether a number of the one unit is never the same number of the other: litres and gallons, weeks and months. */
export function areOtherUnits(a: Unit | null, b: Unit | null): boolean {
  return a !== null && b !== null && (a.of === b.of ? a.size !== b.size : isTime(a) && isTime(b));
}
