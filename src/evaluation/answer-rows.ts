import { type Column, figure } from "./figure.ts";
import type { Outcome } from "./outcome.ts";
import type { Row } from "./row.ts";
import { turnRows } from "./turn-rows.ts";

/** The outcomes of one set. */
export interface AnsweredSet {
  readonly set: string;
  /** Whether the answers were held against quotes of the documents, or against short answers. */
  readonly against: "evidence" | "gold";
  readonly outcomes: readonly Outcome[];
}

/** The kind of a question that has a history and needs none of it. */
const STANDALONE = "standalone";

type Measure = (outcome: Outcome) => number | null;

const answerable = (outcomes: readonly Outcome[]) => outcomes.filter((one) => one.answerable);
const ids = (outcomes: readonly Outcome[]) => outcomes.map((one) => one.id);
const column = (outcomes: readonly Outcome[], measure: Measure): Column => outcomes.map(measure);
const over = (outcomes: readonly Outcome[], measure: Measure) => figure(column(outcomes, measure));

const firstRight: Measure = ({ right }) => Number(right[0] ?? false);
const anyRight: Measure = ({ right }) => Number(right.includes(true));
const answeredOf: Measure = (one) => (one.answerable ? Number(one.answered) : null);
const refusedOf: Measure = (one) => (one.answerable ? null : Number(!one.answered));

/** A row of each set, and one of all that have evidence: such a set has few questions, fewer still of a kind. */
export function answerRows(sets: readonly AnsweredSet[]): Row[] {
  const withEvidence = sets.filter(({ against }) => against === "evidence");
  const together = joined(withEvidence);
  const evidence = withEvidence.length > 1 ? [...withEvidence, together] : withEvidence;
  const all = [...evidence, ...sets.filter(({ against }) => against === "gold")];
  return [
    ...evidence.filter((set) => evidence.length === 1 || set === together || hasStandalone(set)).flatMap(turnsRows),
    ...evidence.map(evidenceRow),
    ...all.map(sentencesRow),
    ...all.map(refusalRow),
    ...kindRows(together),
    ...evidence.flatMap(mentionsRow),
  ];
}

/** A set of a few follow-ups says little of its own. */
function hasStandalone({ outcomes }: AnsweredSet): boolean {
  return outcomes.some(({ kind, alone }) => kind === STANDALONE && alone !== null);
}

/** A question with a history that the set calls "standalone" needs none of it; every other one does. */
function turnsRows({ set, outcomes }: AnsweredSet): Row[] {
  const measures = ({ hit1, hit3 }: Pick<Outcome, "hit1" | "hit3">) => ({ "hit@1": hit1, "hit@3": hit3 });
  return turnRows(
    set,
    outcomes.flatMap(({ alone, ...one }) =>
      alone === null || one.hit1 === null
        ? []
        : [{ id: one.id, standsAlone: one.kind === STANDALONE, alone: measures(alone), inTurn: measures(one) }],
    ),
  );
}

function evidenceRow({ set, outcomes }: AnsweredSet): Row {
  const asked = answerable(outcomes);
  return {
    table: "evidence",
    set,
    of: "",
    counts: { answerable: asked.length },
    figures: {
      "hit@1": over(asked, (one) => one.hit1),
      "hit@3": over(asked, (one) => one.hit3),
      "evidence cited": over(asked, (one) => one.cited),
      "citations right": over(asked, (one) => one.precision),
      "answer words": over(asked, (one) => one.words),
    },
    questions: ids(asked),
  };
}

/** Statements are weighed by answer: the share of those of one answer that are right, averaged over the answers. */
function sentencesRow({ set, outcomes }: AnsweredSet): Row {
  const asked = answerable(outcomes);
  return {
    table: "sentences",
    set,
    of: "",
    counts: { answerable: asked.length },
    figures: {
      "first right": over(asked, firstRight),
      "any right": over(asked, anyRight),
      precision: over(asked, ({ right }) => (right.length === 0 ? null : right.filter(Boolean).length / right.length)),
      "any right, if answered": over(asked, (one) => (one.answered ? anyRight(one) : null)),
      "best ranked right": over(asked, ({ ranked }) => ranked && Number(ranked[0] ?? false)),
      "one of three ranked": over(asked, ({ ranked }) => ranked && Number(ranked.includes(true))),
    },
    questions: ids(asked),
  };
}

function refusalRow({ set, outcomes }: AnsweredSet): Row {
  const unanswerable = outcomes.length - answerable(outcomes).length;
  const rightly: Measure = (one) => (one.answered || unanswerable === 0 ? null : Number(!one.answerable));
  return {
    table: "refusal",
    set,
    of: "",
    counts: {
      answerable: answerable(outcomes).length,
      unanswerable,
    },
    figures: {
      answered: over(outcomes, answeredOf),
      "refused (recall)": over(outcomes, refusedOf),
      "refusals right (precision)": over(outcomes, rightly),
      "balanced accuracy": figure(column(outcomes, answeredOf), column(outcomes, refusedOf)),
    },
    questions: ids(outcomes),
  };
}

function kindRows({ set, outcomes }: AnsweredSet): Row[] {
  const kinds = new Map<string, Outcome[]>();
  for (const outcome of outcomes) kinds.set(outcome.kind, [...(kinds.get(outcome.kind) ?? []), outcome]);
  const row = (kind: string, some: readonly Outcome[]): Row => ({
    table: "kinds",
    set,
    of: kind,
    counts: { questions: some.length },
    figures: {
      "hit@1": over(some, (one) => one.hit1),
      "hit@3": over(some, (one) => one.hit3),
      "evidence cited": over(some, (one) => one.cited),
      "first right": over(some, (one) => (one.answerable ? firstRight(one) : null)),
      "answer words": over(some, (one) => one.words),
      "answered or refused rightly": over(some, (one) => Number(one.answered === one.answerable)),
    },
    questions: ids(some),
  });
  const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, some]) => row(kind, some));
  return sorted.length === 0 ? [] : [...sorted, row("all", outcomes)];
}

/** More mentions than there are do not make up for those of another question. */
function mentionsRow({ set, outcomes }: AnsweredSet): Row[] {
  const asked = outcomes.filter((one) => one.mentions !== null);
  if (asked.length === 0) return [];
  const sum = (what: "found" | "expected") => asked.reduce((total, one) => total + (one.mentions?.[what] ?? 0), 0);
  return [
    {
      table: "mentions",
      set,
      of: "",
      counts: { questions: asked.length, mentions: sum("expected"), found: sum("found") },
      figures: {
        complete: over(asked, ({ mentions }) => mentions && Math.min(1, mentions.found / mentions.expected)),
        "as many": over(asked, ({ mentions }) => mentions && Number(mentions.found === mentions.expected)),
        "evidence cited": over(asked, (one) => one.cited),
      },
      questions: ids(asked),
    },
  ];
}

/** As one set; ids say which set they are of. */
function joined(sets: readonly AnsweredSet[]): AnsweredSet {
  const outcomes = sets.flatMap(({ set, outcomes }) => outcomes.map((one) => ({ ...one, id: `${set}/${one.id}` })));
  return { set: "all with evidence", against: "evidence", outcomes };
}
