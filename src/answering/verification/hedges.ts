/** A sort of words that take back what they govern, and what of the like keeps it so. */
export interface Hedge {
  /** Matches the end of the words up to the mark, in lower case. */
  readonly mark: RegExp;
  /** What must not stand around it. */
  readonly not?: RegExp;
  /** Any of these in the statement is of the like. */
  readonly like: RegExp;
  /** What is governed: the rest of the part behind it, the whole part, or so many words behind it. */
  readonly reach: "behind" | "part" | number;
  readonly isCondition?: true;
}

const NO = "not|no|never|none|nobody|nothing|neither|nor|cannot|without|n't";
const DENIES =
  "den(?:y|ies|ied|ying|ial)|disput\\w*|reject\\w*|refut\\w*|contradict\\w*|false|untrue|wrong\\w*|unfounded|lie";
const CLAIMS =
  "claim\\w*|alleg\\w*|accus\\w*|suspect\\w*|suspicion|rumou?r\\w*|purport\\w*|supposed\\w*|assert\\w*|contend\\w*|reportedly|apparently|insist\\w*|speculat\\w*|whether";
const SAYS =
  "s(?:ay|ays|aid|aying)|t(?:ell|ells|old)|stat(?:e|es|ed|ement)|accord\\w*|argu\\w*|maintain\\w*|believ\\w*|th(?:ink|inks|ought)|view\\w*|opinion|charged with|blam\\w*|critici\\w*|complain\\w*|declar\\w*|wrote|ask\\w*|question\\w*|apparent|report\\w*|uncertain|unclear|unknown";
const PLANS =
  "plan|plans|planned|planning|propos\\w*|consider\\w*|intend\\w*|intention|hop(?:e|es|ed|ing)|aim\\w*|seek\\w*|sought|attempt\\w*|tr(?:y|ies|ied)|threat\\w*|recommend\\w*|suggest\\w*|urg(?:e|es|ed)|request\\w*|demand\\w*|expect\\w*|wish\\w*|want\\w*";
const MAY = "may|might|could|can|possib\\w*|perhaps|maybe|likely|probab\\w*|potential\\w*|risk\\w*|chance|uncertain";
const FUTURE =
  "will|would|shall|should|due|going|scheduled|estimat\\w*|advis\\w*|must|ought|is to|are to|was to|were to|deadline|have to|has to";
const LIMITS = "only|alone|sole|solely|just|exclusive\\w*";
const any = (...lists: string[]) => new RegExp(`\\b(?:${lists.join("|")})\\b|n't\\b`);
const end = (...lists: string[]) => new RegExp(`(?:^|\\s)(?:${lists.join("|")})$`);

/** General lists of English; each governs what stands behind it in its part of the sentence, or all of it. */
export const HEDGES: readonly Hedge[] = [
  { mark: end("den(?:y|ies|ied|ying)"), like: any(DENIES, NO), reach: "behind" },
  {
    mark: end("is false|was false|are false|were false|untrue|not true|unfounded|a lie"),
    like: any(DENIES, NO, "rumou?r\\w*"),
    reach: "part",
  },
  {
    mark: end(CLAIMS),
    not: /\b(?:claims? for|claims? to)\b/,
    like: any(CLAIMS, SAYS, DENIES, PLANS, MAY),
    reach: "behind",
  },
  {
    mark: end("allegedly|reportedly|supposedly|apparently|presumably|probably|possibly|perhaps|maybe"),
    like: any(CLAIMS, SAYS, MAY, "seem\\w*", "presum\\w*", "fear\\w*"),
    reach: "part",
  },
  {
    // "Readers should tell everyone that": what is to be said is not said to be so.
    mark: end(
      "(?:should|must|shall|please|always|asked to|told to|ha(?:s|ve) to|ought to) (?:tell|inform|say|state|claim|announce|report|repeat|assure|write|answer|reply|respond|believe|assume|pretend|conclude)",
    ),
    like: any(
      "tell|inform|say|state|claim|announce|report|repeat|assure|write|answer|reply|respond|believe|assume|pretend|conclude",
      "instruct\\w*",
      "ask\\w*",
      "order\\w*",
      "told",
    ),
    reach: "behind",
  },
  {
    mark: end("(?:believ(?:es?|ed)|th(?:inks?|ought)|suspect(?:s|ed)?|fear(?:s|ed)?|assum(?:es?|ed)|guess(?:es|ed)?)"),
    not: /\b(?:an?|the|no|much|some|any|his|her|their|of) (?:thought|fear|guess)\b/,
    like: any(
      CLAIMS,
      SAYS,
      MAY,
      "fear\\w*",
      "assum\\w*",
      "guess\\w*",
      "seem\\w*",
      "worr\\w*",
      "afraid",
      "concern\\w*",
      "feel",
      "felt",
    ),
    reach: "behind",
  },
  {
    mark: end(
      "(?:would|should) (?:like|love|prefer)(?: to)?",
      "(?:asks?|asked|calls?|called|appl(?:y|ies|ied)|appeal(?:s|ed)?) for",
      "(?:requests?|requested|demands?|demanded)",
    ),
    like: any(
      PLANS,
      MAY,
      "ask\\w*",
      "call\\w*",
      "appeal\\w*",
      "appl\\w*",
      "would",
      "prefer\\w*",
      "keen",
      "should",
      "must",
    ),
    reach: "behind",
  },
  {
    mark: end(
      "(?:plans?|planned|planning|hop(?:e|es|ed|ing)|aim(?:s|ed)?|threaten(?:s|ed)?|wish(?:es|ed)?|wants?|wanted|intend(?:s|ed)?|offer(?:s|ed)?|expect(?:s|ed)?) (?:to|for)",
    ),
    like: any(PLANS, MAY, FUTURE, CLAIMS, "offer\\w*", "if", "asked"),
    reach: "behind",
  },
  {
    mark: end("(?:attempt(?:s|ed)?|tr(?:y|ies|ied)|sought|seeks?) to"),
    like: any(
      "attempt\\w*",
      "tr(?:y|ies|ied|ying)",
      "sought|seek\\w*",
      "aim\\w*",
      "effort\\w*",
      "want\\w*",
      "hop(?:e|es|ed|ing)",
      MAY,
    ),
    reach: "behind",
  },
  {
    mark: end("propos(?:e|es|ed|al)|consider(?:s|ed|ing)?|recommend(?:s|ed)?|urg(?:es|ed)|suggest(?:s|ed)?"),
    not: /\bnot consider\b/,
    like: any(PLANS, MAY, FUTURE, SAYS, "plea", "call\\w*"),
    reach: "behind",
  },
  {
    mark: end("(?:is|are|was|were) to be", "(?:is|are) to"),
    like: any(PLANS, MAY, FUTURE, "plan\\w*", "to be", "soon"),
    reach: "behind",
  },
  {
    mark: end("may|might|could"),
    not: /\b(?:could|may|might) (?:no longer|not)\b|\bcannot\b|\bonly\b/,
    like: any(
      MAY,
      LIMITS,
      "allow\\w*",
      "permit\\w*",
      "able",
      "right",
      "free",
      "entitle\\w*",
      "option\\w*",
      "if",
      "unless",
      FUTURE,
      CLAIMS,
      NO,
    ),
    reach: 4,
  },
  {
    mark: end("(?:may|might) not"),
    like: any(
      MAY,
      "cannot",
      "must",
      "allow\\w*",
      "permit\\w*",
      "forbid\\w*",
      "forbidden",
      "prohibit\\w*",
      "ban(?:s|ned)?",
      "unable",
      "until",
      "unless",
      "only",
      "should",
    ),
    reach: 4,
  },
  {
    mark: end("should"),
    not: /\bshould not\b/,
    like: any(FUTURE, PLANS, MAY, "need\\w*", "supposed", "if", "told", "oblig\\w*", "require\\w*", NO),
    reach: 4,
  },
  {
    mark: end("if|unless|provided|providing|on condition|subject to|as long as"),
    not: /\b(?:as if|even if|if not|ask\w* if|provided (?:by|for|with|the|an?))\b/,
    like: any(
      "if|unless|every|each|above|below|ruled out|provided|providing|condition\\w*|when|whenever|where|should|until|once|except|without|subject|depend\\w*|long|case|were",
      LIMITS,
    ),
    reach: "part",
    isCondition: true,
  },
  {
    mark: end("before (?:\\p{L}+ ){0,1}approv(?:al|ed|es)", "before the \\p{L}+ (?:is|are|was|were)"),
    like: any("before", "until", NO),
    reach: "behind",
  },
  {
    mark: end("almost|nearly|narrowly|barely"),
    not: /\b(?:almost|nearly|barely) (?:\d\S*|all|every|the|a|an|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half)/,
    like: any("almost|near\\w*|narrow\\w*|barely|virtually|practically|close|hardly|scarcely|about"),
    reach: 2,
  },
  {
    mark: end("few|little"),
    not: /\b(?:a|an|quite a|as|too|last|next|first|no) (?:few|little)\b/,
    like: any(
      "few|little|hardly|scarcely|small\\w*|limited|rare\\w*|minority|low|seldom|handful|lack\\w*|insufficient",
      NO,
    ),
    reach: 4,
  },
  {
    mark: end("some|several|many"),
    like: any(
      "some|several|many|most|majority|few|part|partly|number|half|certain|various|multiple|dozens?|hundreds?|thousands?|various|those|a|an|all|every|group",
      "\\d+",
      NO,
    ),
    reach: 3,
  },
  {
    mark: end("most of", "most (?:of )?the"),
    like: any(
      "some|several|many|most|more|mostly|mainly|largely|majority|part|partly|almost|nearly|all but|except|bulk|but",
      "\\d+",
      NO,
    ),
    reach: 4,
  },
  {
    mark: end(LIMITS),
    not: /\bnot only\b|\b(?:only|just) (?:\d\S*|one|two|three|four|five|six|seven|eight|nine|ten|a|an|after|before|when|if|recently)\b/,
    like: any(
      LIMITS,
      "except|unless|must|limit\\w*|restrict\\w*|reserved|confined|other|else|but|when|between|if|by|until|single|single-handed\\w*",
      NO,
    ),
    reach: "behind",
  },
];

const NEGATES = `${NO}|hardly|scarcely|rarely|seldom|barely|few|fewer|little|low\\w*|small\\w*|lack\\w*|absen\\w*|miss\\w*|fail\\w*|refus\\w*|declin\\w*|unable|prevent\\w*|prohibit\\w*|forbid\\w*|forbade|ban(?:s|ned)?|exclu\\w*|stop\\w*|ceas\\w*|end(?:s|ed)?|halt\\w*|quit|suspend\\w*|postpon\\w*|delay\\w*|defer\\w*|put off|cancel\\w*|withdr\\w*|revok\\w*|overturn\\w*|revers\\w*|abandon\\w*|ga?ve up|given up|instead|rather|except|far from|anything but|un(?!der|til|it|ion|iv)\\w{4,}|non\\w{4,}|dis\\w{4,}|in(?:ad|suff|compl|eff|capa|val)\\w+|im(?:poss|prop)\\w+|${DENIES}|only|against|former\\w*|last|out of|too|avoid\\w*|insufficient|short\\w*|limited|nearly|almost|late\\w*|after|before`;

/** What negates in words of its own: where the other text says the same, it must have some negation. */
export const SOFT_NEGATIONS: readonly Hedge[] = [
  { mark: end("hardly|scarcely|rarely|seldom"), like: any(NEGATES), reach: "part" },
  {
    mark: end("little"),
    not: /\b(?:a|as|too|so|how|very) little\b|\blittle (?:by|more|town|village|girl|boy|\w+er)\b/,
    like: any(NEGATES),
    reach: 3,
  },
  { mark: end("lack(?:s|ed|ing)?", "lack of", "absence of", "shortage of"), like: any(NEGATES), reach: 4 },
  { mark: end("stop(?:s|ped)?|ceas(?:e|es|ed)|quit"), like: any(NEGATES, "clos\\w*"), reach: 3 },
  { mark: end("den(?:y|ies|ied)"), like: any(NEGATES, CLAIMS), reach: "behind" },
  {
    mark: end("postpon(?:e|es|ed)|deferr?(?:s|ed)?|suspend(?:s|ed)?|cancel(?:s|led)?|put off|abandon(?:s|ed)?"),
    like: any(NEGATES, "mov\\w*|later"),
    reach: 4,
  },
  { mark: end("far from", "anything but", "by no means", "no longer"), like: any(NEGATES), reach: 4 },
  {
    mark: end("(?:everything|all|nobody|everybody|everyone|nothing) (?:but|except)"),
    like: any(NEGATES, "but"),
    reach: 3,
  },
  {
    mark: end("is false|was false|untrue|not true|false that|not true that|no truth"),
    like: any(NEGATES),
    reach: "part",
  },
  {
    mark: end("before"),
    not: /\bbefore (?:the end|noon|midnight|then)\b|\b(?:must|shall|should|only)\b/,
    like: any(
      NEGATES,
      "until|when|first|earlier|previous\\w*|must|need\\w*|ahead|by|as|prior|in time|preced\\w*|then|once|between",
    ),
    reach: 5,
  },
  { mark: end("neither|nor"), like: any(NEGATES), reach: "part" },
];
