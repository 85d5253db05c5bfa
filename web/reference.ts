import { byId, element } from "./elements.ts";
import { type OpenApi, type Route, routesOf } from "./reference/openapi.ts";
import { paragraphs, prose } from "./reference/prose.ts";
import { routeView } from "./reference/route-view.ts";
import { schemaView } from "./reference/schema-view.ts";

/** The description that this server gives of itself: its form is tested there. */
async function description(): Promise<OpenApi> {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

function contents(api: OpenApi, routes: readonly Route[]): HTMLElement[] {
  return api.tags.map(({ name }) =>
    element(
      "div",
      {},
      element("h2", {}, name),
      element(
        "ul",
        {},
        ...routes
          .filter(({ operation }) => operation.tags.includes(name))
          .map(({ method, path, operation }) =>
            element(
              "li",
              {},
              element("a", { href: `#${operation.operationId}` }, `${method} ${path}`),
              element("span", { class: "hint" }, ` ${operation.summary}`),
            ),
          ),
      ),
    ),
  );
}

function show(api: OpenApi): void {
  const routes = routesOf(api);
  byId("about", HTMLElement).replaceChildren(
    ...paragraphs(api.info.description),
    element("p", { class: "hint" }, `Pilcrow ${api.info.version}`),
  );
  byId("contents", HTMLElement).replaceChildren(...contents(api, routes));
  byId("routes", HTMLElement).replaceChildren(
    ...api.tags.map(({ name, description }) =>
      element(
        "section",
        { "aria-label": name },
        element("h2", {}, name),
        element("p", {}, ...prose(description)),
        ...routes.filter(({ operation }) => operation.tags.includes(name)).map((route) => routeView(route, api)),
      ),
    ),
  );
  byId("schemas", HTMLElement).replaceChildren(
    element("h2", {}, "Schemas"),
    ...Object.entries(api.components.schemas).map(([name, schema]) => schemaView(name, schema)),
  );
}

/** Unfolds what the address names, and brings it in sight. */
function unfold(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.scrollIntoView();
  target.querySelector<HTMLElement>("summary, h3 a")?.focus({ preventScroll: true });
}

try {
  show(await description());
  unfold();
} catch (error) {
  const text = `The description of the API cannot be read. ${error instanceof Error ? error.message : ""}`;
  byId("routes", HTMLElement).replaceChildren(element("p", { class: "notice", role: "alert" }, text));
}
addEventListener("hashchange", unfold);
document.addEventListener("click", ({ target }) => {
  // The same address again is no change of it.
  const link = target instanceof Element ? target.closest("a") : null;
  if (link !== null && link.hash !== "" && link.hash === location.hash) unfold();
});
