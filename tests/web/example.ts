import type { Pilcrow } from "../../src/pilcrow.ts";
import type { Answer, Check, DocumentView } from "../../src/types.ts";
import { answerOf, cite, corpusDocument, documentOf, fakePilcrow, refusalOf } from "../server/fake-pilcrow.ts";

export const call = corpusDocument("2017-02-07-yun-tillerson-call.txt", "Yun-Tillerson telephone call", "2017-02-07");
export const communique = corpusDocument(
  "2019-11-15-51st-scm-joint-communique.txt",
  "Joint Communiqué of the 51st ROK–US Security Consultative Meeting",
  "2019-11-15",
);
const others = [
  corpusDocument("1996-11-01-28th-scm-joint-communique.txt", "Joint Communiqué of the 28th US-ROK SCM", "1996-11-01"),
  corpusDocument("2006-11-07-scap-talks.txt", "SCAP talks in Seoul", "2006-11-07"),
  corpusDocument("2013-09-27-yun-kerry-meeting.txt", "Yun-Kerry meeting in New York", "2013-09-27"),
];

/** A document that tries to be run. */
export const hostile = documentOf(
  "hostile.txt",
  '<script>alert("text")</script> <img src=x onerror=alert(1)> says [2] the report.\n\nSecond paragraph.',
  "<b>Hostile</b> <img src=//evil.example/x onerror=alert(2)>",
  null,
);

export const THAAD =
  "The two sides, recognizing the planned deployment of the Terminal High Altitude Area Defense (THAAD) system to US Forces as a defensive measure to solely counter North Korea’s threats but not undermine security interests of any other countries, agreed to deploy the system as planned.";
/** Spans several hard-wrapped, indented lines of the file. */
export const PLEDGE = communique.text.slice(
  communique.text.indexOf("The Minister and the Secretary pledged"),
  communique.text.indexOf("future-oriented manner.") + "future-oriented manner.".length,
);

const checks: Readonly<Record<string, Check>> = { "check changed": "changed", "check lost": "not-found" };

function comparison(question: string): Answer {
  const side = { documentId: null, count: null, message: null };
  return {
    ...answerOf(question, [cite(call, THAAD, 1), cite(communique, PLEDGE, 2)]),
    kind: "comparison",
    groups: [
      { ...side, title: "1996", date: "1996", statements: [], message: "No document of 1996 mentions it." },
      { ...side, title: "2017", date: "2017", statements: [0] },
      { ...side, title: "2019", date: "2019", statements: [1] },
    ],
  };
}

/** Seven sentences of one document, the last with two mentions, and one of another. */
function everyMention(question: string): Answer {
  const citations = [1, 2, 3, 4, 5, 6, 7].map((marker) => cite(call, THAAD, marker));
  const answer = answerOf(question, [...citations, cite(communique, PLEDGE, 8)]);
  const groupOf = ({ title, date, documentId }: DocumentView, statements: number[], count: number) => {
    return { title, date, documentId, statements, count, message: null };
  };
  return {
    ...answer,
    kind: "every-mention",
    trace: {
      ...answer.trace,
      mention: { phrases: ["side"], exact: false, forms: ["sides", "side"], headings: ["the title “<i>Sides</i>”"] },
    },
    answer: `9 mentions in 2 documents. ${answer.answer}`,
    groups: [groupOf(call, [0, 1, 2, 3, 4, 5, 6], 8), groupOf(communique, [7], 1)],
  };
}

/** The documents that ship with Pilcrow, and answers to a few questions about them with true offsets. */
export const example: Pilcrow = fakePilcrow([...others, call, communique], ({ question, history }) => {
  const check = checks[question];
  if (check !== undefined) return answerOf(question, [cite(call, THAAD, 1, check)]);
  if (question === "compare 1996, 2017 and 2019") return comparison(question);
  if (question === "every mention") return everyMention(question);
  if (question === "in 2017?") {
    const answer = answerOf(question, [cite(call, THAAD, 1)]);
    return { ...answer, trace: { ...answer.trace, period: { from: "2017", to: "2017", text: "2017" } } };
  }
  if (question.includes("password")) {
    const message = "The documents do not say. None of them mentions “reset” or “password”.";
    return refusalOf(
      question,
      message,
      ["reset", "password"],
      [
        cite(call, "The two sides agreed to continue close consultations in this regard at various levels", 1),
        cite(communique, PLEDGE, 2),
      ],
    );
  }
  if (question.includes("2019")) return answerOf(question, [cite(communique, PLEDGE, 1)]);
  const standalone = history?.length ? `${question} (after ${history.length} turns)` : question;
  return answerOf(question, [cite(call, THAAD, 1), cite(communique, PLEDGE, 2)], standalone);
});
