import type { HubModel, ModelSettings } from "../config/model.ts";
import type { ModelSource } from "./embedder.ts";
import { downloadModel, HUB_ORDER, hubFolder, isDownloaded } from "./hub.ts";
import { type FolderOptions, readModelFolder } from "./model-folder.ts";
import { once } from "./once.ts";
import { endpointSource } from "./openai-compatible.ts";
import { loadEmbedder } from "./transformers.ts";

/** The model of the settings. Nothing is read, fetched or loaded earlier than asked for. */
export function modelSource(model: ModelSettings): ModelSource {
  if (model.kind === "folder") return folderSource(model.path, model);
  return model.kind === "hub" ? hubSource(model) : endpointSource(model);
}

function folderSource(path: string, options: FolderOptions): ModelSource {
  return {
    identity: once(() => readModelFolder(path, options)),
    load: once(() => loadEmbedder(path, options)),
  };
}

function hubSource(model: HubModel): ModelSource {
  const folder = folderSource(hubFolder(model), { ...model, prefer: HUB_ORDER });
  let isReady = false;
  let underWay: Promise<void> | undefined;

  /** One download at a time; who comes second waits for the first, and takes over where it fails. */
  async function* prepare(signal?: AbortSignal) {
    while (underWay) await underWay;
    if (isReady) return;
    let end = () => {};
    underWay = new Promise((resolve) => {
      end = resolve;
    });
    try {
      yield* downloadModel(model, signal);
      isReady = true;
    } finally {
      underWay = undefined;
      end();
    }
  }
  async function prepared() {
    const steps = prepare();
    while (!(await steps.next()).done);
  }
  return {
    prepare,
    isHere: () => isDownloaded(model),
    identity: async () => {
      await prepared();
      return folder.identity();
    },
    load: async () => {
      await prepared();
      return folder.load();
    },
  };
}
