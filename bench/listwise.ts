/** The candidates of one question: their signals, candidate by candidate, and how relevant each is. */
export interface Candidates {
  readonly signals: readonly (readonly number[])[];
  readonly relevance: readonly number[];
}

const STEPS = 200;
const RATE = 0.05;
/** Holds weights that nothing speaks for near 0. */
const PENALTY = 1e-3;

/**
 * Weights that put the relevant candidates of each question first: listwise logistic regression (Cao et al. 2007,
 * "Learning to Rank"), full batches, Adam. Each group of questions counts the same, however many it has.
 */
export function fitWeights(groups: readonly (readonly Candidates[])[]): number[] {
  const told = groups.map((questions) =>
    questions.filter(({ relevance }) => relevance.some((grade) => grade > 0) && relevance.some((grade) => grade === 0)),
  );
  const scales = scalesOf(told.flat());
  const weights = scales.map(() => 0);
  const first = scales.map(() => 0);
  const second = scales.map(() => 0);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = weights.map((weight) => PENALTY * weight);
    for (const questions of told) {
      for (const question of questions) addGradient(gradient, question, weights, scales, 1 / questions.length);
    }
    for (const [i, slope] of gradient.entries()) {
      first[i] = 0.9 * (first[i] ?? 0) + 0.1 * slope;
      second[i] = 0.999 * (second[i] ?? 0) + 0.001 * slope * slope;
      const size = Math.sqrt((second[i] ?? 0) / (1 - 0.999 ** step)) + 1e-9;
      weights[i] = (weights[i] ?? 0) - (RATE * ((first[i] ?? 0) / (1 - 0.9 ** step))) / size;
    }
  }
  return weights.map((weight, i) => weight / (scales[i] ?? 1));
}

/** The weighted sum of a candidate's signals. */
export function scoreOf(signals: readonly number[], weights: readonly number[]): number {
  return signals.reduce((sum, signal, i) => sum + signal * (weights[i] ?? 0), 0);
}

/** How far each signal spreads within a question: a weight then means the same for each. */
function scalesOf(questions: readonly Candidates[]): number[] {
  const width = questions[0]?.signals[0]?.length ?? 0;
  return Array.from({ length: width }, (_, i) => {
    const deviations = questions.flatMap(({ signals }) => {
      const mean = signals.reduce((sum, own) => sum + (own[i] ?? 0), 0) / signals.length;
      return signals.map((own) => ((own[i] ?? 0) - mean) ** 2);
    });
    const spread = Math.sqrt(deviations.reduce((sum, value) => sum + value, 0) / Math.max(1, deviations.length));
    return spread === 0 ? 1 : spread;
  });
}

/** Of the cross entropy between the softmax of the scores and that of the scores of the relevant alone. */
function addGradient(
  gradient: number[],
  { signals, relevance }: Candidates,
  weights: readonly number[],
  scales: readonly number[],
  share: number,
): void {
  const scores = signals.map((own) =>
    own.reduce((sum, signal, i) => sum + (signal / (scales[i] ?? 1)) * (weights[i] ?? 0), 0),
  );
  const most = Math.max(...scores);
  const all = scores.map((score) => Math.exp(score - most));
  const relevant = all.map((value, i) => value * (relevance[i] ?? 0));
  const [total, ofRelevant] = [all, relevant].map((values) => values.reduce((sum, value) => sum + value, 0));
  for (const [c, own] of signals.entries()) {
    const error = (all[c] ?? 0) / (total ?? 1) - (relevant[c] ?? 0) / (ofRelevant || 1);
    for (const [i, signal] of own.entries()) {
      gradient[i] = (gradient[i] ?? 0) + share * error * (signal / (scales[i] ?? 1));
    }
  }
}
