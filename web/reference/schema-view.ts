import { element } from "../elements.ts";
import { nameOf, type Schema } from "./openapi.ts";
import { prose } from "./prose.ts";

type Piece = Node | string;

/** Where the page shows a schema. */
export function schemaAnchor(name: string): string {
  return `schema-${name}`;
}

function joined(all: readonly (readonly Piece[])[], between: string): Piece[] {
  return all.flatMap((pieces, at) => (at === 0 ? pieces : [between, ...pieces]));
}

/** What a value is, in words; a named schema as a link to it. */
export function typeOf(schema: Schema): Piece[] {
  const { $ref, anyOf, allOf, items, prefixItems, enum: values, type = "any value" } = schema;
  if ($ref !== undefined) {
    const name = nameOf($ref);
    return [element("a", { href: `#${schemaAnchor(name)}` }, name)];
  }
  if (anyOf !== undefined) return joined(anyOf.map(typeOf), " or ");
  if (allOf !== undefined) return joined(allOf.filter(isNamed).map(typeOf), " and ");
  if (values !== undefined)
    return joined(
      values.map((value) => [element("code", {}, JSON.stringify(value))]),
      " or ",
    );
  const item = items ?? prefixItems?.[0];
  const types = (typeof type === "string" ? [type] : type).map((one) =>
    one === "array" && item !== undefined ? ["list of ", ...typeOf(item)] : [one],
  );
  return joined(types, " or ");
}

function isNamed({ $ref, type, anyOf, properties }: Schema): boolean {
  return $ref !== undefined || anyOf !== undefined || properties !== undefined || type !== undefined;
}

function range(least = 0, most = Number.MAX_SAFE_INTEGER, what = ""): string | null {
  if (most === Number.MAX_SAFE_INTEGER) return least > 0 && what === "" ? `${least} or more` : null;
  if (least === most) return `${most}${what}`;
  return least > 0 ? `${least} to ${most}${what}` : `at most ${most}${what}`;
}

/** What bounds a value: "1 to 20", "at most 100 items". */
export function boundsOf(schema: Schema): string {
  const bounds = [
    range(schema.minimum, schema.maximum),
    range(schema.minLength, schema.maxLength, " characters"),
    range(schema.minItems, schema.maxItems, schema.maxItems === 1 ? " item" : " items"),
  ];
  return bounds.filter((one) => one !== null).join(", ");
}

/** One named value of an object, a query or a header. */
export function field(
  name: string,
  schema: Schema,
  isRequired: boolean,
  description = schema.description,
): HTMLElement {
  const bounds = boundsOf(schema);
  const example = schema.examples?.[0];
  return element(
    "li",
    { class: "field" },
    element(
      "p",
      { class: "field-head" },
      element("code", { class: "name" }, name),
      " ",
      element("span", { class: "type" }, ...typeOf(schema), bounds === "" ? "" : `, ${bounds}`),
      isRequired ? null : element("span", { class: "optional" }, " optional"),
    ),
    description === undefined ? null : element("p", {}, ...prose(description)),
    example === undefined
      ? null
      : element("p", { class: "hint" }, "Example: ", element("code", {}, JSON.stringify(example))),
    ...insideOf(schema),
  );
}

/** The fields of what has no name of its own. */
function insideOf(schema: Schema): HTMLElement[] {
  const inner = schema.items ?? schema.prefixItems?.[0] ?? schema;
  return inner.$ref === undefined && inner.properties !== undefined ? [fields(inner)] : [];
}

/** All fields of an object. */
export function fields({ properties = {}, required = [] }: Schema): HTMLElement {
  const all = Object.entries(properties).map(([name, schema]) => field(name, schema, required.includes(name)));
  return element("ul", { class: "fields" }, ...all);
}

/** A named schema, folded. */
export function schemaView(name: string, schema: Schema): HTMLElement {
  const parts = [schema, ...(schema.allOf ?? [])].filter(({ properties }) => properties !== undefined);
  const type = typeOf(schema);
  const isObject = schema.properties !== undefined;
  return element(
    "details",
    { id: schemaAnchor(name), class: "schema" },
    element("summary", {}, element("h3", {}, name)),
    element(
      "div",
      { class: "unfolded" },
      schema.description === undefined ? null : element("p", {}, ...prose(schema.description)),
      isObject ? null : element("p", { class: "type" }, ...type),
      ...parts.map(fields),
    ),
  );
}
