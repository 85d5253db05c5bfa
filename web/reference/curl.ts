import { examplesOf, type Parameter, type Route } from "./openapi.ts";

/** What a shell takes as one word: in single quotes, where nothing but they themselves means anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function exampleOf({ name, schema }: Parameter): string {
  return String(schema.examples?.[0] ?? schema.enum?.[0] ?? name);
}

/** The command that asks this route of the server at `origin`, with the first example of what it must be given. */
export function curlOf({ method, path, operation }: Route, origin: string): string {
  const parameters = (operation.parameters ?? []).filter(({ required }) => required === true);
  const of = (place: Parameter["in"]) => parameters.filter((one) => one.in === place);
  const filled = of("path").reduce(
    (address, one) => address.replace(`{${one.name}}`, encodeURIComponent(exampleOf(one))),
    path,
  );
  const query = new URLSearchParams(of("query").map((one) => [one.name, exampleOf(one)])).toString();
  const words = ["curl -s", quoted(origin + filled + (query === "" ? "" : `?${query}`))];
  for (const one of of("header")) words.push(`-H ${quoted(`${one.name}: ${exampleOf(one)}`)}`);
  for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
    const [example] = examplesOf(media);
    words.push(`-H ${quoted(`Content-Type: ${type}`)}`, `-d ${quoted(JSON.stringify(example?.value ?? {}))}`);
  }
  if (method !== "GET" && operation.requestBody === undefined) words.splice(1, 0, `-X ${method}`);
  return words.join(" ");
}
