import { Ajv2020 } from "ajv/dist/2020.js";
import { openApiDocument } from "../../src/openapi.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands at a path, undefined where nothing does. */
export const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

export const entries = (value: Json | undefined): [string, Json][] => (isObject(value) ? Object.entries(value) : []);

/** Every value within, with the path to it. */
export function* within(value: Json, path: readonly string[] = []): Generator<[path: readonly string[], value: Json]> {
  yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* within(inner, [...path, key]);
}

/** As it is sent. */
export const document: JsonObject = JSON.parse(JSON.stringify(openApiDocument("1.2.3")));

export const operations = entries(document.paths).flatMap(([path, item]) =>
  entries(item).map(([method, operation]) => ({ id: `${method} ${path}`, path, method, operation })),
);

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
// What holds the schemas, and OpenAPI's own words within them, say nothing of what is valid.
ajv.addVocabulary([...Object.keys(document), "discriminator", "example"]);
const ID = "https://pilcrow.example/openapi.json";
ajv.addSchema({ ...document, $id: ID });

/** What is wrong with a value, by the schema that stands at this path of the document. Throws where it is no schema. */
export function faults(path: readonly string[], value: unknown): string[] {
  const pointer = path.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const validate = ajv.getSchema(`${ID}#/${pointer}`);
  if (validate === undefined) throw new Error(`no schema at ${path.join("/")}`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${path.join("/")}: ${instancePath} ${message}`);
}
