import type { EmbedderIdentity } from "./embedding/embedder.ts";
import { IndexError } from "./errors.ts";
import type { IndexIdentity } from "./store/vector-store.ts";

/** The dimension is not known of every model before it is loaded. */
export type ModelIdentity = Pick<EmbedderIdentity, "id" | "hash" | "details"> &
  Partial<Pick<EmbedderIdentity, "dimension">>;

/** Throws IndexError `index-mismatch`, naming both and what differs, when the index was made with another model. */
export function requireSameModel({ embedder }: IndexIdentity, model: ModelIdentity): void {
  const isSameLength = model.dimension === undefined || model.dimension === embedder.dimension;
  if (embedder.hash === model.hash && isSameLength) return;
  const name = ({ id, hash }: ModelIdentity) => `${id} (${hash.slice(0, 8)})`;
  const differs = differencesOf(embedder, model);
  throw new IndexError(
    "index-mismatch",
    `the index was made with the model ${name(embedder)}, but the model in use is ${name(model)}${differs}`,
    "Run `pilcrow index --rebuild` to make it anew with this model, or set PILCROW_MODEL to the other.",
  );
}

/** ": pooling cls there, mean here"; empty where nobody wrote down what the index was made with. */
function differencesOf(index: EmbedderIdentity, model: ModelIdentity): string {
  const [before, now] = [index.details ?? {}, model.details ?? {}];
  // The names say it where neither the model nor its files are the same.
  if (index.id !== model.id && before.files !== now.files) return "";
  const names = Object.keys(now).filter((name) => name in before && before[name] !== now[name]);
  const said = names.map((name) =>
    name === "files" ? "other files" : `${name} ${before[name]} there, ${now[name]} here`,
  );
  if (model.dimension !== undefined && model.dimension !== index.dimension)
    said.push(`dimension ${index.dimension} there, ${model.dimension} here`);
  return said.length === 0 ? "" : `: ${said.join("; ")}`;
}
