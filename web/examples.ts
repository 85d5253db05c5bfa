/** Questions about the documents that ship with Pilcrow; the page offers them only where those are indexed. */
export const EXAMPLES: ReadonlyArray<{ readonly question: string; readonly path: string }> = [
  { question: "What did Perry commit to in 1996?", path: "1996-11-01-28th-scm-joint-communique.txt" },
  {
    question: "Who represented the United States in the November 7 talks in Seoul?",
    path: "2006-11-07-scap-talks.txt",
  },
  { question: "What happened on September 27, 2013?", path: "2013-09-27-yun-kerry-meeting.txt" },
  { question: "What did the two sides say about THAAD?", path: "2017-02-07-yun-tillerson-call.txt" },
  { question: "What did the Secretary pledge in 2019?", path: "2019-11-15-51st-scm-joint-communique.txt" },
  { question: "What did Tillerson commit to in 1996?", path: "2017-02-07-yun-tillerson-call.txt" },
];
