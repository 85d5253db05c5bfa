import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../config.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { CorpusError } from "../errors.ts";
import { createPilcrow, type Pilcrow } from "../pilcrow.ts";
import type { AnsweredSet } from "./answer-rows.ts";
import { writeArticles } from "./articles.ts";
import { againstEvidence, againstGold, type Outcome } from "./outcome.ts";
import { rankingOf } from "./ranking.ts";
import type { AskedQuestion, QuestionSet, RetrievalSet } from "./sets.ts";

/** Asks every question of a set about its documents, by default those of the example. */
export async function askAboutDocuments(set: QuestionSet, settings: Settings, example: string): Promise<AnsweredSet> {
  return withFolder(async (folder) => {
    const pilcrow = await indexed({ ...settings, corpus: set.corpus ?? example, index: join(folder, "index") });
    const passages = await passagesOf(pilcrow);
    const outcomes: Outcome[] = [];
    const outcomeOf = async (asked: AskedQuestion) => {
      const answer = await pilcrow.ask({ question: asked.question, history: asked.history });
      const found = answer.trace.passages.flatMap(({ passageId }) => passages.get(passageId) ?? []);
      return againstEvidence(asked, answer, found);
    };
    for (const asked of set.questions) {
      const outcome = await outcomeOf(asked);
      // A turn of a conversation is asked by itself, too: what its history is worth.
      const alone = asked.history.length === 0 ? null : await outcomeOf({ ...asked, history: [] });
      outcomes.push({ ...outcome, alone: alone && { hit1: alone.hit1, hit3: alone.hit3 } });
    }
    return { set: set.name, against: "evidence", outcomes };
  });
}

/** Asks the questions whose short answers are known about the articles that the set's passages make up. */
export async function askAboutArticles(
  set: RetrievalSet,
  settings: Settings,
  embedder: Embedder,
): Promise<AnsweredSet> {
  return withFolder(async (folder) => {
    const corpus = join(folder, "corpus");
    await writeArticles(set.passages, corpus);
    const index = join(folder, "index");
    const pilcrow = await indexed({ ...settings, corpus, index });
    const ranking = await rankingOf(index, embedder);
    const outcomes: Outcome[] = [];
    for (const gold of set.gold) {
      const ranked = gold.answerable ? await ranking(gold.text) : [];
      outcomes.push(againstGold(gold, await pilcrow.ask({ question: gold.text }), ranked));
    }
    return { set: set.name, against: "gold", outcomes };
  });
}

/** Indexes as a user would. Throws CorpusError where a file of the set cannot be read. */
async function indexed(settings: Settings): Promise<Pilcrow> {
  const pilcrow = createPilcrow(settings);
  for await (const event of pilcrow.index()) {
    if (event.type !== "file-failed") continue;
    throw new CorpusError("corpus-unreadable", `${event.failure.path}: ${event.failure.message}`);
  }
  return pilcrow;
}

async function passagesOf(pilcrow: Pilcrow) {
  const passages = new Map<string, { path: string; text: string }>();
  for (const { documentId, path } of await pilcrow.documents()) {
    for (const { passageId, text } of (await pilcrow.document(documentId)).passages)
      passages.set(passageId, { path, text });
  }
  return passages;
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "pilcrow-eval-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
