import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The model that the project ships. */
export const bundledModel = () => at("../models/pilcrow-static");

/** A transformer kept beside the project where it is developed, to compare with: the one that the bundled model was made from. */
export const baselineModel = () => at("../../shared/models/Xenova/all-MiniLM-L6-v2");

/** The documents that the project ships. */
export const exampleCorpus = () => at("../corpus");

/** The question sets that the project ships. */
export const ownSets = () => at("../tests/eval");

/** The question sets of PILCROW_EVAL, else those beside the project. */
export const evaluationFolder = () => process.env.PILCROW_EVAL || at("../../shared/eval");
