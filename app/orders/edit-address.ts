import { keepListSearch } from "./list-address.ts";

/** Where the edit dialog was opened, and where it leads back to: the order's page or the list as it was. */
export function leaveEditAddress({ pathname, search }: { pathname: string; search: string }): string {
  const fromOrder = new URLSearchParams(search).get("from") === "order";
  return fromOrder ? pathname.replace(/\/edit\/?$/, "") : `/app/orders${keepListSearch(search)}`;
}
