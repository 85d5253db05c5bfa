import { z } from "zod";

const QUESTION_LENGTH = 2_000;
const TURNS = 50;
const TURN_LENGTH = 8_000;
const DOCUMENTS = 100;
const DOCUMENT_ID_LENGTH = 1_000;

/** In every schema the error says what is expected: it becomes the problem's `expected`. */
function text(max: number, error: string, min = 1): z.ZodType<string> {
  const bounded = z.string({ error }).trim().min(min, { error }).max(max, { error });
  // Said as a pattern, so that the description of the API has it, too: blanks are no text.
  return min === 0 ? bounded : bounded.regex(/\S/, { error });
}

function integer(max: number): z.ZodType<number> {
  const error = `a whole number from 1 to ${max}`;
  return z.int({ error }).min(1, { error }).max(max, { error });
}

const question = text(QUESTION_LENGTH, `a text of 1 to ${QUESTION_LENGTH} characters`).meta({
  description: `What is asked, in words; at most ${QUESTION_LENGTH} UTF-16 units.`,
  examples: ["When was the bell of the east tower recast?"],
});
const YEAR = "[12]\\d{3}";
const LEAP_YEAR = "(?:[12]\\d(?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)";
/** The dates that isIsoDate() takes, as a pattern, which the description of the API can have. */
const DATES = [
  YEAR,
  `${YEAR}-(?:0[1-9]|1[0-2])`,
  `${YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])`,
  `${YEAR}-(?:0[13-9]|1[0-2])-(?:29|30)`,
  `${YEAR}-(?:0[13578]|1[02])-31`,
  `${LEAP_YEAR}-02-29`,
];
const CALENDAR = new RegExp(`^(?:${DATES.join("|")})$`);
const dateExpected = "a calendar date such as 1996-11-01, 1996-11 or 1996";
const date = z.string({ error: dateExpected }).regex(CALENDAR, { error: dateExpected });
const documentId = text(DOCUMENT_ID_LENGTH, "a document id, as GET /documents gives it");
const documentsExpected = `a list of at most ${DOCUMENTS} document ids, as GET /documents gives them`;
const documents = z
  .array(documentId, { error: documentsExpected })
  .max(DOCUMENTS, { error: documentsExpected })
  .meta({ description: "Only in these documents, by id." });

const foldersExpected = `a list of at most ${DOCUMENTS} folders of the corpus, such as minutes/2019`;
const folders = z
  .array(text(DOCUMENT_ID_LENGTH, "a folder of the corpus, such as minutes/2019"), { error: foldersExpected })
  .max(DOCUMENTS, { error: foldersExpected })
  .meta({ description: "Only in documents of these folders and of those within, by their path in the corpus." });

const turn = z
  .strictObject(
    {
      role: z.enum(["user", "assistant"], { error: '"user" or "assistant"' }),
      content: text(TURN_LENGTH, `a text of at most ${TURN_LENGTH} characters`, 0),
    },
    { error: 'an object with "role" and "content"' },
  )
  .meta({ id: "Turn", description: "One turn of the conversation before the question." });
const historyExpected = `a list of at most ${TURNS} turns`;
const history = z
  .array(turn, { error: historyExpected })
  .max(TURNS, { error: historyExpected })
  .meta({ description: "The conversation so far, oldest first: a follow-up is read in its light." });

const period = {
  from: date
    .meta({ description: "Only documents of this day, month or year and later.", examples: ["1931-05"] })
    .optional(),
  to: date
    .meta({
      description: "Only documents of this day, month or year and earlier. It is refused where it is before `from`.",
      examples: ["1932"],
    })
    .optional(),
};
const mode = z.enum(["extractive", "generative"], { error: '"extractive" or "generative"' }).meta({
  description:
    'How the answer is made: of the documents\' own sentences, as where it is left out, or written by a language model and checked against them. "generative" is refused where none is set up.',
});
const askLimit = integer(20).meta({ description: "How many passages are retrieved at most; 8 where it is left out." });
const searchLimit = integer(100).meta({ description: "How many passages are given at most; 10 where it is left out." });

/** The body of `POST /ask`. Its `shape` serves whoever asks by another way. */
export const askBody = z
  .strictObject(
    {
      question,
      history: history.optional(),
      limit: askLimit.optional(),
      documents: documents.optional(),
      folders: folders.optional(),
      ...period,
      mode: mode.optional(),
    },
    { error: 'a JSON object with a "question"' },
  )
  .meta({ id: "AskRequest", description: "A question, and where to look. Everything that is given must hold." });
/** The query of `GET /search`; lists are of one value or of many. */
export const searchQuery = z.strictObject({
  q: question,
  limit: searchLimit.optional(),
  ...period,
  document: documents.meta({ description: "Only in this document, by id; any number of times." }).optional(),
  folder: folders
    .meta({ description: "Only in documents of this folder and of those within; any number of times." })
    .optional(),
});
/** The query of `GET /ask`. */
export const askQuery = searchQuery.extend({ limit: askLimit.optional(), mode: mode.optional() });
