import type { IsoDate } from "../types.ts";
import { dateInWords, datesIn } from "./dates.ts";

/** Whether a title says its document's date already, in any form: "Minutes, March 14, 2017". */
export function titleSaysDate(title: string, date: IsoDate): boolean {
  // "1 March 2017" does not stand in "11 March 2017".
  const inWords = new RegExp(`(?<![\\p{L}\\d])${dateInWords(date)}(?![\\p{L}\\d])`, "iu");
  return inWords.test(title) || datesIn(title).includes(date);
}
