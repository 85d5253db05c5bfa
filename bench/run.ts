/** `npm run bench`, or `npm run bench search`, or with a flag `npm run bench -- embed --quality`: each prints one table. */
import { benchAsk } from "./ask.ts";
import { benchEmbed } from "./embed.ts";
import { benchIndex } from "./index.ts";
import { benchRanking } from "./ranking.ts";
import { benchRefusal } from "./refusal.ts";
import { benchSearch } from "./search.ts";

const benchmarks: Readonly<Record<string, (flags: readonly string[]) => Promise<void>>> = {
  ask: benchAsk,
  embed: benchEmbed,
  index: benchIndex,
  ranking: benchRanking,
  refusal: benchRefusal,
  search: benchSearch,
};

const given = process.argv.slice(2);
const flags = given.filter((each) => each.startsWith("-"));
const asked = given.filter((each) => !flags.includes(each));
for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name];
  if (benchmark) {
    await benchmark(flags);
  } else {
    console.error(`There is no benchmark ${name}: ${Object.keys(benchmarks).join(", ")}.`);
    process.exitCode = 2;
  }
}
