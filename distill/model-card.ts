import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Row } from "../src/evaluation/row.ts";
import { tables } from "../src/evaluation/table.ts";
import type { Distilled } from "./distill.ts";
import type { DistillOptions } from "./options.ts";

export interface CardParts {
  readonly options: DistillOptions;
  readonly distilled: Distilled;
  readonly licence: string;
  /** By package: what the bytes depend on. */
  readonly versions: Readonly<Record<string, string>>;
  /** Of the files that were written. */
  readonly hash: string;
  /** Empty where no set was there. */
  readonly rows: readonly Row[];
}

/** The licence of a model folder as its README.md or MODEL_CARD.md names it, else null. */
export async function licenceOf(folder: string): Promise<string | null> {
  for (const name of ["README.md", "MODEL_CARD.md"]) {
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    const found = /^license:\s*(\S+)|^\|\s*Licen[cs]e\s*\|\s*([^|\n]+?)\s*\|/im.exec(text);
    const licence = found?.[1] ?? found?.[2];
    if (licence !== undefined) return licence;
  }
  return null;
}

const cell = (text: string) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

export function modelCard({ options, distilled, licence, versions, hash, rows }: CardParts): string {
  const { settings } = options;
  const { teacher, files, texts, vocabulary, used, energy, loss } = distilled;
  const name = basename(options.out);
  const count = (number: number) => number.toLocaleString("en-GB");
  const settingNames = Object.entries(settings).map(([setting, value]) => `${setting} ${value}`);
  return `# ${name}
A static sentence embedding model, distilled from ${teacher.id} by Pilcrow (\`npm run distill\`): one vector a token, their sum at unit length a text.

| | |
|---|---|
| Size | ${count(vocabulary)} tokens × ${settings.dimensions} dimensions, int8 with one scale a row |
| Tokenizer | that of its teacher |
| Input | \`input_ids\`, \`attention_mask\` |
| Output | \`sentence_embedding\`, [batch, ${settings.dimensions}], unit length; a text without tokens gives zeros |
| Layout | transformers.js: \`AutoTokenizer\` and \`AutoModel\` with \`dtype: "fp32"\`. The \`feature-extraction\` pipeline does not know its output |
| Teacher | ${teacher.id}, ${teacher.dimension} dimensions, SHA-256 of its files \`${teacher.hash}\` |
| Licence | ${cell(licence)} |
| Licence of the text | ${cell(options.textLicence ?? "not said")} |
| Hash | \`${hash}\`, SHA-256 of its files |

## How it was made
1. Every token is given the teacher's embedding of that token alone, centred and weighted down by how common the token is (1e-4 / (1e-4 + p), p from Zipf's law over the rank in the vocabulary), and projected on the ${settings.dimensions} leading components of the teacher's embeddings of the texts, which hold ${(100 * energy).toFixed(1)}% of their energy.
2. The token vectors are fitted by ridge regression, held near those of step 1, so that the mean over a text comes near the teacher's embedding of the whole text.
3. They are trained on by Adam, in batches of texts of like length, towards the teacher's embedding of each text and the teacher's similarities between the texts of a batch; mean loss of the last pass ${loss.toFixed(4)}.
4. Each row is rounded to int8 with a scale of its own.

Settings: ${settingNames.join(", ")}.
Versions: ${Object.entries(versions)
    .map(([what, version]) => `${what} ${version}`)
    .join(", ")}.
The same teacher, text, settings and versions give the same bytes on the same machine.

## Text
${count(texts)} different lines, in which ${count(used)} tokens of the vocabulary occur; the other tokens keep their vectors of step 1.

| file | lines | SHA-256 |
|---|---:|---|
${files.map((file) => `| ${file.name} | ${count(file.lines)} | \`${file.hash}\` |`).join("\n")}

## Figures
${rows.length === 0 ? "No development set was there when it was made: `npm run eval -- --model DIR` measures it." : `As \`npm run eval\` measures it, with half of the 95% interval.\n\n${tables(rows).trimEnd()}`}

## Limits
- It is a bag of token vectors: the order of words, negation and who did what to whom leave no trace.
- It knows the languages and the subjects of its text; a token that the text does not have is known from the teacher alone.
- It finds paragraphs on the same matter; it does not tell whether one answers a question. It is meant to be combined with lexical search.
- It carries over what its teacher learned, prejudices included.
`;
}
