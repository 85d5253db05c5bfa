import { ModelError } from "../errors.ts";

const ADVICE =
  "Unset PILCROW_MODEL to use the bundled model (models/pilcrow-static), or name a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx.";

export function missing(folder: string, name: string): ModelError {
  const what = `The model folder ${folder} has no ${name}`;
  return new ModelError("model-missing", what, ADVICE);
}

export function noFolder(path: string): ModelError {
  const advice = `Name another, or a model of the hub as owner/name, or unset PILCROW_MODEL to use the bundled model (models/pilcrow-static).`;
  return new ModelError("model-missing", `There is no model folder ${path}`, advice);
}

export function broken(folder: string, why: string, cause: unknown): ModelError {
  return new ModelError("model-broken", `The model in ${folder} cannot be used: ${why}`, ADVICE, { cause });
}

export function unreadable(folder: string, name: string, cause: unknown): ModelError {
  return new ModelError("model-broken", `The file ${name} of the model folder ${folder} cannot be read`, ADVICE, {
    cause,
  });
}

export function poolsByItself(folder: string, asked: string): ModelError {
  const what = `The model in ${folder} gives one vector a text by itself, so that the pooling ${asked} cannot be had`;
  return new ModelError("model-broken", what, "Unset PILCROW_MODEL_POOLING (--model-pooling).");
}
