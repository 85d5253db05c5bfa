import { HttpError } from "../problem.ts";
import type { Mode } from "../types.ts";

/** What is listed as a model is a way to make an answer. */
const MODELS: Readonly<Record<Mode, string>> = { extractive: "pilcrow", generative: "pilcrow-generative" };

export interface Model {
  readonly id: string;
  readonly object: "model";
  /** Seconds since 1970: when the index was made; 0 while there is none. */
  readonly created: number;
  readonly owned_by: "pilcrow";
}

/** The name of a model that is not here. */
export class ModelNotFoundError extends HttpError {
  constructor(model: string, modes: readonly Mode[]) {
    const known = modes.map((mode) => MODELS[mode]).join(" and ");
    const advice = `Here ${modes.length === 1 ? "is" : "are"} ${known}.`;
    super(404, "model_not_found", `There is no model ${JSON.stringify(model.slice(0, 100))}.`, advice);
  }
}

/** How an answer of that model is made. Throws ModelNotFoundError. */
export function modeOf(model: string, modes: readonly Mode[]): Mode {
  const mode = modes.find((mode) => MODELS[mode] === model);
  if (mode === undefined) throw new ModelNotFoundError(model, modes);
  return mode;
}

export function modelOf(mode: Mode, createdAt: string | null): Model {
  const created = createdAt === null ? 0 : Math.floor(Date.parse(createdAt) / 1000);
  return { id: MODELS[mode], object: "model", created, owned_by: "pilcrow" };
}
