/**
 * What OpenAPI 3.1.0 (section 4.8) asks of the objects that are used here, as a JSON Schema; and that an operation has an
 * id, a summary and a tag, and a parameter a description, which it leaves open. Schemas themselves are for ajv.
 */

const text = { type: "string", minLength: 1 };
const schema = { type: "object" };
const anyOfThese = (ref: string) => ({ type: "object", additionalProperties: { $ref: `#/$defs/${ref}` } });

/** An object with these fields and no other. */
function closed(required: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}) {
  const properties = { ...required, ...optional };
  return { type: "object", properties, required: Object.keys(required), additionalProperties: false };
}

const reference = closed({ $ref: { type: "string", pattern: "^#/" } });
const orReference = (ref: string) => ({ oneOf: [reference, { $ref: `#/$defs/${ref}` }] });
const examples = { example: {}, examples: anyOfThese("example") };
const operation = closed(
  {
    operationId: { type: "string", pattern: "^[a-z][A-Za-z]+$" },
    summary: text,
    tags: { type: "array", items: text, minItems: 1, maxItems: 1 },
    responses: {
      type: "object",
      patternProperties: { "^[1-5][0-9][0-9]$": orReference("response") },
      additionalProperties: false,
      minProperties: 1,
    },
  },
  {
    description: text,
    parameters: { type: "array", items: { $ref: "#/$defs/parameter" } },
    requestBody: { $ref: "#/$defs/requestBody" },
  },
);

export const OPENAPI = {
  $defs: {
    example: closed({ value: {} }, { summary: text, description: text }),
    mediaType: { ...closed({ schema }, examples), not: { required: ["example", "examples"] } },
    content: { ...anyOfThese("mediaType"), propertyNames: { pattern: "^[a-z]+/[a-z0-9.+-]+$" } },
    header: closed({ description: text, schema }, { required: { type: "boolean" } }),
    response: closed({ description: text }, { headers: anyOfThese("header"), content: { $ref: "#/$defs/content" } }),
    requestBody: closed({ content: { $ref: "#/$defs/content" } }, { description: text, required: { type: "boolean" } }),
    parameter: {
      ...closed(
        { name: text, in: { enum: ["query", "path", "header"] }, schema, description: text },
        {
          required: { type: "boolean" },
        },
      ),
      anyOf: [
        { properties: { in: { enum: ["query", "header"] } } },
        { properties: { in: { const: "path" }, required: { const: true } }, required: ["required"] },
      ],
    },
    operation,
    pathItem: closed(
      {},
      Object.fromEntries(["get", "post", "delete"].map((one) => [one, { $ref: "#/$defs/operation" }])),
    ),
  },
  ...closed(
    {
      openapi: { type: "string", pattern: "^3\\.1\\.\\d+$" },
      info: closed({ title: text, version: text, description: text, license: closed({ name: text, url: text }) }),
      servers: { type: "array", items: closed({ url: text }) },
      tags: { type: "array", items: closed({ name: text, description: text }) },
      paths: {
        type: "object",
        patternProperties: { "^/": { $ref: "#/$defs/pathItem" } },
        additionalProperties: false,
      },
      components: closed({
        schemas: { type: "object", propertyNames: { pattern: "^[A-Za-z0-9._-]+$" } },
        responses: anyOfThese("response"),
        parameters: { type: "object", maxProperties: 0 },
      }),
    },
    { webhooks: { type: "object", maxProperties: 0 } },
  ),
};
