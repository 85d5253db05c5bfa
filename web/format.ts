const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "1996-11-01" is "1 November 1996", "1996-11" is "November 1996". */
export function formatDate(date: string): string {
  const [year = "", month, day] = date.split("-");
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
  return [day === undefined ? undefined : String(Number(day)), name, year]
    .filter((part) => part !== undefined)
    .join(" ");
}

export function count(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
}

/** Each run of white space as one blank. */
export function singleBlanks(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
