import { OpenAPIHono } from "@hono/zod-openapi";
import { problemResponses } from "./openapi/problems.ts";
import { chatErrorResponses, programRoutes } from "./openapi/program-routes.ts";
import { routes } from "./openapi/routes.ts";
import { chatErrorSchema } from "./schemas/chat-completions.ts";

const DESCRIPTION = `Questions to your own documents, answered with citations that can be checked.

Every answer comes with the quotes it rests on, each read again from its file when the answer is given. HEAD is answered as GET, without the body. Offsets count UTF-16 units.`;

const TAGS = [
  { name: "Questions", description: "Answers, and the passages they come from." },
  { name: "Documents", description: "What is asked." },
  { name: "Other programs", description: "For programs that speak to a model's service, and for assistants." },
  { name: "Server", description: "About the server itself." },
];

/**
 * The description of the API, OpenAPI 3.1, made from the schemas that check requests and that answers are tested by.
 * The routes themselves do not pass through the library: how they refuse a request is their own.
 */
export function openApiDocument(version: string) {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono();
  for (const { name, schema, response } of problemResponses) {
    registry.register(`${name}Problem`, schema);
    registry.registerComponent("responses", name, response);
  }
  registry.register("ChatError", chatErrorSchema);
  for (const { name, response } of chatErrorResponses) registry.registerComponent("responses", name, response);
  for (const route of [...routes, ...programRoutes]) registry.registerPath(route);
  const about = {
    openapi: "3.1.0",
    info: {
      title: "Pilcrow",
      version,
      description: DESCRIPTION,
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
    tags: TAGS,
  };
  return getOpenAPI31Document(about, { sortComponents: "alphabetically" });
}
