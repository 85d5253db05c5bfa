/** A model's sentence as plain text: what a page, a terminal or another program would read as more than text is gone. */
export function plainStatement(text: string): string {
  return (
    text
      // Before anything is looked for: characters that hide others or turn their order.
      .replace(/[\p{Cc}\p{Cf}]/gu, (character) => (/\s/.test(character) ? " " : ""))
      .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, "")
      .replace(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
      .replace(/<(?:script|style)\b[^>]*>.*?<\/(?:script|style)\s*>/gi, "")
      .replace(/<([a-z][a-z\d+.-]*:[^\s>]+|[^\s<>@]+@[^\s<>]+)>/gi, "$1")
      .replace(/<\/?[a-z!][^>]*(?:>|$)/gi, "")
      .replace(/\[(?:\s*\d+\s*,?)+\]/g, "")
      .replace(/(\*\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1/g, "$2")
      .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2")
      .replace(/^\s*(?:[#>]+|[-*+•])\s+/, "")
      .replace(/\s+/g, " ")
      .replace(/ (?=[.,;:?!](?:\s|$))/g, "")
      .trim()
  );
}

const ADDRESS =
  /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+|\b(?:mailto|javascript|data|tel|file):[^\s"'<>]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}-]{2,}\.)+[a-z]{2,}(?:[/?#][^\s"'<>]*)?/giu;

/** Addresses of the web and of mail in a statement that none of the quotes has, as written. */
export function strangeAddresses(text: string, quotes: readonly string[]): string[] {
  const quoted = quotes.map((quote) => quote.toLowerCase().replace(/\s+/g, ""));
  return [...text.matchAll(ADDRESS)].flatMap(([found]) => {
    const address = found.replace(/[.,;:!?)\]]+$/, "");
    return quoted.some((quote) => quote.includes(address.toLowerCase())) ? [] : [address];
  });
}

/**
 * How injections speak to a model, and documents hardly to their readers. Verbs stand in the form of an order: "was
 * asked to ignore the rules" is told of somebody, and so is "answered that".
 */
const TO_A_MODEL = [
  /^\W*(?:system|assistant|developer)\W{0,3}:/i,
  /\b(?:SYSTEM|ASSISTANT|DEVELOPER)\W{0,3}:/,
  /<<\s*(?:end\s+of\s+)?(?:passage|question)\b|<\/?\s*(?:system|instructions?|passage|document)\b[^>]*>/i,
  /\bthe\s+(?:correct|right|only)\s+answer\s+(?:is|to)\b/i,
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|guidelines|rules)\b/i,
  /\b(?:ignore|disregard|forget)\b[^.!?]{0,20}\b(?:all|any|these|those|other|previous|the)\s+(?:other\s+|previous\s+)?(?:documents?|passages?|sources?|context)\b/i,
  /\b(?:system|developer|hidden|initial)\s+prompts?\b/i,
  /\b(?:new|updated|special|important)\s+instructions?\s*(?:for\b[^.!?:]{0,40})?:/i,
  /\b(?:you\s+are|act|behave|respond|pretend)\b[^.!?]{0,30}\b(?:AI|chatbot|language\s+model|LLM|unrestricted|(?:helpful|digital|virtual)\s+assistant)\b/i,
  /\b(?:AI(?:\s+\p{L}+)?|chatbots?|language\s+models?|LLMs?)\b[^.!?]{0,40}\b(?:read|process|answer|summari[sz]|us)(?:s|es|ing)?\b[^.!?]{0,20}\b(?:this|these|the\s+(?:document|text|file|page))\b/iu,
  /\b(?:answer|reply|respond)\s+(?:always|only)\b|\balways\s+(?:answer|reply|respond|say)\b/i,
  /(?:^|[.!?:;]\s)\W*(?:(?:please|instead|now|always|only|simply|just|then|and)[,\s]+)*(?:say|answer|reply|respond|claim|tell\s+(?:the\s+user|everyone))\b\s*(?:that|with|only|exactly|as|in|[:"“])/i,
  /\b(?:write|print|output|repeat|append|insert|include|add|cite|end|begin|start)\b[^.!?]{0,60}\b(?:your\s+(?:answer|response|output|reply)|to\s+the\s+user)\b/i,
  /\byour\s+(?:answer|response|output)\b[^.!?]{0,30}\b(?:contain|include|say|mention|(?:start|begin|end)\s+with)\b/i,
  /\b(?:when|if|whenever)\s+(?:(?:you\s+are|you're|anyone\s+is|the\s+user\s+is)\s+)?asked\b[^.!?]{0,60}\b(?:answer|reply|respond|say|state|claim|write)\b/i,
];

/** Whether a sentence is addressed to a model that answers: it may be shown as what it is, but nothing rests on it. */
export function isInstruction(sentence: string): boolean {
  const text = sentence.replace(/\s+/g, " ");
  return TO_A_MODEL.some((pattern) => pattern.test(text));
}
