import { button, element } from "../elements.ts";
import { copy } from "./copy.ts";
import { curlOf } from "./curl.ts";
import { type Answer, type Content, examplesOf, nameOf, type OpenApi, type Parameter, type Route } from "./openapi.ts";
import { prose } from "./prose.ts";
import { field, fields, typeOf } from "./schema-view.ts";

/** A text that may be wider than the page: it scrolls by itself, by keyboard too. */
function codeBlock(text: string, label: string): HTMLElement {
  return element("pre", { tabindex: "0", role: "region", "aria-label": label }, element("code", {}, text));
}

function folded(title: readonly (Node | string)[], ...inside: readonly (HTMLElement | null)[]): HTMLElement {
  return element("details", {}, element("summary", {}, ...title), element("div", { class: "unfolded" }, ...inside));
}

function contentView(content: Content): HTMLElement[] {
  return Object.entries(content).map(([type, media]) =>
    element(
      "div",
      { class: "content" },
      element("p", {}, element("code", {}, type), " ", element("span", { class: "type" }, ...typeOf(media.schema))),
      media.schema.properties === undefined ? null : fields(media.schema),
      ...examplesOf(media).map(({ title, value }) => {
        const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
        return folded(prose(title), codeBlock(text, title));
      }),
    ),
  );
}

const PLACES: Readonly<Record<Parameter["in"], string>> = {
  path: "In the path",
  query: "In the query",
  header: "Headers",
};

function parameterViews(parameters: readonly Parameter[]): HTMLElement[] {
  return Object.entries(PLACES).flatMap(([place, title]) => {
    const here = parameters.filter((one) => one.in === place);
    if (here.length === 0) return [];
    const items = here.map(({ name, schema, required = false, description }) =>
      field(name, schema, required, description),
    );
    return [element("h4", {}, title), element("ul", { class: "fields" }, ...items)];
  });
}

function answerView(status: string, given: Answer, { components }: OpenApi): HTMLElement {
  const answer = given.$ref === undefined ? given : (components.responses[nameOf(given.$ref)] ?? given);
  const headers = Object.entries(answer.headers ?? {}).map(([name, { description = "" }]) =>
    element("li", { class: "field" }, element("code", {}, name), " ", ...prose(description)),
  );
  const [first = "", ...rest] = answer.description.split(/(?<=\.)\s/);
  return folded(
    [element("code", { class: `status status-${status.charAt(0)}` }, status), " ", ...prose(first)],
    rest.length === 0 ? null : element("p", {}, ...prose(rest.join(" "))),
    headers.length === 0 ? null : element("ul", { class: "fields", "aria-label": "Headers" }, ...headers),
    ...contentView(answer.content ?? {}),
  );
}

/** A route: what it does, how to ask it, what it takes and what it answers. */
export function routeView(route: Route, api: OpenApi): HTMLElement {
  const { method, path, operation } = route;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const curl = curlOf(route, location.origin);
  const block = codeBlock(curl, `curl: ${summary}`);
  return element(
    "section",
    { id: operationId, class: "route", "aria-labelledby": `${operationId}-title` },
    element(
      "h3",
      { id: `${operationId}-title` },
      element(
        "a",
        { href: `#${operationId}` },
        element("span", { class: "method" }, method),
        " ",
        element("code", {}, path),
      ),
    ),
    element("p", { class: "summary" }, ...prose(summary)),
    description === undefined ? null : element("p", {}, ...prose(description)),
    element(
      "div",
      { class: "curl" },
      block,
      button("Copy", () => void copy(curl, block), { class: "quiet", "aria-label": `Copy the curl line: ${summary}` }),
    ),
    ...parameterViews(parameters),
    ...(requestBody === undefined
      ? []
      : [
          element("h4", {}, "Body"),
          element("p", {}, ...prose(requestBody.description ?? "")),
          ...contentView(requestBody.content),
        ]),
    element("h4", {}, "Answers"),
    ...Object.entries(responses).map(([status, answer]) => answerView(status, answer, api)),
  );
}
