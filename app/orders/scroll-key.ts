import { isAtTop } from "../ui/at-top.ts";
import { keepListSearch } from "./list-address.ts";

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
  if (!isList || isAtTop(state)) return key;
  return `/app/orders${keepListSearch(search)}`;
}
