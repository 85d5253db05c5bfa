import { describe, expect, it } from "vitest";
import { decode, detectAndDecode } from "../../src/documents/decode.ts";

const utf16 = (text: string, endian: "le" | "be"): Uint8Array => {
  const bytes = Buffer.from(text, "utf16le");
  return endian === "be" ? bytes.swap16() : bytes;
};
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

describe("decoding", () => {
  const text = "Communiqué: “two” lines\nand 한국어\n";
  it.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\ufeff${text}`)],
    ["utf-16le", utf16(`\ufeff${text}`, "le")],
    ["utf-16be", utf16(`\ufeff${text}`, "be")],
    ["utf-16le", utf16(text, "le")],
    ["utf-16be", utf16(text, "be")],
  ])("reads %s, with and without a mark, and reads it again by its label", (encoding, file) => {
    expect(detectAndDecode(file)).toEqual({ text, encoding });
    expect(decode(file, encoding)).toBe(text);
  });

  it("reads windows-1252, curly quotes and all", () => {
    const file = bytes(0x93, ...latin("Caf\xe9 cr\xe8me"), 0x94, ...latin(" costs 3 "), 0x80);
    expect(detectAndDecode(file)).toEqual({ text: "“Café crème” costs 3 €", encoding: "windows-1252" });
  });

  it.each([
    [0xff, 0xfe],
    [0xfe, 0xff],
  ])("guesses no encoding of bytes with a byte order mark amid them: %i %i", (...mark) => {
    const file = bytes(...latin("note"), ...mark, ...latin(" of the \xc3( meeting"));
    expect(() => detectAndDecode(file)).toThrow("the encoding of the file could not be determined");
    expect(detectAndDecode(latin("Reykjav\xedk: \xfea\xf0 er, L'Ha\xff, MANH\xc3 (1)")).encoding).toBe("windows-1252");
  });

  it("reads euc-kr", () => {
    const file = bytes(0xc7, 0xd1, 0xb1, 0xb9, 0x20, 0xb4, 0xeb, 0xc7, 0xd1, 0xb9, 0xce, 0xb1, 0xb9);
    expect(detectAndDecode(file)).toEqual({ text: "한국 대한민국", encoding: "euc-kr" });
  });

  it.each([
    [
      "iso-8859-2",
      "Předseda",
      "P\xf8edseda svolal sch\xf9zi na \xfater\xfd. \xc8lenov\xe9 v\xfdboru schv\xe1lili rozpo\xe8et na p\xf8\xed\xb9t\xed rok. Dvo\xf8\xe1k \xf8ekl, \xbee most bude opraven do konce kv\xectna. \xae\xe1dn\xfd \xe8len nehlasoval proti.",
    ],
    [
      "iso-8859-9",
      "Başkan",
      "Ba\xfekan toplant\xfdy\xfd sal\xfd g\xfcn\xfc i\xe7in \xe7a\xf0\xfdrd\xfd ve b\xfct\xe7eyi kabul etti.",
    ],
    ["windows-1252", "Ordföranden", "Ordf\xf6randen \xf6ppnade m\xf6tet p\xe5 tisdagen."],
    ["windows-1252", "José Müller, Zürich", "Jos\xe9 M\xfcller, Z\xfcrich; Fran\xe7ois Dupr\xe9"],
    ["windows-1252", "the “CAFÉ”", "We met at the \x93CAF\xc9\x94 again."],
  ])("reads %s where the guess is clear, else windows-1252: %s", (encoding, word, text) => {
    const decoded = detectAndDecode(latin(text));
    expect(decoded).toMatchObject({ encoding, text: expect.stringContaining(word) });
    expect(decode(latin(text), encoding)).toBe(decoded.text);
  });

  it("refuses UTF-8 with a few bad bytes, and says where the first is", () => {
    const file = Buffer.concat([Buffer.from("The naïve ferret "), bytes(0xff, 0xfe), Buffer.from(" slept.")]);
    expect(() => detectAndDecode(file)).toThrowError(
      expect.objectContaining({
        code: "undecodable",
        message: expect.stringMatching(/byte 18 .*0xff.*save it as UTF-8/),
      }),
    );
    expect(() => detectAndDecode(Buffer.from("café\n").subarray(0, 4))).not.toThrow();
  });

  it.each([
    ["empty", bytes()],
    ["empty", Buffer.from("\ufeff \n\t ")],
    ["binary", new Uint8Array(4096)],
    ["binary", Buffer.from("text\0with a zero")],
    ["binary", Buffer.from("%PDF-1.7 and so on")],
    ["binary", bytes(0x50, 0x4b, 3, 4, 65, 66)],
    ["undecodable", bytes(0xff, 0xfe, 0x00, 0xd8)],
  ])("refuses a file that is %s", (code, file) => {
    expect(() => detectAndDecode(file)).toThrowError(expect.objectContaining({ code }));
  });

  it("does not re-read a file by an encoding that it is not in", () => {
    expect(() => decode(bytes(0xe9, 0x20), "utf-8")).toThrowError(expect.objectContaining({ code: "undecodable" }));
  });
});
