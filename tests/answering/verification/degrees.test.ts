import { describe, expect, test } from "vitest";
import { overstated } from "../../../src/answering/verification/degrees.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";

const told = (statement: string, said: string) => overstated(readText(statement), readText(said));

describe("a whole that is made of a part is told", () => {
  test.each([
    ["of most", "All violins were tuned.", "Most violins were tuned.", ["All"]],
    ["of a share", "Every hive died.", "40% of the hives died.", ["Every"]],
    ["of a part", "The whole orchard froze.", "Two thirds of the orchard froze.", ["whole"]],
    ["of percent", "Every hive died.", "Losses reached 40%.", ["Every"]],
    ["of half", "The whole orchard froze.", "Half the orchard froze.", ["whole"]],
    ["of some of several", "Both cooks left.", "Two of the cooks left.", ["Both"]],
    ["of the rest", "Everyone stayed for soup.", "The rest stayed for soup.", ["Everyone"]],
    ["of usually", "The ferry always leaves late.", "The ferry usually leaves late.", ["always"]],
    ["of what may be, always", "Moss always harms slate.", "Moss may harm slate, it is certain.", ["always"]],
    ["beside how often", "All violins were tuned.", "Every week some violins were tuned.", ["All"]],
  ])("%s: %j of %j", (_, statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });

  test.each([
    ["where there is a whole", "All violins were tuned.", "Every violin was tuned, most of them twice."],
    ["where nothing is a part", "All violins were tuned.", "The violins were tuned."],
    ["where the statement has a part", "All of most violins' strings broke.", "Most violins broke."],
    ["of what may be", "All moss harms slate.", "Moss may harm slate."],
    ["of the month", "Moss always harms slate.", "In May moss harms slate."],
    ["above all", "Above all, violins were tuned.", "Most violins were tuned."],
    ["all but", "All but two violins were tuned.", "Most violins were tuned."],
    ["not all", "Not all violins were tuned.", "Most violins were tuned."],
    ["all day", "Violins were tuned all day.", "Most violins were tuned."],
    ["every 3 hours", "Violins were tuned every 3 hours.", "Most violins were tuned."],
    ["a name like it", "All violins were tuned.", "The Few tuned violins."],
    ["how many of a rank", "All violins were tuned.", "The 3rd of the violins was tuned."],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(told(statement, said)).toEqual([]);
  });
});

describe("what is made certain is told", () => {
  test.each([
    ["will of may", "Moss will harm slate.", "Moss may harm slate.", ["will"]],
    ["certainly of likely", "Moss certainly harms slate.", "Moss likely harms slate.", ["certainly"]],
    ["proved of thought", "Moss proved harmful.", "Moss is thought harmful.", ["proved"]],
    ["would of might", "Moss would harm slate.", "Moss might harm slate.", ["would"]],
    ["certainly, though it is thought", "She thinks moss is certainly bad.", "Moss may be bad.", ["certainly"]],
    ["beside what is not certain", "Moss will harm slate.", "It is not certain; moss may harm slate.", ["will"]],
  ])("%s: %j of %j", (_, statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });

  test.each([
    ["where it is certain", "Moss will harm slate.", "Moss will harm slate and may harm brick."],
    ["where nothing is in doubt", "Moss will harm slate.", "Moss harms slate."],
    ["where both are in doubt", "Moss will perhaps harm slate.", "Moss may harm slate."],
    ["where somebody thinks so", "She thinks moss will harm slate.", "Moss may harm slate."],
    ["would of likely", "Moss would harm slate.", "Moss likely harms slate."],
    ["of what could not be", "Moss will harm slate.", "Slate could not be saved."],
    ["of what can be", "Moss will harm slate.", "Moss can harm slate."],
    ["of the month", "The loom will be mended.", "The loom is to be mended in May."],
    ["of a name", "Old Will harms slate.", "Moss may harm slate."],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(told(statement, said)).toEqual([]);
  });
});
