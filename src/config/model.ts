import { statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve, sep } from "node:path";
import { UsageError } from "../errors.ts";

/** Numbers that a graph's weights are kept in, by the names of the hub; each has a file of its own in `onnx/`. */
export const DTYPES = ["fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4"] as const;
export type Dtype = (typeof DTYPES)[number];

/** How one vector is made of a text's token vectors: their mean, the first one's or the last one's. */
export const POOLINGS = ["mean", "cls", "last"] as const;
export type Pooling = (typeof POOLINGS)[number];

/** What goes before a text of each kind; left out where the model's own choice stands, "" where nothing is to go there. */
export interface GivenPrefixes {
  readonly query?: string | undefined;
  readonly passage?: string | undefined;
}

/** What is said about a model that runs here; what is not is left to the model's files and to what is known of it. */
export interface LocalOptions {
  readonly pooling?: Pooling | undefined;
  readonly prefixes?: GivenPrefixes | undefined;
  readonly dtype?: Dtype | undefined;
}

/** A model of the hub, downloaded once. */
export interface HubModel extends LocalOptions {
  readonly kind: "hub";
  /** `Xenova/all-MiniLM-L6-v2` */
  readonly id: string;
  /** Absolute; the model's files lie in `<cache>/<id>`. */
  readonly cache: string;
  /** The hub or a mirror of it, without a slash at its end. */
  readonly endpoint: string;
  /** For private and gated models. A function, so that printing the settings does not show it. */
  readonly token?: () => string | undefined;
}

/** A model behind an OpenAI-compatible embeddings endpoint: every text is sent to it. */
export interface EndpointModel {
  readonly kind: "endpoint";
  readonly id: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly prefixes?: GivenPrefixes | undefined;
  /** A function, so that printing the settings does not show it. */
  readonly apiKey?: () => string | undefined;
}

export interface FolderModel extends LocalOptions {
  readonly kind: "folder";
  /** Absolute. */
  readonly path: string;
}

/** Where the vectors come from. */
export type ModelSettings = FolderModel | HubModel | EndpointModel;

/** What of the model was given, each checked for its form; undefined where it was not. */
export interface GivenModel {
  readonly name: string | undefined;
  readonly pooling: Pooling | undefined;
  readonly dtype: Dtype | undefined;
  readonly queryPrefix: string | undefined;
  readonly passagePrefix: string | undefined;
  /** Absolute. */
  readonly cache: string | undefined;
  readonly baseUrl: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Names that mean one model wherever they are used, with the repository that has its ONNX files. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  "all-MiniLM-L6-v2": "Xenova/all-MiniLM-L6-v2",
  "all-MiniLM-L12-v2": "Xenova/all-MiniLM-L12-v2",
  "all-mpnet-base-v2": "Xenova/all-mpnet-base-v2",
  "bge-small-en-v1.5": "Xenova/bge-small-en-v1.5",
  "bge-base-en-v1.5": "Xenova/bge-base-en-v1.5",
  "bge-large-en-v1.5": "Xenova/bge-large-en-v1.5",
  "e5-small-v2": "Xenova/e5-small-v2",
  "e5-base-v2": "Xenova/e5-base-v2",
  "e5-large-v2": "Xenova/e5-large-v2",
  "multilingual-e5-small": "Xenova/multilingual-e5-small",
  "multilingual-e5-base": "Xenova/multilingual-e5-base",
  "nomic-embed-text-v1": "nomic-ai/nomic-embed-text-v1",
  "nomic-embed-text-v1.5": "nomic-ai/nomic-embed-text-v1.5",
};

export const ENDPOINT_PREFIX = "openai-compatible:";
const HUB = "https://huggingface.co";
const HUB_ID = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;
/** `./x`, `../x`, `/x`, `~/x`, and `\x` and `C:\x` of Windows. */
const SAYS_FOLDER = /^(\.|~|[/\\]|[A-Za-z]:[/\\])/;

/**
 * What the name of a model means. `openai-compatible:MODEL` is an endpoint. A name that begins like a path, or that is
 * a folder now, or lies in one (`models/x` where `models` is), is a folder. `owner/name` and a well-known name are
 * models of the hub, and anything else is a folder that is not there. Throws UsageError `bad-setting`.
 */
export function chooseModel(given: GivenModel, env: Env, cwd: string, bundled: string): ModelSettings {
  const name = given.name ?? bundled;
  if (name.startsWith(ENDPOINT_PREFIX)) return endpoint(name.slice(ENDPOINT_PREFIX.length), given, env);
  if (given.baseUrl !== undefined && given.name === undefined)
    throw needless("PILCROW_MODEL_BASE_URL", `needs a model, PILCROW_MODEL=${ENDPOINT_PREFIX}NAME`);
  const options: LocalOptions = { pooling: given.pooling, prefixes: prefixesOf(given), dtype: given.dtype };
  const path = resolve(cwd, expandHome(name, env));
  const folder: FolderModel = { kind: "folder", path, ...options };
  if (SAYS_FOLDER.test(name) || isFolder(path)) return folder;
  if (/^[a-z][\w-]+:/i.test(name)) {
    throw new UsageError(
      "bad-setting",
      `The model is ${JSON.stringify(name)}, but it takes a folder, an id of the hub or ${ENDPOINT_PREFIX}MODEL`,
      "Another provider is named by its OpenAI-compatible address, PILCROW_MODEL_BASE_URL.",
    );
  }
  const id = WELL_KNOWN[name] ?? (HUB_ID.test(name) && !isFolder(resolve(cwd, name.split("/")[0] ?? "")) ? name : null);
  if (id === null) return folder;
  return {
    kind: "hub",
    id,
    cache: given.cache ?? join(cacheHome(env), "pilcrow", "models"),
    endpoint: webAddress(env.HF_ENDPOINT || HUB, "HF_ENDPOINT"),
    token: () => env.HF_TOKEN || undefined,
    ...options,
  };
}

/** The model as a person names it: a folder's name, else the name that chose it. */
export function modelName(model: ModelSettings): string {
  if (model.kind === "folder") return basename(model.path);
  return model.kind === "hub" ? model.id : `${ENDPOINT_PREFIX}${model.id}`;
}

/** "Texts of documents and questions are sent to HOST"; null for a model that runs on this machine. */
export function textsSent(model: ModelSettings): string | null {
  if (model.kind !== "endpoint") return null;
  return `the texts of documents and questions are sent to ${new URL(model.baseUrl).host}, the host of ${modelName(model)}`;
}

/** A leading `~/` is the home folder. */
export function expandHome(path: string, env: Env): string {
  const home = env.HOME || homedir();
  if (path === "~") return home;
  return path.startsWith("~/") || path.startsWith(`~${sep}`) ? join(home, path.slice(2)) : path;
}

function endpoint(id: string, given: GivenModel, env: Env): EndpointModel {
  if (id.trim() === "") throw new UsageError("bad-setting", `${ENDPOINT_PREFIX} needs the name of a model after it`);
  if (given.pooling !== undefined) throw needless("PILCROW_MODEL_POOLING", LOCAL_ONLY);
  if (given.dtype !== undefined) throw needless("PILCROW_MODEL_DTYPE", LOCAL_ONLY);
  if (given.baseUrl === undefined) {
    throw new UsageError(
      "bad-setting",
      `${ENDPOINT_PREFIX}${id} needs the address of its endpoint`,
      "Set PILCROW_MODEL_BASE_URL (--model-base-url), for example to http://localhost:11434/v1.",
    );
  }
  return {
    kind: "endpoint",
    id,
    baseUrl: webAddress(given.baseUrl, "PILCROW_MODEL_BASE_URL"),
    prefixes: prefixesOf(given),
    apiKey: () => env.PILCROW_MODEL_API_KEY || undefined,
  };
}

const LOCAL_ONLY = "has a meaning only for a model that runs on this machine";

function needless(variable: string, why: string): UsageError {
  return new UsageError("bad-setting", `${variable} ${why}`, "Unset it, or name such a model.");
}

/** An empty value counts as none everywhere, so a word says that nothing is to go before the text. */
function prefixesOf({ queryPrefix, passagePrefix }: GivenModel): GivenPrefixes {
  const read = (value: string | undefined) => (value === "none" ? "" : value);
  return { query: read(queryPrefix), passage: read(passagePrefix) };
}

/** Of a value that is refused, nothing is shown that may be a secret. */
function webAddress(value: string, from: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  const more = [
    ...(url?.username || url?.password || (!isWeb && value.includes("@")) ? ["a user name"] : []),
    // Where it is no address at all, a query is still one.
    ...(value.includes("?") ? ["a query (after ?)"] : []),
    ...(value.includes("#") ? ["a part after #"] : []),
  ];
  if (isWeb && more.length === 0) return url.href.replace(/\/+$/, "");
  const shown = more.length > 0 ? `an address with ${more.join(" and ")}` : JSON.stringify(value);
  throw new UsageError("bad-setting", `${from} is ${shown}, but it takes an address such as https://example.org/v1`);
}

function cacheHome(env: Env): string {
  return env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache");
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
