import { z } from "zod";
import type { SearchAddress } from "../search/list-address.ts";
import type { Cursor } from "../search/search-table.ts";
import type { ListKind, ListPage, ListRow } from "./list-kind.ts";

/** How many rows one request for more brings. */
export const rowsPerRequest = 200;

/** How many rows one request asks for by id; their ids fill 3.7 KB of the address. */
export const idsPerRequest = 100;

/** What the rows' address of a list answers when it is asked for ids. */
export interface RowsById<Row> {
  /** The rows that the asked ids stand for. Those of them that are missing are not in the list any more. */
  asked: string[];
  rows: Row[];
}

/**
 * What an address of the rows asks for beyond the list itself.
 * @param idSchema of one id
 * @returns null ids where a page is asked for, also instead of damaged ids
 */
export function parseRowsRequest<Id>(
  search: URLSearchParams,
  idSchema: z.ZodType<Id, z.ZodTypeDef, unknown>,
): { ids: Id[] | null; limit: number } {
  const ids = z.array(idSchema).min(1).max(idsPerRequest).nullable().catch(null);
  const limit = z.coerce.number().int().min(1).max(rowsPerRequest).catch(rowsPerRequest);
  return { ids: ids.parse(search.get("ids")?.split(",") ?? null), limit: limit.parse(search.get("limit")) };
}

/** How the rows of one list are asked for. */
export interface RowSource<Row> {
  /** The rows on one side of a place. */
  fetchPage(edge: { after: Cursor } | { before: Cursor }, signal: AbortSignal): Promise<ListPage<Row>>;
  /** The given rows as they are now. */
  fetchById(ids: readonly string[], signal: AbortSignal): Promise<RowsById<Row>>;
}

/** Reads the rows of an address. A refusal throws, and so does a server out of reach. */
export function rowSource<Row extends ListRow, Sort extends string, Column extends string>(
  { path, listSearch }: Pick<ListKind<Row, Sort, Column>, "path" | "listSearch">,
  { q, sort, direction }: SearchAddress<Sort, Column>,
): RowSource<Row> {
  const read = async (edge: { after?: Cursor; before?: Cursor }, more: string, signal: AbortSignal) => {
    const search = listSearch({ q, sort, direction, ...edge });
    const response = await fetch(`${path}/rows${search || "?"}${search && "&"}${more}`, {
      headers: { Accept: "application/json" },
      signal,
    });
    if (!response.ok) throw new Error(`the rows could not be read: ${response.status}`);
    return response.json();
  };
  return {
    fetchPage: (edge, signal) => read(edge, `limit=${rowsPerRequest}`, signal),
    fetchById: (ids, signal) => read({}, `ids=${ids.join(",")}`, signal),
  };
}
