import { describe, expect, test } from "vitest";
import { type ClockTime, clockTimesIn, isSameClock } from "../../../src/answering/verification/clock.ts";

/** "20:05", with a question mark where it may be twelve hours later. */
const shown = ({ minutes, isHalfDay }: ClockTime) =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}${isHalfDay ? "?" : ""}`;

describe("times of day are read", () => {
  test.each([
    ["The bakery opens at 6 am.", "6:00"],
    ["The tide turned at 9.47 p.m. that night.", "21:47"],
    ["Doors close at 12:05 a.m. sharp.", "0:05"],
    ["The heron came at 12pm.", "12:00"],
    ["Kick-off is 19:30.", "19:30"],
    ["Recorded 8:15 by the porter.", "8:15?"],
    ["Recorded 08:15 by the porter.", "8:15"],
    ["The ferry left at 7.40 with goats.", "7:40?"],
    ["The choir met around half past six in the crypt.", "6:30?"],
    ["It struck a quarter to nine.", "8:45?"],
    ["He woke at twenty-five to 7 today.", "6:35?"],
    ["The kiln was lit at ten past noon.", "12:10"],
    ["The owl called at five to midnight.", "23:55"],
    ["The first train is at 10 past 5.", "5:10?"],
    ["It was twenty minutes to four o'clock.", "3:40?"],
    ["They sailed half an hour before midnight.", "23:30"],
    ["Soup is served half an hour after noon.", "12:30"],
    ["The post arrives at 4 in the afternoon.", "16:00"],
    ["She swam until 5 this morning.", "5:00"],
    ["The stove was lit for 6.15 this evening.", "18:15"],
    ["She swam at 5.30 this morning.", "5:30"],
    ["She swam at 5:30 in the evening.", "17:30"],
    ["The vigil began at eight o'clock that evening.", "20:00"],
    ["The market shuts at three o’clock.", "3:00?"],
    ["Tours run from 9 to 5 p.m. daily.", "9:00? 17:00"],
    ["Lunch is between 11 and noon.", "11:00? 12:00"],
    ["The shift ends at 24:00.", "0:00"],
    ["Midnight struck.", "0:00"],
    ["GATES SHUT AT 5 P.M. SHARP.", "17:00"],
    ["Frost lay at midday.", "12:00"],
  ])("%j: %s", (text, times) => {
    expect(clockTimesIn(text).map(shown).join(" ")).toBe(times);
  });

  test.each([
    ["a share", "Rents rose from 4.20% last spring."],
    ["per cent in words", "Turnout climbed to 8.15 per cent."],
    ["money", "Repairs came to 3.50 million crowns."],
    ["a length", "The bridge was cut to 9.30 metres."],
    ["a weight", "The parcel came to 2.45 kg."],
    ["a figure without a word before it", "The flow was 6.25 there."],
    ["no such hour", "The ratio was 45:10."],
    ["a stretch of time", "The record is 1:02:33."],
    ["no such minute", "The hymn is 12:75."],
    ["a number that is added to", "The stalls went from ten to twelve."],
    ["an hour of nothing", "Eight in the choir sang."],
    ["no end of the stretch", "The class runs from 9 to 5."],
  ])("but not %s: %j", (_, text) => {
    expect(clockTimesIn(text)).toEqual([]);
  });

  test("with where they stand", () => {
    const text = "Gates shut at 9.15 p.m., not at noon.";
    expect(clockTimesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(["9.15 p.m.", "noon"]);
  });
});

test.each([
  ["at 9 pm", "at 21:00", true],
  ["at 9.15", "at 21:15", true],
  ["at 21:15", "at 9.15", true],
  ["at 9 am", "at 21:00", false],
  ["at 9.15", "at 9.16 pm", false],
  ["twelve o'clock", "midnight", true],
  ["noon", "midnight", false],
  ["half past three o'clock", "3.30 in the afternoon", true],
])("%j is the time of %j: %j", (one, other, same) => {
  const [a] = clockTimesIn(one);
  const [b] = clockTimesIn(other);
  if (a === undefined || b === undefined) throw new Error("no time was read");
  expect(isSameClock(a, b)).toBe(same);
});
