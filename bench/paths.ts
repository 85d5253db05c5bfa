import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The model that the project ships. */
export const bundledModel = () => at("../models/pilcrow-static");

/** The question sets of PILCROW_EVAL, else those beside the project. */
export const evaluationFolder = () => process.env.PILCROW_EVAL || at("../../shared/eval");
