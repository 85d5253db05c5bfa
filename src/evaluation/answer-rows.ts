import { type Column, figure } from "./figure.ts";
import type { Outcome } from "./outcome.ts";
import type { Row } from "./row.ts";

/** The outcomes of one set. */
export interface AnsweredSet {
  readonly set: string;
  /** Whether the answers were held against quotes of the documents, or against short answers. */
  readonly against: "evidence" | "gold";
  readonly outcomes: readonly Outcome[];
}

type Measure = (outcome: Outcome) => number | null;

const answerable = (outcomes: readonly Outcome[]) => outcomes.filter((one) => one.answerable);
const ids = (outcomes: readonly Outcome[]) => outcomes.map((one) => one.id);
const column = (outcomes: readonly Outcome[], measure: Measure): Column => outcomes.map(measure);
const over = (outcomes: readonly Outcome[], measure: Measure) => figure(column(outcomes, measure));

const firstRight: Measure = ({ right }) => Number(right[0] ?? false);
const anyRight: Measure = ({ right }) => Number(right.includes(true));
const answeredOf: Measure = (one) => (one.answerable ? Number(one.answered) : null);
const refusedOf: Measure = (one) => (one.answerable ? null : Number(!one.answered));

/** All rows that tell of answers: of each set, of each kind of question over the sets, and of every mention. */
export function answerRows(sets: readonly AnsweredSet[]): Row[] {
  const withEvidence = sets.filter(({ against }) => against === "evidence");
  return [
    ...withEvidence.map(evidenceRow),
    ...sets.map(sentencesRow),
    ...sets.map(refusalRow),
    ...kindRows(withEvidence),
    ...mentionsRows(withEvidence),
  ];
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

/** Over all sets, since a set has few questions of a kind. */
function kindRows(sets: readonly AnsweredSet[]): Row[] {
  const kinds = new Map<string, Outcome[]>();
  const { set, outcomes: all } = together(sets);
  for (const outcome of all) kinds.set(outcome.kind, [...(kinds.get(outcome.kind) ?? []), outcome]);
  const row = (kind: string, outcomes: readonly Outcome[]): Row => ({
    table: "kinds",
    set,
    of: kind,
    counts: { questions: outcomes.length },
    figures: {
      "hit@1": over(outcomes, (one) => one.hit1),
      "hit@3": over(outcomes, (one) => one.hit3),
      "evidence cited": over(outcomes, (one) => one.cited),
      "first right": over(outcomes, (one) => (one.answerable ? firstRight(one) : null)),
      "answer words": over(outcomes, (one) => one.words),
      "answered or refused rightly": over(outcomes, (one) => Number(one.answered === one.answerable)),
    },
    questions: ids(outcomes),
  });
  if (all.length === 0) return [];
  return [...[...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, some]) => row(kind, some)), row("all", all)];
}

/** Of each set, then of all. More mentions than there are do not make up for those of another question. */
function mentionsRows(sets: readonly AnsweredSet[]): Row[] {
  const row = ({ set, outcomes }: Pick<AnsweredSet, "set" | "outcomes">): Row[] => {
    const asked = outcomes.filter((one) => one.mentions !== null);
    if (asked.length === 0) return [];
    const sum = (what: "found" | "expected") => asked.reduce((total, one) => total + (one.mentions?.[what] ?? 0), 0);
    const complete = over(asked, ({ mentions }) => mentions && Math.min(1, mentions.found / mentions.expected));
    return [
      {
        table: "mentions",
        set,
        of: "",
        counts: { questions: asked.length, mentions: sum("expected"), found: sum("found") },
        figures: { complete, "evidence cited": over(asked, (one) => one.cited) },
        questions: ids(asked),
      },
    ];
  };
  return (sets.length > 1 ? [...sets, together(sets)] : sets).flatMap(row);
}

/** All of them as one set; ids say which set they are of. */
function together(sets: readonly AnsweredSet[]): Pick<AnsweredSet, "set" | "outcomes"> {
  const outcomes = sets.flatMap(({ set, outcomes }) => outcomes.map((one) => ({ ...one, id: `${set}/${one.id}` })));
  return { set: "all of these", outcomes };
}
