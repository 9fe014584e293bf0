import type { ServerBuild } from "@remix-run/node";
import { type AgnosticDataRouteObject, matchRoutes } from "@remix-run/router";

type Route = NonNullable<ServerBuild["routes"][string]>;

/**
 * Finds the pattern that answers a path, `/app/orders/:orderId`: metrics and logs name that and never the address.
 * @returns a function from a path to its pattern; `unknown` for what no route answers
 */
export function routePatterns(routes: ServerBuild["routes"]): (path: string) => string {
  const all = Object.values(routes).filter((route): route is Route => route !== undefined);
  const childrenOf = (parentId: string | undefined): AgnosticDataRouteObject[] =>
    all
      .filter((route) => route.parentId === parentId)
      .map(
        ({ id, path, index }): AgnosticDataRouteObject =>
          index ? { id, path, index: true } : { id, path, children: childrenOf(id) },
      );
  const tree = childrenOf(undefined);
  return (path) => {
    const matches = matchRoutes(tree, path);
    if (!matches) return "unknown";
    return `/${matches.flatMap(({ route }) => route.path || []).join("/")}`;
  };
}
