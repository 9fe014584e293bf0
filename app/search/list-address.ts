import { formatCursor, parseCursor } from "./cursor.ts";
import type { Cursor, Direction, SortColumn } from "./search-table.ts";

/** Everything that says which list is shown; the address is its only home, so a copied link shows the same. */
export interface SearchAddress<Sort extends string, Column extends string> {
  /** The query as typed. */
  q: string;
  sort: Sort;
  direction: Direction;
  /** Null for the usual ones. */
  columns: Column[] | null;
  /** The tab that the list was opened from: a saved view's id or a built-in one's name. */
  view: string | null;
  after: Cursor | null;
  before: Cursor | null;
  /** The day to begin with, `yyyy-mm-dd`. */
  at: string | null;
}

interface ListTerms<Sort extends string, Column extends string> {
  sorts: Record<Sort, SortColumn>;
  usual: { sort: NoInfer<Sort>; direction: Direction };
  parseColumns(text: string | null): Column[] | null;
  /** The sort under which a list can begin with a day. */
  daySort?: NoInfer<Sort>;
}

/** How one screen's list is written as an address and read from one. */
export function searchAddresses<Sort extends string, Column extends string>({
  sorts,
  usual,
  parseColumns,
  daySort,
}: ListTerms<Sort, Column>) {
  type Address = SearchAddress<Sort, Column>;

  const firstPage: Address = {
    q: "",
    ...usual,
    columns: null,
    view: null,
    after: null,
    before: null,
    at: null,
  };

  const isSort = (name: string | undefined): name is Sort => name !== undefined && Object.hasOwn(sorts, name);

  function parseSort(text: string | null): { sort: Sort; direction: Direction } | null {
    const [sort, direction] = (text ?? "").split("-");
    return isSort(sort) && (direction === "asc" || direction === "desc") ? { sort, direction } : null;
  }

  /** @returns the usual list for whatever is damaged or missing in an address */
  function parseListAddress(search: URLSearchParams): Address {
    const { sort, direction } = parseSort(search.get("sort")) ?? firstPage;
    const day = search.get("at");
    return {
      q: search.get("q") ?? "",
      sort,
      direction,
      // A form's boxes come one by one.
      columns: parseColumns(search.getAll("columns").join(",")),
      view: search.get("view"),
      after: parseCursor(search.get("after"), sorts[sort]),
      before: parseCursor(search.get("before"), sorts[sort]),
      at: sort === daySort && day && isDay(day) ? day : null,
    };
  }

  /** The query of an address, question mark included; empty for the usual list. */
  function listSearch(address: Partial<Address>): string {
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

  /** What an address says beside its query and the place in the list: another query starts at its first page. */
  const listParams = (address: Address): Record<string, string> =>
    Object.fromEntries(
      new URLSearchParams(listSearch({ ...address, q: "", after: null, before: null, at: null })),
    );

  /** The part of an address's query that says which list it shows; messages and sessions stay behind. */
  const keepListSearch = (search: string): string =>
    listSearch(parseListAddress(new URLSearchParams(search)));

  /** Names the rows of an address: the same ones with other columns are the same list. */
  const listKey = (address: Address): string => listSearch({ ...address, columns: null, view: null });

  return { firstPage, parseSort, parseListAddress, listSearch, listParams, keepListSearch, listKey };
}

/** PostgreSQL knows no year zero. */
function isDay(text: string): boolean {
  const date = /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
