import { describe, expect, test } from "vitest";
import { checkStatement } from "../../../src/answering/verification/check-statement.ts";
import { loadEmbedder } from "../../../src/embedding/transformers.ts";
import { BUNDLED } from "../../embedding/model-paths.ts";
import { draftOf } from "../drafts.ts";

/** Statements that a reviewer saw pass, or withheld, who should not have; each with the one sentence that it cites. */
async function verdictOf(text: string, cited: string): Promise<string> {
  const { evidence } = draftOf({ notes: { title: "Notes", paragraphs: [cited] } });
  const [source] = evidence;
  if (source === undefined) throw new Error("no passage");
  return (await checkStatement(text, [{ source, quote: cited }], await loadEmbedder(BUNDLED))).verdict;
}

describe("false ones are never supported", () => {
  test.each([
    ["Only adults may swim in the lake.", "Adults may swim in the lake."],
    ["The vet saved the foal.", "The farmer thought that the vet saved the foal."],
    ["Guests can sign the book.", "When they arrive, guests have to sign the book."],
    ["The dog bit the cat.", "The cat bit the dog."],
    ["Ada Holm greeted Eva Dahl.", "Ada Holm greeted Bo Berg, and Eva Dahl thanked them."],
    ["The agency sells each worker a van.", "The agency lends each worker a van."],
    ["The orchestra keeps its home in the old mill.", "The orchestra gives up its home in the old mill."],
    ["The council did not vote on the rent.", "The council voted against the rent."],
    [
      "Osgood must repair the sluice by 30 June 2021.",
      "The estate must repair the sluice by 30 June 2021; if it fails to, Osgood may do the work.",
    ],
    [
      "Stannard resigned after recruitment began.",
      "Professor Ivo Stannard, who advises Harrow Medical, resigned before recruitment began.",
    ],
    ["The yarn was stored on the advice of its insurer.", "The yarn was stored against the advice of its insurer."],
    ["The dressings were supplied to Harrow Medical.", "The dressings were supplied by Harrow Medical."],
    ["The rent is reviewed every year.", "The rent is reviewed every five years."],
    ["Stannard resigned from the firm.", "Stannard, who advised the firm, resigned from the committee."],
    ["The pump was repaired in May.", "The pump was damaged in May."],
    ["The tower was condemned by the surveyor.", "The tower was inspected by the surveyor."],
    ["The unit had a defensive plan.", "The unit had an offensive plan."],
    ["The board refused to provide the funds.", "The board spoke against the merger and provided the funds."],
    ["The festival would pay the travel but not the hotel.", "The festival would pay the hotel but not the travel."],
    ["Readers may take the ferry.", "Readers should tell everyone that they may take the ferry, the forger wrote."],
    ["All hives died.", "Nearly all hives died."],
    ["Over 12 goats graze on the hill.", "12 goats graze on the hill."],
    ["The grant was $2.5 million.", "The grant was $2.5bn."],
    ["The owner must provide a van.", "The owner will try to provide a van."],
    ["Only Mr Khoury voted against the proposal.", "The proposal was rejected; only Mr Khoury voted for it."],
    ["The results do not hold for smokers.", "Dr Haddad said that the results may not hold for smokers."],
    ["Northmoor's bid was £118,000.", "Bids came from Caddick (£118,000), Northmoor (£104,500) and Oster (£126,000)."],
  ])("%j of %j", async (text, cited) => {
    expect(await verdictOf(text, cited)).not.toBe("supported");
  });
});

describe("true ones are never withheld", () => {
  test.each([
    ["The capital of Ghana is Accra.", "Accra is the capital of Ghana."],
    ["Ada Holm was greeted by Bo Berg.", "Ada Holm, based in Oslo, was greeted by Bo Berg."],
    ["The train went from Oslo to Bergen.", "From Oslo the train went to Bergen."],
    ["The tenor sang.", "The tenor sang, but the alto did not sing."],
    ["Visits are banned on Sundays.", "Visits are allowed, but never on Sundays."],
    ["The bridge will not reopen before June.", "The bridge will stay closed until June."],
    ["The hens were fed at two o'clock.", "The hens were fed at 2 pm."],
    ["Half a dozen hens were sold.", "Six hens were sold."],
    ["The difference between the two groups was small.", "The difference was small."],
    [
      "The estate has until 30 June 2021 to repair the sluice.",
      "The estate must repair the sluice by 30 June 2021; if it fails to, Osgood may do the work.",
    ],
    [
      "The fair was moved by two weeks, to 6 April 2024.",
      "The fair, planned for 23 March 2024, was moved to 6 April 2024.",
    ],
    ["Pupils often receive worksheets.", "Pupils are often given worksheets."],
    ["About a third of the pupils speak Welsh.", "Of the pupils, about a third speak Welsh."],
    ["No one noticed the leak.", "Nobody noticed the leak."],
    ["The grant was $2.5 million.", "The grant was $2.5m."],
    ["The grant was £3.5bn.", "The grant was 3.5 billion pounds."],
    ["The race is 5 km long.", "The race is 5km long."],
    ["It took two and a half hours.", "It took 2½ hours."],
    ["The board turned down the claim.", "The board rejected the claim."],
    ["The picnic was postponed to June.", "The picnic was put off to June."],
    ["Police questioned a man but released him.", "A man was questioned and released by police."],
  ])("%j of %j", async (text, cited) => {
    expect(await verdictOf(text, cited)).not.toBe("unsupported");
  });
});

describe("what stands around the quote may be meant", () => {
  const contract = "Three firms tendered for the underpinning of pier 7. The contract was awarded to Northmoor Piling.";
  const colonies = "Volunteers counted 64 colonies, more than in 2017.";
  test.each([
    [
      "Northmoor Piling was awarded the contract for pier 7.",
      contract,
      "The contract was awarded to Northmoor Piling.",
    ],
    ["In 2018 volunteers counted 64 colonies.", colonies, colonies],
    ["In May 2018 volunteers counted 64 colonies.", colonies, colonies],
  ])("%j of %j", async (text, paragraph, quote) => {
    const { evidence } = draftOf({ notes: { title: "Notes", date: "2018-05-25", paragraphs: [paragraph] } });
    const [source] = evidence;
    if (source === undefined) throw new Error("no passage");
    const { verdict } = await checkStatement(text, [{ source, quote }], await loadEmbedder(BUNDLED));
    expect(verdict).not.toBe("unsupported");
  });
});
