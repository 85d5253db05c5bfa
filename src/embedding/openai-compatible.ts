import { createHash } from "node:crypto";
import { ENDPOINT_PREFIX, type EndpointModel } from "../config/model.ts";
import { ModelError } from "../errors.ts";
import type { Embedder, EmbedderIdentity, ModelSource } from "./embedder.ts";
import { knownModel } from "./models.ts";
import { once } from "./once.ts";
import { piecesOf } from "./text-pieces.ts";
import { addUnit, toUnit } from "./vectors.ts";

/** Texts a request; some servers take no more than 32. */
const TEXTS_AT_ONCE = 32;
/** Bytes of UTF-8 a text: within the 512 tokens of small models in any script. Nobody says here where a server cuts. */
const BYTES_A_PIECE = 1200;
/** Milliseconds for one answer of the endpoint. */
const PATIENCE = 60_000;
const RETRIES = 2;
/** Characters of the endpoint's own words that are passed on. */
const MOST_SAID = 200;

/**
 * A model behind an OpenAI-compatible embeddings endpoint. Every text is sent there; long ones in pieces, whose vectors
 * are averaged by length. Answers 429 and 5xx are tried again by the AI SDK.
 */
export function endpointSource(model: EndpointModel, patience = PATIENCE): ModelSource {
  const identity = identityOf(model);
  return { identity: async () => identity, load: once(() => loadEndpoint(model, patience)) };
}

function identityOf(model: EndpointModel): Pick<EmbedderIdentity, "id" | "hash" | "details"> {
  const { query, passage } = prefixesOf(model);
  const decides = { model: model.id, endpoint: model.baseUrl, "query prefix": query, "passage prefix": passage };
  const hash = createHash("sha256").update(JSON.stringify([ENDPOINT_PREFIX, decides, BYTES_A_PIECE]));
  return {
    id: `${ENDPOINT_PREFIX}${model.id}`,
    hash: hash.digest("hex"),
    details: {
      ...decides,
      "query prefix": JSON.stringify(query),
      "passage prefix": JSON.stringify(passage),
      "bytes a piece": String(BYTES_A_PIECE),
    },
  };
}

function prefixesOf({ id, prefixes }: EndpointModel) {
  const known = knownModel([id.replace(/:[\w.-]+$/, "")]);
  return {
    query: prefixes?.query ?? known?.query ?? "",
    passage: prefixes?.passage ?? known?.passage ?? "",
  };
}

async function loadEndpoint(model: EndpointModel, patience: number): Promise<Embedder> {
  const request = await requester(model, patience);
  const prefixes = prefixesOf(model);
  const [probe] = await request([`${prefixes.passage}a`], null);
  const dimension = probe?.length ?? 0;
  return {
    ...identityOf(model),
    dimension,
    batchSize: TEXTS_AT_ONCE,
    async embed(texts, kind) {
      const pieces = texts.flatMap((text, of) => piecesOf(text, BYTES_A_PIECE).map((piece) => ({ of, piece })));
      const sums = texts.map(() => new Float32Array(dimension));
      for (let at = 0; at < pieces.length; at += TEXTS_AT_ONCE) {
        const batch = pieces.slice(at, at + TEXTS_AT_ONCE);
        const vectors = await request(
          batch.map(({ piece }) => prefixes[kind] + piece),
          dimension,
        );
        batch.forEach(({ of, piece }, i) => {
          const [sum, vector] = [sums[of], vectors[i]];
          if (sum && vector) addUnit(sum, vector, Buffer.byteLength(piece));
        });
      }
      return sums.map(toUnit);
    },
  };
}

type Request = (texts: readonly string[], dimension: number | null) => Promise<Float32Array[]>;

async function requester(model: EndpointModel, patience: number): Promise<Request> {
  const [{ embedMany }, { createOpenAICompatible }] = await Promise.all([import("ai"), provider()]);
  const apiKey = model.apiKey?.();
  const endpoint = createOpenAICompatible({
    name: "endpoint",
    baseURL: model.baseUrl,
    ...(apiKey !== undefined && { apiKey }),
    // A time limit for each try, not for all of them together.
    fetch: (url, options) => fetch(url, { ...options, signal: AbortSignal.timeout(patience) }),
  }).embeddingModel(model.id);
  return async (texts, dimension) => {
    let embeddings: readonly (readonly number[])[];
    try {
      ({ embeddings } = await embedMany({ model: endpoint, values: [...texts], maxRetries: RETRIES }));
    } catch (error) {
      throw failure(model, reasonOf(error, patience, apiKey));
    }
    const wrong = wrongIn(embeddings, texts.length, dimension);
    if (wrong !== null) throw failure(model, wrong);
    return embeddings.map((embedding) => Float32Array.from(embedding));
  };
}

/** An optional package: whoever names no endpoint does not need it. */
async function provider() {
  try {
    return await import("@ai-sdk/openai-compatible");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    throw new ModelError(
      "model-missing",
      "An embeddings endpoint needs the package @ai-sdk/openai-compatible, which is not installed",
      "Install it with `npm install @ai-sdk/openai-compatible@2`, or unset PILCROW_MODEL to use the bundled model.",
      { cause },
    );
  }
}

/** What is wrong with the vectors; null where nothing is. */
function wrongIn(vectors: readonly (readonly number[])[], count: number, dimension: number | null): string | null {
  if (vectors.length !== count) return `it sent ${vectors.length} vectors for ${count} texts`;
  const expected = dimension ?? vectors[0]?.length ?? 0;
  if (expected === 0) return "it sent a vector without numbers";
  const odd = vectors.find((vector) => vector.length !== expected);
  if (odd) return `it sent a vector of ${odd.length} numbers after one of ${expected}`;
  // A number that 32 bits cannot hold is none either.
  const isUsable = (vector: readonly number[]) =>
    vector.every((value) => Number.isFinite(Math.fround(value))) && vector.some((value) => value !== 0);
  return vectors.every(isUsable) ? null : "it sent a vector that has no direction (zeros, or numbers out of range)";
}

/** The SDK's errors hold the texts that were sent, so only these words of them are kept. */
function reasonOf(error: unknown, patience: number, apiKey: string | undefined): string {
  if (!(error instanceof Error)) return "it failed";
  const last: unknown = Reflect.get(error, "lastError");
  if (last instanceof Error) return reasonOf(last, patience, apiKey);
  if (/^(Timeout|Abort)Error$/.test(error.name)) return `it did not answer within ${patience / 1000} s`;
  const status: unknown = Reflect.get(error, "statusCode");
  // Before it is cut: of a key across the cut, a part would be left that is no longer recognised.
  const said = withoutKey(oneLine(error.message), apiKey).slice(0, MOST_SAID);
  if (typeof status !== "number") return reachable(error) ?? said;
  if (status === 200) return "its answer is not a list of vectors in JSON";
  return `it answers ${status}${said ? ` (${said})` : ""}`;
}

function withoutKey(said: string, apiKey = ""): string {
  const key = oneLine(apiKey);
  return key === "" ? said : said.replaceAll(key, "[key]");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** "it cannot be reached (ECONNREFUSED)", where that is what happened. */
function reachable(error: Error): string | null {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && /^(E[A-Z]+|UND_\w+|CERT_\w+)$/.test(cause.code))
      return `it cannot be reached (${cause.code})`;
  }
  return /connect/i.test(error.message) ? "it cannot be reached" : null;
}

function failure(model: EndpointModel, why: string): ModelError {
  const { host } = new URL(model.baseUrl);
  return new ModelError(
    "model-unreachable",
    `The embeddings endpoint ${host} gives no vectors of ${model.id}: ${why}`,
    "Check PILCROW_MODEL, PILCROW_MODEL_BASE_URL and PILCROW_MODEL_API_KEY, or unset PILCROW_MODEL to use the bundled model.",
  );
}
