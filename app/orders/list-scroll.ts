import { keepListSearch } from "./list-view.ts";

/** The state of a link that opens the list anew, at its top. */
export const atTop = { atTop: true };

/**
 * Under which key an address's scroll position is kept. The list and the dialog over it share one, so that the
 * list stays where it is when the dialog opens, saves and closes. (`preventScrollReset` alone does not last: a
 * revalidation during the save's redirect makes the router forget it.)
 */
export function scrollKey(location: {
  pathname: string;
  search: string;
  state: unknown;
  key: string;
}): string {
  const { pathname, search, state, key } = location;
  const isList = pathname === "/app/orders" || /^\/app\/orders\/[^/]+\/edit$/.test(pathname);
  if (!isList || (typeof state === "object" && state !== null && "atTop" in state)) return key;
  return `/app/orders${keepListSearch(search)}`;
}
