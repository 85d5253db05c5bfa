import type { wrapLanguageModel } from "ai";
import type { LlmSettings } from "../config.ts";
import { ModelError, UsageError } from "../errors.ts";

/** What the AI SDK asks: the same for every provider. */
export type SdkModel = Parameters<typeof wrapLanguageModel>[0]["model"];

interface Opening {
  readonly model: string;
  readonly baseURL: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
}

interface Provider {
  /** An optional package: whoever names another provider does not need it. */
  readonly package: string;
  /** Where its service is, unless PILCROW_LLM_BASE_URL says otherwise; null where only that can say it. */
  readonly baseUrl: string | null;
  /** Where its key is, unless PILCROW_LLM_API_KEY is set; null where it needs none. */
  readonly keyVariable: string | null;
  readonly open: (opening: Opening) => Promise<SdkModel>;
}

const OWN_KEY = "PILCROW_LLM_API_KEY";
const OWN_BASE_URL = "PILCROW_LLM_BASE_URL";

/** The address is always given, so that no other variable of a package sends the texts elsewhere. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  openai: {
    package: "@ai-sdk/openai@3",
    baseUrl: "https://api.openai.com/v1",
    keyVariable: "OPENAI_API_KEY",
    // The chat endpoint, which keeps nothing unless told to, and which services like it have as well.
    open: async ({ model, apiKey = "", ...rest }) =>
      (await import("@ai-sdk/openai")).createOpenAI({ ...rest, apiKey }).chat(model),
  },
  anthropic: {
    package: "@ai-sdk/anthropic@3",
    baseUrl: "https://api.anthropic.com/v1",
    keyVariable: "ANTHROPIC_API_KEY",
    open: async ({ model, apiKey = "", ...rest }) =>
      (await import("@ai-sdk/anthropic")).createAnthropic({ ...rest, apiKey })(model),
  },
  google: {
    package: "@ai-sdk/google@3",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    keyVariable: "GOOGLE_GENERATIVE_AI_API_KEY",
    open: async ({ model, apiKey = "", ...rest }) =>
      (await import("@ai-sdk/google")).createGoogleGenerativeAI({ ...rest, apiKey })(model),
  },
  ollama: { ...compatible("ollama"), baseUrl: "http://localhost:11434/v1" },
  "openai-compatible": { ...compatible("openai-compatible"), baseUrl: null },
};

function compatible(name: string): Omit<Provider, "baseUrl"> {
  return {
    package: "@ai-sdk/openai-compatible@2",
    keyVariable: null,
    open: async ({ model, apiKey, ...rest }) => {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const keyed = apiKey === undefined ? {} : { apiKey };
      const more = { includeUsage: true, supportsStructuredOutputs: true };
      return createOpenAICompatible({ name, ...rest, ...keyed, ...more }).chatModel(model);
    },
  };
}

/** What the setting means, checked without a request and without the provider's package. */
export interface ChosenModel {
  /** `PROVIDER:MODEL`, as it was set. */
  readonly name: string;
  /** Host and port of the service, to which questions and passages are sent. */
  readonly host: string;
  /** Imports the provider's package. Throws ModelError `model-missing` where it is not installed. */
  readonly open: () => Promise<SdkModel>;
}

/** The language model of the settings. Throws UsageError `bad-setting`, which never shows a key. */
export function chooseLanguageModel({ name, baseUrl, key }: LlmSettings): ChosenModel {
  const [prefix = "", ...rest] = name.split(":");
  const provider = Object.hasOwn(PROVIDERS, prefix) ? PROVIDERS[prefix] : undefined;
  const known = Object.keys(PROVIDERS).join(", ");
  // A key that was set in the wrong place is not to be shown, so of another value nothing is.
  if (provider === undefined) throw bad("names no provider that is known", `It takes PROVIDER:MODEL, of ${known}.`);
  const model = rest.join(":").trim();
  if (model === "") throw bad(`is ${prefix} without a model`, `It takes ${prefix}:MODEL.`);
  const address = baseUrl ?? provider.baseUrl;
  if (address === null) throw bad(`is ${name}, which needs an address`, `Set ${OWN_BASE_URL} (--llm-base-url).`);
  const baseURL = webAddress(address);
  const variable = provider.keyVariable;
  // A provider's own key is for its own host.
  const isElsewhere = provider.baseUrl !== null && new URL(baseURL).origin !== new URL(provider.baseUrl).origin;
  const apiKey = key(OWN_KEY) ?? (variable === null || isElsewhere ? undefined : key(variable));
  if (apiKey === undefined && variable !== null) {
    const advice = isElsewhere
      ? `Set ${OWN_KEY} in the environment: ${variable} is not sent to ${new URL(baseURL).host}.`
      : `Set ${OWN_KEY} or ${variable} in the environment.`;
    throw bad(`is ${name}, which needs a key`, advice);
  }
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError("bad-setting", "The key of the language model has characters that no key has");
  }
  const open = () =>
    provider.open({ model, baseURL, apiKey, fetch: staying }).catch((cause) => missing(provider, cause));
  return { name, host: new URL(baseURL).host, open };
}

/** Checks the setting and that the provider's package is there. Throws UsageError or ModelError. Nothing is sent. */
export async function requireLanguageModel(settings: LlmSettings | null): Promise<void> {
  if (settings !== null) await chooseLanguageModel(settings).open();
}

/** For a person: what is sent where. Throws UsageError. */
export function passagesSent(settings: LlmSettings): string {
  const { name, host } = chooseLanguageModel(settings);
  return `for a generative answer the question, the last turns of its conversation and the passages found for it are sent to ${host}, the host of ${name}`;
}

/**
 * Another host would be sent the passages, and of some providers the key: none is followed to. A redirection is an
 * answer like another that is none; with `redirect: "error"` the fetch of Node 20 forgets its signal at the next
 * collection of garbage.
 */
const staying: typeof fetch = (url, options) => fetch(url, { ...options, redirect: "manual" });

function missing(provider: Provider, cause: unknown): never {
  if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
  const [, name = ""] = /^(.+)@\d+$/.exec(provider.package) ?? [];
  throw new ModelError(
    "model-missing",
    `The language model needs the package ${name}, which is not installed`,
    `Install it with \`npm install ${provider.package}\`, or unset PILCROW_LLM.`,
    { cause },
  );
}

function bad(what: string, advice: string): UsageError {
  return new UsageError("bad-setting", `PILCROW_LLM ${what}`, advice);
}

/** Of an address that is refused nothing is shown: what stands in it may be a secret. */
function webAddress(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain = url !== null && [url.username, url.password, url.search, url.hash].every((part) => part === "");
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  const expected = "an address such as https://example.org/v1, without a user name, a query or a part after #";
  throw new UsageError("bad-setting", `${OWN_BASE_URL} is not ${expected}`);
}
