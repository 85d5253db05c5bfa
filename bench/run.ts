/** `npm run bench`, or `npm run bench search`: each prints one table. */
import { benchAsk } from "./ask.ts";
import { benchEmbed } from "./embed.ts";
import { benchIndex } from "./index.ts";
import { benchRefusal } from "./refusal.ts";
import { benchSearch } from "./search.ts";

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  ask: benchAsk,
  embed: benchEmbed,
  index: benchIndex,
  refusal: benchRefusal,
  search: benchSearch,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benchmarks);
for (const name of names) {
  const benchmark = benchmarks[name];
  if (benchmark) {
    await benchmark();
  } else {
    console.error(`There is no benchmark ${name}: ${Object.keys(benchmarks).join(", ")}.`);
    process.exitCode = 2;
  }
}
