import { z } from "zod";
import type { Frame } from "./windows.ts";
import type { WordPieceDefinition } from "./wordpiece.ts";

const Id = z.number().int().nonnegative();
const Off = z.literal(false).nullish();

/** Exactly what `wordPiece` does; whatever else tokenizer.json may ask for is left to the library. */
const TokenizerJson = z.object({
  added_tokens: z.array(
    z.object({
      id: Id,
      content: z.string().min(1),
      special: z.boolean().optional(),
      normalized: z.boolean().optional(),
      lstrip: Off,
      rstrip: Off,
    }),
  ),
  normalizer: z.object({
    type: z.literal("BertNormalizer"),
    clean_text: z.boolean(),
    handle_chinese_chars: z.boolean(),
    strip_accents: z.boolean().nullish(),
    lowercase: z.boolean(),
  }),
  pre_tokenizer: z.object({ type: z.literal("BertPreTokenizer") }),
  post_processor: z.object({
    type: z.literal("TemplateProcessing"),
    single: z.array(
      z.union([
        z.object({ SpecialToken: z.object({ id: z.string() }) }),
        z.object({ Sequence: z.object({ id: z.literal("A") }) }),
      ]),
    ),
  }),
  model: z.object({
    type: z.literal("WordPiece"),
    unk_token: z.string(),
    continuing_subword_prefix: z.string(),
    max_input_chars_per_word: z.number().int().positive().optional(),
    fuse_unk: Off,
    vocab: z.unknown(),
  }),
});

const TokenizerConfig = z.object({
  tokenizer_class: z.enum(["BertTokenizer", "BertTokenizerFast"]),
  remove_space: Off,
  do_lowercase_and_remove_accent: Off,
});

/**
 * What tokenizer.json and tokenizer_config.json, parsed, say of a WordPiece tokenizer of BERT's kind; null where any of
 * it is of another kind.
 */
export function wordPieceDefinition(tokenizerJson: unknown, tokenizerConfig: unknown): WordPieceDefinition | null {
  const parsed = TokenizerJson.safeParse(tokenizerJson);
  if (!parsed.success || !TokenizerConfig.safeParse(tokenizerConfig).success) return null;
  const { added_tokens, normalizer, post_processor, model } = parsed.data;
  if (added_tokens.some(({ special, normalized }) => normalized ?? !special)) return null;
  const vocabulary = vocabularyOf(model.vocab);
  if (vocabulary === null) return null;
  const added = new Map(added_tokens.map(({ content, id }) => [content, id]));
  for (const [content, id] of added) vocabulary.set(content, id);

  const unknown = vocabulary.get(model.unk_token);
  if (unknown === undefined) return null;
  const frame = frameOfTemplate(post_processor.single, vocabulary);
  if (frame === null) return null;
  return {
    vocabulary,
    unknown,
    continuation: model.continuing_subword_prefix,
    longestWord: model.max_input_chars_per_word ?? 100,
    normalizer: {
      cleanText: normalizer.clean_text,
      separateChinese: normalizer.handle_chinese_chars,
      lowercase: normalizer.lowercase,
      // Left unsaid, accents go where capitals go.
      stripAccents: normalizer.strip_accents ?? normalizer.lowercase,
    },
    added,
    frame,
  };
}

/** Looked through by hand: 30,000 entries through a schema take longer than all the rest. */
function vocabularyOf(vocab: unknown): Map<string, number> | null {
  if (typeof vocab !== "object" || vocab === null || Array.isArray(vocab)) return null;
  const vocabulary = new Map<string, number>();
  for (const [token, id] of Object.entries(vocab)) {
    if (!Number.isInteger(id)) return null;
    vocabulary.set(token, Number(id));
  }
  return vocabulary;
}

type Template = z.infer<typeof TokenizerJson>["post_processor"]["single"];

function frameOfTemplate(template: Template, vocabulary: ReadonlyMap<string, number>): Frame | null {
  const ids = template.map((item) => ("Sequence" in item ? null : vocabulary.get(item.SpecialToken.id)));
  const text = ids.indexOf(null);
  const special = ids.filter((id) => typeof id === "number");
  // One text, and every other item a token that there is.
  if (text < 0 || special.length !== ids.length - 1) return null;
  return { before: special.slice(0, text), after: special.slice(text) };
}
