import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { matrix } from "../../distill/matrix.ts";
import { randomOf } from "../../distill/random.ts";
import { writeStaticModel } from "../../distill/static-model.ts";

const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];
const SYLLABLES = ["ka", "lo", "mi", "nu", "pe", "ri", "so", "tu"];
const WORDS = SYLLABLES.flatMap((first) => SYLLABLES.map((second) => first + second));
const VOCABULARY = [...SPECIAL, ...WORDS, ...SYLLABLES.map((syllable) => `##${syllable}`)];

/** Writes a model of a few words and 8 dimensions into a folder; gives the folder back. */
export async function tinyTeacher(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const tokenizer = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    })),
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
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
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  };
  await writeFile(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
  await writeFile(
    join(folder, "tokenizer_config.json"),
    JSON.stringify({ tokenizer_class: "BertTokenizer", model_max_length: 64 }),
  );
  const random = randomOf(3);
  const table = matrix(
    VOCABULARY.length,
    8,
    Float32Array.from({ length: VOCABULARY.length * 8 }, () => 2 * random() - 1),
  );
  const files = `${folder}-files`;
  await writeStaticModel({ folder: files, name: "tiny", table, teacher: folder, window: 64 });
  return files;
}

/** Different lines of one to twelve words. */
export function tinyTexts(count: number): string[] {
  const random = randomOf(5);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  return Array.from({ length: count }, () => Array.from({ length: 1 + Math.floor(random() * 12) }, word).join(" "));
}
