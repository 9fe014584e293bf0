import { formatCursor, parseCursor } from "../search/cursor.ts";
import type { Cursor, Direction } from "../search/search-table.ts";
import { type OrderColumn, parseColumns } from "./order-columns.ts";
import { type OrderSort, orderSearchTable } from "./order-search-table.ts";

/** Everything that says which list is shown; the address is its only home, so a copied link shows the same. */
export interface ListAddress {
  /** The query as typed. */
  q: string;
  sort: OrderSort;
  direction: Direction;
  /** Null for those of the view or the usual ones. */
  columns: OrderColumn[] | null;
  /** The tab that the list was opened from: a saved view's id or a built-in one's name. */
  view: string | null;
  after: Cursor | null;
  before: Cursor | null;
  /** The day to begin with, `yyyy-mm-dd`. */
  at: string | null;
}

export const firstPage: ListAddress = {
  q: "",
  sort: "created",
  direction: "desc",
  columns: null,
  view: null,
  after: null,
  before: null,
  at: null,
};

/** @returns the usual list for whatever is damaged or missing in an address */
export function parseListAddress(search: URLSearchParams): ListAddress {
  const { sort, direction } = parseSort(search.get("sort")) ?? firstPage;
  const column = orderSearchTable.sorts[sort];
  const day = search.get("at");
  return {
    q: search.get("q") ?? "",
    sort,
    direction,
    // A form's boxes come one by one.
    columns: parseColumns(search.getAll("columns").join(",")),
    view: search.get("view"),
    after: parseCursor(search.get("after"), column),
    before: parseCursor(search.get("before"), column),
    at: sort === "created" && day && isDay(day) ? day : null,
  };
}

/** The query of an address, question mark included; empty for the usual list. */
export function listSearch(address: Partial<ListAddress>): string {
  const { q, sort, direction, columns, view, after, before, at } = { ...firstPage, ...address };
  const search = new URLSearchParams();
  if (view) search.set("view", view);
  if (q) search.set("q", q);
  if (sort !== firstPage.sort || direction !== firstPage.direction)
    search.set("sort", `${sort}-${direction}`);
  if (columns) search.set("columns", columns.join(","));
  if (at) search.set("at", at);
  if (after) search.set("after", formatCursor(after));
  if (before) search.set("before", formatCursor(before));
  return search.size > 0 ? `?${search}` : "";
}

/** Names the rows of an address: the same ones with other columns are the same list. */
export const listKey = (address: ListAddress): string =>
  listSearch({ ...address, columns: null, view: null });

/** The part of an address's query that says which list it shows; messages and sessions stay behind. */
export const keepListSearch = (search: string): string =>
  listSearch(parseListAddress(new URLSearchParams(search)));

export function parseSort(text: string | null): { sort: OrderSort; direction: Direction } | null {
  const [sort, direction] = (text ?? "").split("-");
  const known = Object.keys(orderSearchTable.sorts).find((name): name is OrderSort => name === sort);
  return known && (direction === "asc" || direction === "desc") ? { sort: known, direction } : null;
}

/** PostgreSQL knows no year zero. */
function isDay(text: string): boolean {
  const date = /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
