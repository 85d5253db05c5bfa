/** Prints the median milliseconds that MiniSearch takes for a question over the paragraphs of a folder. Run by index-search.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MiniSearch from "minisearch";
import { evalText } from "./eval-text.ts";
import { medianMs } from "./table.ts";

const [folder = ""] = process.argv.slice(2);
const QUESTIONS = 25;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".txt"));
const paragraphs = files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n\n").slice(1));
const index = new MiniSearch({ fields: ["text"] });
index.addAll(paragraphs.map((text, id) => ({ id, text })));
const { questions } = await evalText();
console.log(await medianMs(QUESTIONS, (i) => index.search(questions[i] ?? "").slice(0, 20)));
