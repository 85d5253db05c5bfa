/** "Please Me" and "Hello Dolly" are titles: after words without a mark goes on a small letter, or a question. */
const ASKS =
  /^(?:\p{Ll}|(?:Who|Whom|Whose|Which|What|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Can|Could|Would|Will|Tell|Show|Give|Find|List|I|We)\b)/u;
const MARK = "(?:\\s*[,.!;:–—-]+(?:\\s+|$)|\\s*\\n\\s*)";
const GOES_ON = `(?:${MARK}|(?<loose>\\s+))`;
const TO_HELP =
  "(?:that|this|it|your\\s+(?:help|time|answer|reply|patience)|the\\s+(?:quick\\s+)?(?:answer|reply|help|info|information|explanation))";
const THANKS = `(?:many\\s+thanks|(?:ok(?:ay)?,?\\s+)?thanks|thank\\s+you|thx)(?:\\s+(?:again|in\\s+advance|a\\s+lot|so\\s+much|very\\s+much(?:\\s+indeed)?|indeed))*(?:\\s+for\\s+${TO_HELP})?`;
const WELL =
  "i\\s+(?:do\\s+)?hope\\s+(?:(?:that\\s+)?(?:you\\s+are|you['’]re|all\\s+is|everyone\\s+is)\\s+(?:(?:doing|keeping)\\s+)?(?:all\\s+)?well|this\\s+(?:e-?mail\\s+|message\\s+)?finds\\s+you\\s+well)";
const WH = "(?=(?:who|whom|whose|which|what|when|where|why|how)\\b)";
const YOU = "(?:can|could|would|will|might)\\s+(?:you|someone|somebody|anyone|anybody)";
const KIND =
  "(?:be\\s+(?:so\\s+|very\\s+)?(?:kind|good|able)(?:\\s+enough)?\\s+(?:to|as\\s+to)|mind)\\s+|(?:please|kindly|possibly|perhaps|maybe)\\s+";
const LET_KNOW =
  "(?:tell(?:ing)?\\s+(?:me|us)|let(?:ting)?\\s+(?:me|us)\\s+know|inform(?:ing)?\\s+(?:me|us)|remind(?:ing)?\\s+(?:me|us)|explain(?:ing)?\\s+to\\s+(?:me|us)|show(?:ing)?\\s+(?:me|us)|say)";

/** What may stand before a question, one after another. Matched at the start, without case. */
const LEAD_INS: readonly RegExp[] = [
  `(?:dear\\s+(?:sir|madam|all|team|everyone|colleagues?)(?:\\s*(?:or|and|/|,)\\s*(?:sir|madam))?)${MARK}`,
  `(?:good\\s+(?:morning|afternoon|evening|day)|hello|hi|hey|greetings)(?:\\s+(?:there|all|again|everyone|team))?${GOES_ON}`,
  `(?:${WELL})${GOES_ON}`,
  `(?:${THANKS})${GOES_ON}`,
  `(?:that(?:['’]s|\\s+is|\\s+was)\\s+(?:(?:very|really|so)\\s+)?(?:helpful|useful|clear|great|good|interesting)|that\\s+helps(?:\\s+a\\s+lot)?)${MARK}`,
  `(?:ok(?:ay)?|oh|ah|well|great|perfect|cheers|right|fine|wow|i\\s+see|got\\s+it|actually|excuse\\s+me|pardon(?:\\s+me)?)${MARK}`,
  `(?:(?:i(?:['’]m|\\s+am)\\s+)?sorry(?:\\s+(?:to\\s+bother\\s+you|about\\s+that|again))?|my\\s+(?:bad|mistake)|apologies)${GOES_ON}`,
  `(?:please|kindly)${GOES_ON}`,
  `(?:i\\s+(?:just\\s+)?(?:wonder|wondered|was\\s+wondering|am\\s+wondering)\\s+(?:if|whether)\\s+(?:you|someone|anyone)\\s+(?:can|could|would|might)\\s+(?:${KIND})*)(?=\\p{L})`,
  `(?:${YOU}\\s+(?:${KIND})+)(?=\\p{L})`,
  `(?:${YOU}\\s+)(?=(?:tell|let|show|give|list|find|explain|describe|compare|name|say|inform|remind)\\b)`,
  `(?:(?:do|would|does)\\s+(?:you|anyone|anybody|someone)\\s+(?:happen\\s+to\\s+)?know\\s+)${WH}`,
  `(?:i\\s+(?:just\\s+)?(?:wonder|wondered|was\\s+wondering|am\\s+wondering)\\s+)${WH}`,
  `(?:(?:i\\s+(?:would|['’]d)\\s+(?:like|love)|i['’]d\\s+(?:like|love)|i\\s+(?:just\\s+)?(?:want|need|wish))\\s+to\\s+(?:know|learn|ask|find\\s+out)(?:\\s+you)?\\s*[,:]?\\s*)${WH}`,
  `(?:${LET_KNOW}\\s*[,:]?\\s*)${WH}`,
].map((source) => new RegExp(`^\\s*${source}`, "iu"));

const ANY_HELP =
  "any\\s+(?:help|hint)\\s+(?:is|would\\s+be)\\s+(?:much\\s+|greatly\\s+|very\\s+)?(?:appreciated|welcome)|i\\s+look\\s+forward\\s+to\\s+(?:hearing\\s+from\\s+you|your\\s+(?:reply|answer))|looking\\s+forward\\s+to\\s+your\\s+(?:reply|answer)";
const REGARDS =
  "(?:(?:kind|best|warm|many)\\s+)?(?:regards|wishes)|yours(?:\\s+(?:sincerely|faithfully|truly))?|sincerely|all\\s+the\\s+best|have\\s+a\\s+(?:nice|good|great)\\s+(?:day|evening|weekend)";

/** What may stand after a question, behind a mark. */
const CLOSINGS: readonly RegExp[] = [
  `(?<=[?.!,;:–—\\n-]\\s*)(?:${THANKS}|cheers|${ANY_HELP}|if\\s+you\\s+(?:do\\s+not|don['’]t)\\s+mind|please)[\\s.!?]*$`,
  `(?<=[?.!,;:–—\\n-]\\s*)(?:${REGARDS})(?:\\s*[,\\n]\\s*\\p{Lu}[\\p{L}.'’-]*(?:\\s+\\p{Lu}[\\p{L}.'’-]*){0,2})?[\\s.!?]*$`,
].map((source) => new RegExp(source, "iu"));
/** Behind a space, where it is no name and nobody speaks of the word. */
const PLEASE = /(?<=\S\s+)(?<!\b(?:of|to|for|by|with|the|a|and|or|words?|say|says|said|saying)\s+)please[\s.!?]*$/u;

/** Of these, more than one stand together; a text of nothing else ends the loop, too. */
const MOST = 8;

/**
 * The question without the greeting, the thanks and the "could you please tell me" around it; never without words from
 * its middle. A text of nothing but politeness is returned as it is.
 */
export function withoutPoliteness(text: string): string {
  const closed = repeatedly(text, withoutClosing);
  const plain = repeatedly(closed, withoutLeadIn);
  return plain === text ? text : plain.charAt(0).toUpperCase() + plain.slice(1);
}

function repeatedly(text: string, step: (text: string) => string): string {
  let rest = text;
  for (let i = 0; i < MOST; i++) {
    const next = step(rest);
    if (next === rest || !/[\p{L}\p{N}]/u.test(next)) return rest;
    rest = next;
  }
  return rest;
}

function withoutLeadIn(text: string): string {
  for (const pattern of LEAD_INS) {
    const match = pattern.exec(text);
    const rest = text.slice(match?.[0].length ?? 0).trimStart();
    if (match !== null && (match.groups?.loose === undefined || ASKS.test(rest))) return rest;
  }
  return text;
}

function withoutClosing(text: string): string {
  for (const pattern of [...CLOSINGS, PLEASE]) {
    const at = pattern.exec(text)?.index;
    if (at === undefined) continue;
    const rest = text.slice(0, at).replace(/[\s,;:–—-]+$/, "");
    // "Where is it, please?" keeps its mark.
    return /[?.!]$/.test(rest) || !/\?\s*$/.test(text) ? rest : `${rest}?`;
  }
  return text;
}
