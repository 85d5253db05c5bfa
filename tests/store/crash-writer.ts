/** Commits without end, each commit of its own content, and says the number of each one that is done. Run by crash.test.ts. */
import { vectraStore } from "../../src/store/vectra.ts";
import { contentOf } from "./content.ts";
import { crashTexts } from "./crash-content.ts";

const [folder = "", first = "0"] = process.argv.slice(2);
await vectraStore(folder).exclusively(async (commit) => {
  for (let number = Number(first); ; number++) {
    await commit(await contentOf(crashTexts(number), String(number)));
    process.stdout.write(`${number}\n`);
  }
});
