import type { EmbedderIdentity } from "./embedding/embedder.ts";
import { IndexError } from "./errors.ts";
import type { IndexIdentity } from "./store/vector-store.ts";

/** The dimension is not known of every model before it is loaded. */
export type ModelIdentity = Pick<EmbedderIdentity, "id" | "hash" | "details"> &
  Partial<Pick<EmbedderIdentity, "dimension">>;

/** What decides the vectors of questions alone: none of those stands in an index. */
const OF_QUESTIONS = "query prefix";

/**
 * Throws IndexError `index-mismatch`, naming both and what differs, when the passages of the index were embedded by another
 * model or in another way.
 */
export function requireSameModel({ embedder }: IndexIdentity, model: ModelIdentity): void {
  const isSameLength = model.dimension === undefined || model.dimension === embedder.dimension;
  if ((embedder.hash === model.hash || embedsPassagesAlike(embedder, model)) && isSameLength) return;
  const name = ({ id, hash }: ModelIdentity) => `${id} (${hash.slice(0, 8)})`;
  const differs = differencesOf(embedder, model);
  throw new IndexError(
    "index-mismatch",
    `the index was made with the model ${name(embedder)}, but the model in use is ${name(model)}${differs}`,
    "Run `pilcrow index --rebuild` to make it anew with this model, or set PILCROW_MODEL to the other.",
  );
}

/** Whether both say all that their vectors are made of, and differ in the prefix of questions at most. */
function embedsPassagesAlike({ details: before }: ModelIdentity, { details: now }: ModelIdentity): boolean {
  if (before?.[OF_QUESTIONS] === undefined || now?.[OF_QUESTIONS] === undefined) return false;
  // Where nothing else differs and yet the hash does, something differs that is not said.
  if (before[OF_QUESTIONS] === now[OF_QUESTIONS]) return false;
  const names = Object.keys({ ...before, ...now });
  return names.every((name) => name === OF_QUESTIONS || before[name] === now[name]);
}

/** ": pooling cls there, mean here"; empty where nobody wrote down what the index was made with. */
function differencesOf(index: EmbedderIdentity, model: ModelIdentity): string {
  const [before, now] = [index.details ?? {}, model.details ?? {}];
  // The names say it where neither the model nor its files are the same.
  if (index.id !== model.id && before.files !== now.files) return "";
  const names = Object.keys(now).filter(
    (name) => name !== OF_QUESTIONS && name in before && before[name] !== now[name],
  );
  const said = names.map((name) =>
    name === "files" ? "other files" : `${name} ${before[name]} there, ${now[name]} here`,
  );
  if (model.dimension !== undefined && model.dimension !== index.dimension)
    said.push(`dimension ${index.dimension} there, ${model.dimension} here`);
  return said.length === 0 ? "" : `: ${said.join("; ")}`;
}
