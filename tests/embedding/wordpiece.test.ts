import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AutoTokenizer, BertTokenizer, env } from "@xenova/transformers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordPiece } from "../../src/embedding/wordpiece.ts";
import { wordPieceDefinition } from "../../src/embedding/wordpiece-definition.ts";
import { BUNDLED, MINILM } from "./model-paths.ts";

const json = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const definitionFile = json(BUNDLED, "tokenizer.json");
const configFile = json(BUNDLED, "tokenizer_config.json");

/** Characters, and strings of them, that one rule or another of the normaliser is about. */
const awkward = [
  ..."ΣσςİıßẞǅﬁſKÅéñüøŁ",
  ..."\u0301\u0323\u0338\u0345\u0483\u05b0\u0903\u094d\u1b44\u20dd\u302e\u3099\ufe0f",
  ..."\u0000\u0007\t\n\r\u000b\u000c\u001c\u0085\u00a0\u00ad\u1680\u180e\u2000\u2003\u200b\u200d\u2028\u2029\u202f\u2060\u3000\ufeff\ufffd\ue000",
  ..."\ud800\udbff\udc00\udfff",
  ..."≠≮;·`´῀«»“”’–—…¿_#@$+<=>^|~¡§¶€№\u2e2e、。!",
  ..."中文字漢㐀豈﨎\u{2f800}\u{20000}カナひらがな한국어각",
  ..."😀👩‍👩‍👧🇰🇷𝔘𐄀𐐀𝅘𝅥𝅮",
  ..."[]SEPCLSMASK##'.-",
  "[SEP]",
  "[CLS]",
  "[PAD]",
  "[UNK]",
  "[MASK]",
  "[sep]",
  "[[SEP]]",
  "##ing",
  "ΑΣ",
  "ΑΣ.Α",
  "ΑΣ\ufeffΑ",
  "Ὀδυσσεύς ΟΔΟΣ ",
  "co\u00adoperation",
  "rock'n'roll",
  "naïve",
  "U.S.-ROK",
  "unaffable",
  "a".repeat(99),
  "é".repeat(101),
  "😀".repeat(60),
  "𐐀".repeat(60),
  "x".repeat(300),
];
const text = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...awkward), weight: 4 },
      { arbitrary: fc.string({ unit: "binary", maxLength: 8 }), weight: 2 },
      { arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }), weight: 1 },
      { arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), weight: 2 },
      { arbitrary: fc.constantFrom(" ", "the ", "Nuclear", "umbrellas", "'s ", "1996", ". "), weight: 3 },
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(""));

/** The ids of the library, and ours. */
function both(tokenizerJson: unknown, config: unknown) {
  const library = new BertTokenizer(Object(tokenizerJson), Object(config));
  const definition = wordPieceDefinition(tokenizerJson, config);
  if (definition === null) throw new Error("not taken for a WordPiece of BERT's kind");
  const encode = wordPiece(definition);
  return {
    theirs: (of: string) => library.encode(of),
    ours: (of: string) => [...encode(of)],
  };
}

const normalizers = fc.record({
  type: fc.constant("BertNormalizer"),
  clean_text: fc.boolean(),
  handle_chinese_chars: fc.boolean(),
  strip_accents: fc.constantFrom(true, false, null),
  lowercase: fc.boolean(),
});

describe("gives the very ids of the library's tokenizer", () => {
  test.each([BUNDLED, ...(MINILM ? [MINILM] : [])])("of %s, as it is loaded, on any text", async (folder) => {
    env.allowRemoteModels = false;
    const library = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    const { ours } = both(json(folder, "tokenizer.json"), json(folder, "tokenizer_config.json"));
    fc.assert(
      fc.property(text, (each) => {
        expect(ours(each)).toEqual(library.encode(each));
      }),
      { numRuns: 3000 },
    );
  });

  test("on every UTF-16 unit, alone and between letters and marks", () => {
    const { ours, theirs } = both(definitionFile, configFile);
    for (let first = 0; first < 0x10000; first += 64) {
      const units = Array.from({ length: 64 }, (_, i) => String.fromCharCode(first + i));
      // Apart, so that an unpaired surrogate does not pair up, and a sigma changes no neighbour's case.
      const each = units.map((unit) => `${unit} a${unit}b \u0323${unit}\u0301`).join("\n");
      if (ours(each).join() !== theirs(each).join()) {
        for (const unit of units)
          expect(ours(`a${unit}b`), unit.charCodeAt(0).toString(16)).toEqual(theirs(`a${unit}b`));
        expect(ours(each)).toEqual(theirs(each));
      }
    }
  });

  test("with any options of the normaliser, word limit and added tokens", () => {
    const added = [
      { id: 30522, content: "PILCROW", special: false, normalized: false },
      { id: 30523, content: "PIL", special: true },
      { id: 30524, content: "😀a", special: true, normalized: false },
    ];
    const options = fc.record({ normalizer: normalizers, limit: fc.integer({ min: 1, max: 120 }), with: fc.boolean() });
    const words = fc
      .array(fc.oneof(text, fc.constantFrom("PILCROW", "PIL", "PILC", "pilcrow", "😀a", "x😀ab")))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        options,
        fc.array(words, { minLength: 5, maxLength: 20 }),
        ({ normalizer, limit, with: withAdded }, all) => {
          const { ours, theirs } = both(
            {
              ...definitionFile,
              normalizer,
              model: { ...definitionFile.model, vocab: someWords, max_input_chars_per_word: limit },
              added_tokens: [...definitionFile.added_tokens, ...(withAdded ? added : [])],
            },
            configFile,
          );
          for (const each of all) expect(ours(each)).toEqual(theirs(each));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("whatever came before, past what is remembered", () => {
    const { ours, theirs } = both(definitionFile, configFile);
    const before = ours("Nuclear umbrellas");
    for (let i = 0; i < 70; i++) ours(Array.from({ length: 1000 }, (_, k) => `w${i}x${k}`).join(" "));
    expect(ours("Nuclear umbrellas")).toEqual(before);
    expect(before).toEqual(theirs("Nuclear umbrellas"));
    const long = "umbrella ".repeat(5000);
    expect(ours(long)).toEqual(theirs(long));
  });
});

/** A tenth of the vocabulary, so that a tokenizer is made in no time, the short tokens of all scripts, and a letter of two units. */
const someWords = Object.fromEntries([
  ...Object.entries<number>(definitionFile.model.vocab).filter(
    ([token, id]) => id % 10 === 0 || token.length < 4 || id < 110,
  ),
  ["𐐨", 11],
  ["##𐐨", 12],
]);

describe("is for a tokenizer of precisely its kind", () => {
  const { model, added_tokens, post_processor } = definitionFile;
  test.each<[string, object, object]>([
    ["another model", { model: { ...model, type: "BPE" } }, {}],
    ["unknown tokens made one", { model: { ...model, fuse_unk: true } }, {}],
    ["no unknown token", { model: { ...model, unk_token: "?!" } }, {}],
    ["another normaliser", { normalizer: { type: "Lowercase" } }, {}],
    ["no normaliser", { normalizer: null }, {}],
    ["another pre-tokenizer", { pre_tokenizer: { type: "Whitespace" } }, {}],
    ["another frame", { post_processor: { type: "ByteLevel" } }, {}],
    [
      "a frame with the text twice",
      { post_processor: { ...post_processor, single: [...post_processor.single, { Sequence: { id: "A" } }] } },
      {},
    ],
    [
      "a frame of tokens that are not there",
      { post_processor: { ...post_processor, single: [{ SpecialToken: { id: "<s>" } }, { Sequence: { id: "A" } }] } },
      {},
    ],
    [
      "an added token found after normalising",
      { added_tokens: [...added_tokens, { id: 1, content: "x", special: false }] },
      {},
    ],
    [
      "an added token that takes the blanks beside it",
      { added_tokens: [...added_tokens, { id: 1, content: "x", special: true, lstrip: true }] },
      {},
    ],
    ["a class of its own", {}, { tokenizer_class: "MPNetTokenizer" }],
    ["blanks made one", {}, { remove_space: true }],
  ])("not with %s", (_, tokenizer, config) => {
    expect(wordPieceDefinition({ ...definitionFile, ...tokenizer }, { ...configFile, ...config })).toBeNull();
  });
});
