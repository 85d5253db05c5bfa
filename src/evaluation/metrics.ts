/** Normalised discounted cumulative gain at k (Järvelin and Kekäläinen 2002), with linear gain; 0 to 1. */
export function ndcg(ranked: readonly string[], relevance: ReadonlyMap<string, number>, k: number): number {
  const discounted = (gains: readonly number[]) => gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
  const ideal = discounted([...relevance.values()].sort((a, b) => b - a).slice(0, k));
  return ideal === 0 ? 0 : discounted(ranked.slice(0, k).map((id) => relevance.get(id) ?? 0)) / ideal;
}

/** 1 when one of the first k is relevant, else 0: "hit at k", which for one relevant passage is its recall. */
export function hit(ranked: readonly string[], relevance: ReadonlyMap<string, number>, k: number): number {
  return ranked.slice(0, k).some((id) => (relevance.get(id) ?? 0) > 0) ? 1 : 0;
}

/** 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
