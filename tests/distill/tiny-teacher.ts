import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { matrix } from "../../distill/matrix.ts";
import { randomOf } from "../../distill/random.ts";
import { writeStaticModel } from "../../distill/static-model.ts";

const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];
const SYLLABLES = ["ka", "lo", "mi", "nu", "pe", "ri", "so", "tu"];
const WORDS = SYLLABLES.flatMap((first) => SYLLABLES.map((second) => first + second));
const VOCABULARY = [...SPECIAL, ...WORDS, ...SYLLABLES.map((syllable) => `##${syllable}`)];

interface Tokenizer {
  /** What tokenizer.json has beside the special tokens. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly library: string;
}

const wordPiece: Tokenizer = {
  library: "BertTokenizer",
  parts: {
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  },
};

const metaspace = { type: "Metaspace", replacement: "▁", add_prefix_space: true, prepend_scheme: "always" };
/** As multilingual models have it: pieces with their logarithmic probabilities, "▁" where a word begins. */
const unigram: Tokenizer = {
  library: "XLMRobertaTokenizer",
  parts: {
    normalizer: null,
    pre_tokenizer: metaspace,
    decoder: metaspace,
    model: {
      type: "Unigram",
      unk_id: 1,
      vocab: VOCABULARY.map((token, id) => {
        const piece = token.startsWith("##") ? token.slice(2) : SPECIAL.includes(token) ? token : `▁${token}`;
        return [piece, -id];
      }),
    },
  },
};

/** Writes a model of a few words and 8 dimensions into a folder; gives the folder back. */
export async function tinyTeacher(folder: string, kind: "wordpiece" | "unigram" = "wordpiece"): Promise<string> {
  const { parts, library } = kind === "unigram" ? unigram : wordPiece;
  await mkdir(`${folder}-tokenizer`, { recursive: true });
  const flags = { special: true, single_word: false, lstrip: false, rstrip: false, normalized: false };
  const tokenizer = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({ id, content, ...flags })),
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: "[CLS]", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "[SEP]", type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        "[CLS]": { id: "[CLS]", ids: [2], tokens: ["[CLS]"] },
        "[SEP]": { id: "[SEP]", ids: [3], tokens: ["[SEP]"] },
      },
    },
    ...parts,
  };
  const config = { tokenizer_class: library, model_max_length: 64 };
  await writeFile(join(`${folder}-tokenizer`, "tokenizer.json"), JSON.stringify(tokenizer));
  await writeFile(join(`${folder}-tokenizer`, "tokenizer_config.json"), JSON.stringify(config));
  const random = randomOf(3);
  const numbers = Float32Array.from({ length: VOCABULARY.length * 8 }, () => 2 * random() - 1);
  const table = matrix(VOCABULARY.length, 8, numbers);
  await writeStaticModel({ folder, table, teacher: `${folder}-tokenizer`, window: 64 });
  return folder;
}

/** Different lines of one to twelve words. */
export function tinyTexts(count: number): string[] {
  const random = randomOf(5);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  return Array.from({ length: count }, () => Array.from({ length: 1 + Math.floor(random() * 12) }, word).join(" "));
}
