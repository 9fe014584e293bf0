import { formatListCursor, type ListCursor } from "./list-cursor.ts";
import { type OrderStatus, orderStatuses, statusLabels } from "./order.ts";

/** Which orders the list shows: all of them, those of a status, or those that wait for somebody's look. */
export type ListView = OrderStatus | "ALL" | "REVIEW";

export const listViews: readonly ListView[] = ["ALL", ...orderStatuses, "REVIEW"];

export const viewLabels: Record<ListView, string> = {
  ALL: "All",
  ...statusLabels,
  REVIEW: "Needs a look",
};

/** @returns ALL for anything that is no view: a damaged link shows everything */
export function parseListView(text: string | null): ListView {
  const view = text?.toUpperCase();
  return listViews.find((known) => known === view) ?? "ALL";
}

/** The query of a list's address, question mark included; empty for the first page of all orders. */
export function listSearch(
  view: ListView,
  page: { olderThan?: ListCursor | null; newerThan?: ListCursor | null } = {},
): string {
  const query = new URLSearchParams();
  if (view !== "ALL") query.set("view", view.toLowerCase());
  if (page.olderThan) query.set("olderThan", formatListCursor(page.olderThan));
  if (page.newerThan) query.set("newerThan", formatListCursor(page.newerThan));
  return query.size > 0 ? `?${query}` : "";
}

/** The part of an address's query that says which list it shows; messages and sessions stay behind. */
export function keepListSearch(search: string): string {
  const given = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of ["view", "olderThan", "newerThan"]) {
    const value = given.get(name);
    if (value) kept.set(name, value);
  }
  return kept.size > 0 ? `?${kept}` : "";
}
