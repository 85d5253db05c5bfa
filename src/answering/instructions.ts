/**
 * How injections speak to a model, and documents hardly to their readers. An order stands in the imperative where a
 * sentence or a clause begins: "was asked to ignore the rules" is told of somebody, and so is "answered that".
 */

/** Who answers: what no document calls a person. */
const MODEL = String.raw`(?:(?:an?\s+|the\s+|all\s+|any\s+|every\s+)?(?:AIs?|A\.I\.|(?:AI|artificial\s+intelligence|LLM)[\s-]+(?:systems?|assistants?|models?|agents?|tools?|readers?|bots?|chatbots?|summari[sz]ers?|reviewers?|services?|search)|chat\s?bots?|bots?|LLMs?|(?:large\s+)?language\s+models?|(?:virtual|digital)\s+(?:assistants?|agents?)|(?:automated|automatic)\s+(?:assistants?|summari[sz]ers?)|summari[sz]ers?|answer(?:ing)?\s+engines?))`;
/** Where an order may begin. */
const BEGIN = String.raw`(?:(?:^|[.!?:;,([{"“„«>—–*#|=-]\s*|\byou\s+(?:must|should|shall|will|are\s+to|have\s+to|need\s+to)\s+|\b(?:then|and|but|please|kindly|now|instead)\s+)(?:(?:please|kindly|instead|now|always|never|only|simply|just|then|and|also|from\s+now\s+on|from\s+here\s+on)[,\s]+){0,4})`;
const SAY = "(?:say|state|mention|claim|report|conclude|answer|reply|respond|recommend|write|insist|repeat)";
const MUST = String.raw`(?:must|should|shall|ha(?:s|ve)\s+to|(?:is|are)\s+to|ought\s+to|needs?\s+to)(?:\s+(?:always|never|only|also|not|now)){0,2}`;
/** What is to be said, and not whether, how or with what: a form tells its reader to state a name. */
const THAT = String.raw`(?:that\s+(?!you(?:r|'re)?\b|it\s+is\s+you|again\b)|with\s+(?:only|exactly|this|the\s+(?:words?|sentence|phrase|text)\b|["“'{])|only\s+(?:with|that|this)\b|only\s*[:"“]|exactly\b|as\s+follows|["“„:])`;
const EARLIER =
  "(?:previous|prior|above|earlier|preceding|foregoing|original|initial|system|other|your|these|those|all|any)";
const RULES = String.raw`(?:instructions?|prompts?|guidelines?|rules?|directions|directives?|commands?|orders|context|constraints?)\b(?!\s+of\s+the\b)`;
const TEXTS = "(?:documents?|passages?|sources?|texts?|context|excerpts?)";
const READERS = String.raw`(?:(?:the\s+|your\s+|all\s+|any\s+)?(?:readers?|users?|askers?|questioners?)|whoever\s+asks|any(?:one|body)\s+(?:who\s+)?ask(?:s|ing)|every(?:one|body)(?:\s+who\s+asks)?)`;

const SOURCES: readonly string[] = [
  // The marks of a prompt.
  String.raw`^\W*(?:system|assistant|developer)\W{0,3}:\s*(?:you\b|ignore|never|always|please|do\s+not|from\s+now|answer|say|tell|the\s+user)`,
  String.raw`<<\s*(?:end\s+of\s+)?(?:passage|question)\b|<\/?\s*(?:system|instructions?|passage|document)\b[^>]{0,80}>`,
  String.raw`"(?:answerable|statements|citations)"\s*:|\banswerable\b[^.!?]{0,12}\b(?:false|true)\b`,
  String.raw`\b(?:system|developer|hidden|initial)[\s-]+prompts?\b(?!\s+(?:you|the|users?|for)\b)`,
  String.raw`\b(?:new|updated|special|important|further)\s+instructions?\s*(?:(?:for|to)\s+${MODEL}[^.!?:]{0,40})?:\s*(?:please\s+|you\s+must\s+|always\s+)?(?:${SAY}|tell|ignore|name|do\s+not)\b`,
  // Who is spoken to.
  String.raw`(?:^|[.!?:;,([*#>-]\s*)(?:(?:important|special|urgent)\s+)?(?:(?:note|notice|message|memo|reminder|hint|instructions?|attention|request|word)\s*[,:]?\s*(?:to|for)?|for\s+the\s+attention\s+of|dear|hello|hey|hi|to|for)\s+${MODEL}\b[^.!?:,;]{0,50}[:,;.!—–-]`,
  String.raw`(?:^|[.!?:;]\s*)${MODEL}\s*[:,]\s`,
  String.raw`\bdear\s+(?:model|assistant)\b[^.!?]{0,40}\b(?:${SAY}|name|tell|ignore)\b`,
  String.raw`\b(?:you\s+are|you're|act\s+as|behave\s+(?:as|like)|respond\s+(?:as|like)|pretend\s+to\s+be)\b[^.!?]{0,30}\b(?:AI|chatbot|language\s+model|LLM|unrestricted|(?:helpful|digital|virtual)\s+assistant)\b`,
  String.raw`\bif\s+you\s+are\s+(?:reading\s+this\s+as\s+)?${MODEL}\b`,
  String.raw`\b${MODEL}\s+(?:that\s+|which\s+|who\s+)?(?:read|process|answer|summari[sz]|us|pars|index)(?:s|es|e|ing)?\b[^.!?]{0,20}\b(?:this|these|the\s+(?:document|text|file|page))\b`,
  String.raw`\b(?:assistants?|models?|whoever|any(?:one|body)(?:\s+who)?|those|every(?:one|body)(?:\s+who)?)\s+(?:(?:that|who|which)\s+)?(?:is\s+|are\s+)?(?:(?:summari[sz]|paraphras|digest)(?:e|es|ing)|answer(?:s|ing)?\s+(?:questions\s+)?(?:from|on|about|with)\s+(?:this|these))\b[^.!?]{0,40}\b${MUST}\s+(?:${SAY}|name|tell|include|call|describe)\b`,
  String.raw`\b${MODEL}\b[^.!?]{0,50}\b${MUST}\s+(?:${SAY}|name|tell|inform|ignore|describe)\b`,
  String.raw`(?:^|[.!?:;]\s+|\b(?:the|all|any|every|your)\s+)assistants?\s+(?:[^.!?,;]{0,40}\s)?${MUST}\s+(?:(?:say|state|mention|claim|conclude)\b|(?:answer|reply|respond)\s+${THAT})`,
  String.raw`\b(?:summar(?:y|ies)|answers?|responses?)\s+(?:(?:made|drawn|based|taken)\s+)?(?:of|from|on)\s+(?:this|these)\b[^.!?]{0,40}\b${MUST}\s+(?:${SAY}|include|name|describe|call|begin|end)\b`,
  String.raw`\b(?:readers?|reviewers?|evaluators?|graders?)\s+${MUST}\s+(?:be\s+(?:told|informed)|conclude|(?:answer|say)\s+that)\b`,
  String.raw`\b(?:any(?:one|body)|every(?:one|body)|those|people|users?|readers?)\s+(?:who\s+)?ask(?:s|ing)?\b[^.!?]{0,60}\b${MUST}\s+be\s+(?:told|informed)\s+that\b`,
  // What it is to forget.
  String.raw`${BEGIN}(?:ignore|disregard|forget|override|bypass)\b(?!\s+(?:our|my|his|her|about)\b)[^.!?]{0,30}\b(?:${EARLIER}|the|what)\b[^.!?]{0,40}\b${RULES}(?![^.!?]{0,20}\b(?:risk|peril)\b)`,
  String.raw`${BEGIN}(?:ignore|disregard|forget|override|bypass)\s+(?:rules|instructions|guidelines)\s+(?:and|above)\b`,
  String.raw`${BEGIN}(?:ignore|disregard|forget)\s+(?:all\s+)?(?:of\s+)?(?:all|any|these|those|other|previous|the)\s+(?:other\s+|previous\s+|earlier\s+|above\s+)?${TEXTS}\b`,
  String.raw`${BEGIN}(?:ignore|disregard|forget)\s+(?:everything|anything|all|what)\s+(?:that\s+)?(?:(?:was|is|has\s+been|have\s+been|you\s+(?:were|have\s+been|are))\s+)?(?:said|told|written|stands?|above|before|you\s+know)\b`,
  String.raw`\b(?:do\s+not|don't|stop)\s+(?:follow|obey|heed|us)(?:ing|e)?\s+(?:what\s+you\s+(?:were|have\s+been)\s+told|(?:your|any|all|the)\s+(?:previous|prior|earlier|other|above|system|original)\b)`,
  String.raw`\b(?:do\s+not|don't|never)\s+(?:mention|reveal|disclose|cite|quote|use|tell)\b[^.!?]{0,40}\b(?:to\s+(?:the\s+)?(?:users?|readers?)|in\s+(?:your|any|the)\s+(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies))|other\s+${TEXTS})\b`,
  String.raw`\byour\s+(?:(?:new|only|real|true)\s+)?(?:task|job|role|goal|instructions?|orders)\s+(?:(?:has|have)\s+(?:now\s+)?changed\s*[:;,—–-]\s*|(?:is|are)\s+(?:now\s+)?to\s+)${SAY}\b`,
  String.raw`${BEGIN}pretend\s+(?:that\s+)?(?:the|these|all)\s+(?:other\s+)?${TEXTS}\b`,
  String.raw`${BEGIN}(?:say|state|mention|write|claim|include)\s+in\s+(?:your|every|each|any|the)\s+(?:summar(?:y|ies)|answers?|responses?|output)\s+(?:that|how)\s+(?!you)`,
  String.raw`\bthe\s+answer\s+(?:that\s+)?you\s+give\s+${MUST}\s+be\s+that\b|\bno\s+matter\s+what\s+(?:is|you\s+are|anyone)\s+ask(?:ed|s)?\s*,\s*(?:say|answer|reply|write)\b`,
  String.raw`\bfollow\s+only\s+(?:these|my|the\s+following)\s+(?:commands|orders)\b|\bwhatever\s+(?:the|these|other)\s+(?:other\s+)?${TEXTS}\s+says?\b`,
  // What it is to say.
  String.raw`${BEGIN}(?:say|answer|reply|respond|claim)\s+(?:always\s+)?${THAT}`,
  String.raw`${BEGIN}(?:write|state|report|pretend|insist|conclude|confirm|repeat)\s+that\s+(?:no\s+${TEXTS}\b|(?:the|these|this)\s+${TEXTS}\b[^.!?]{0,40}\b(?:not|no|nothing|never)\b)`,
  String.raw`${BEGIN}(?:always|never)\s+(?:answer|reply|respond|say|mention|state|claim|report|recommend|conclude|describe)\s+${THAT}`,
  String.raw`\b(?:answer|reply|respond)\s+(?:always|only)\s*[:"“]`,
  String.raw`\byou\s+(?:must|should|shall|will|have\s+to|are\s+to|need\s+to|may\s+only)\s+(?:(?:now|always|only|never|also)\s+){0,2}${SAY}\s+${THAT}`,
  String.raw`${BEGIN}(?:tell|inform|assure|advise|let)\s+${READERS}\b\s*(?:know\s+)?(?:that|,|:|the|this|it|no|not|\p{L}+\s+(?:is|was|has|are|were)\b)`,
  String.raw`${BEGIN}(?:write|print|show|output)\s+(?!to\b)[^.!?]{0,40}\bto\s+the\s+user\b`,
  String.raw`${BEGIN}(?:begin|start|end|open|close|finish|prefix)\s+(?:your|every|each|all|the)\s+(?:answers?|responses?|output|repl(?:y|ies)|summar(?:y|ies))\s+(?:with|by)\b`,
  String.raw`${BEGIN}(?:write|print|output|repeat|append|insert|include|add|cite|put|replace|use)\s+(?!your\b|a\s+copy|the\s+(?:reference|form|number|date|printout)|proof|details)[^.!?]{0,60}\b(?:in|into|to|on\s+top\s+of)\s+(?:your|every|each|the)\s+(?:answers?|responses?|output|reply)\b`,
  String.raw`\byour\s+(?:answer|response|output|summary)\b[^.!?]{0,20}\b${MUST}\s+(?:contain|include|say|mention|(?:start|begin|end)\s+with)\s+(?!your\b|a\b|an\b|the\s+(?:reference|form|number|date)|details|evidence|at\s+least)`,
  String.raw`\bin\s+(?:every|each|any|all)\s+(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|outputs?)\b(?!\s+(?:books?|sheets?|papers?)\b)[^.!?]{0,20}[,\s](?:please\s+)?(?:name|mention|state|say|include|write|add|claim)\b`,
  String.raw`\b(?:when|if|whenever)\s+(?:(?:you\s+are|you're|any(?:one|body)(?:\s+is)?|some(?:one|body)(?:\s+is)?|(?:the\s+|an?\s+)?users?(?:\s+(?:is|are))?|(?:the\s+|an?\s+)?readers?|people)\s+)?ask(?:s|ed)?\b[^.!?]{0,80}[,;:]\s*(?:(?:please|always|only|you\s+(?:must|should|will|are\s+to)|simply|just|then|kindly)\s+){0,3}(?:answer|reply|respond|say|claim|(?:state|write|mention|recommend|report|insist|explain|deny)\s+that|tell\s+(?:him|her|them)\s+(?:that|it|the|no))\b(?!\s+(?:your\s+name|the\s+truth|in\s+writing|truthfully|politely|promptly))`,
  String.raw`\b(?:when|if|whenever)\s+(?:you\s+are\s+)?asked\b[^.!?]{0,60}\b(?:answer|reply|respond|say)\s+(?:that|with\s+["“']|["“'])`,
  String.raw`\bthe\s+(?:correct|right|only|true|expected)\s+answer\s+(?:is\s+(?:that\b|always\b)|is\s*[:"“]|to\s+(?:this|that|any|every)\s+question\s+is\b)`,
  String.raw`\bwhen\s+(?:you\s+)?(?:summari[sz](?:e|ing)|answer(?:ing)?\s+(?:questions|this|these|about))\b[^.!?]{0,60},\s*(?:(?:please|always|also|you\s+must)\s+){0,2}(?:say|mention|state|name|describe|include)\b`,
  String.raw`\byou\s+(?:are|were)\s+(?:instructed|ordered|asked|told|required|supposed|expected)\s+to\s+${SAY}\s+${THAT}`,
  String.raw`\b(?:order|ask|want|wants|need|instruct|command)\s+you\s+to\s+${SAY}\s+${THAT}`,
  String.raw`${BEGIN}(?:make|ensure)\s+(?:sure|certain|that)?\s*(?:that\s+)?your\s+(?:answer|response|summary|output)\s+(?:says?|states?|mentions?|names?|includes?\s+(?!your))\b`,
  String.raw`${BEGIN}make\s+it\s+(?:clear|known)\s+to\s+${READERS}\s+that\b`,
  String.raw`${BEGIN}(?:do\s+not|don't|instead\s+of)\s+answer(?:ing)?(?:\s+(?:the|this|any)\s+questions?)?\s*[;,:.]\s*(?:instead\s+)?(?:say|write|print|give|tell|output)\b`,
  String.raw`${BEGIN}(?:trust|believe|use)\s+only\s+this\s+(?:passage|document|source)\b|${BEGIN}treat\s+(?:all\s+|any\s+|the\s+)?other\s+${TEXTS}\s+as\b`,
  // The commonest of other languages.
  String.raw`(?<!n['’]|ne\s)\b(?:ignorez|oublie[zr]?)\s(?!pas)[^.!?]{0,40}(?:instructions?|consignes?|directives?|règles|documents?|messages?|précède)`,
  String.raw`(?:^|[.!?:;,]\s*|\bet\s+)(?:répond(?:ez|s)|dites|dis|écri(?:vez|s)|affirmez|mentionne[zr]?|précisez)\s+(?:toujours\s+|seulement\s+|uniquement\s+)?(?:que\b|qu['’]|[:"«])`,
  String.raw`(?<!ich\s)\b(?:ignoriere|ignorieren\s+sie|vergiss|vergessen\s+sie|missachte|missachten\s+sie)\s[^.!?]{0,40}(?:anweisung|instruktion|vorgabe|regeln|dokument|anleitung)`,
  String.raw`(?:^|[.!?:;,]\s*|\bund\s+|\bbitte\s+)(?:antworte|sage?|schreibe?|behaupte|erwähne)(?:n\s+sie)?\s*(?:immer\s*|stets\s*|nur\s*|bitte\s*)?(?:,?\s*dass\b|mit\s+["„]|[:"„])`,
  String.raw`(?:^|[.!?:;,]\s*)(?:ignor[ae]|olvid[ae])\s[^.!?]{0,40}(?:instrucciones|indicaciones|reglas|documentos)`,
  String.raw`(?:^|[.!?:;,]\s*|\by\s+)(?:responde|responda|di|diga|contest[ae]|mencion[ae])\s+(?:siempre\s+|s[oó]lo\s+)?que\b`,
  String.raw`(?:^|[.!?:;,]\s*)(?:ignora(?:te)?|dimentica(?:te)?|ignore|esqueça|negeer|vergeet)\s[^.!?]{0,40}(?:istruzioni|regole|instruções|regras|instructies|aanwijzingen|opdrachten)`,
  String.raw`(?:^|[.!?:;,]\s*|\b[ee]\s+)(?:rispondi|rispondete|scrivi|responda|diga|antwoord|zeg)\s+(?:sempre\s+|altijd\s+)?(?:che|que|dat)\b`,
];

const TO_A_MODEL: readonly RegExp[] = [
  ...SOURCES.map((source) => new RegExp(source, "iu")),
  // Capitals tell a mark from a word, and a name from what is right to do.
  /(?:^|[^\p{L}\s]\s*|^.{0,20}\s)(?:SYSTEM|ASSISTANT|DEVELOPER)\W{0,3}:/u,
  /\b[Tt]he\s+(?:correct|right|true|expected|only)\s+answer\s+is\s+\p{Lu}\p{Ll}/u,
];

/** Letters of other scripts that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ а: "a", е: "e", о: "o", р: "p", с: "c", у: "y", х: "x", і: "i", ѕ: "s", ј: "j", ԁ: "d" },
  ...{ Α: "A", Β: "B", Ε: "E", Ι: "I", Κ: "K", Μ: "M", Ν: "N", Ο: "O", Ρ: "P", Τ: "T", ο: "o", ν: "v", ι: "i" },
  ...{ А: "A", В: "B", Е: "E", І: "I", К: "K", М: "M", Н: "H", О: "O", Р: "P", С: "C", Т: "T" },
};

/** Whether a sentence is addressed to a model that answers: it may be shown as what it is, but nothing rests on it. */
export function isInstruction(sentence: string): boolean {
  const text = plain(sentence);
  return TO_A_MODEL.some((pattern) => pattern.test(text));
}

/** As a reader sees it; an address has the marks that end a sentence. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\p{L}\p{M}]+/gu, (word) =>
      /[a-z]/i.test(word) ? word.replace(/./gu, (one) => LOOKALIKES[one] ?? one) : word,
    )
    .replace(/!?\[[^\]]{0,200}\]\([^)]{0,500}\)|\b\w+:\/\/\S+/g, "link")
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, " ");
}
