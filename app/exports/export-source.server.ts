import type postgres from "postgres";
import type { Tx } from "../db.server.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query } from "../search/query.ts";
import type { Direction, SearchTable } from "../search/search-table.ts";
import type { Shop } from "../shops/shop.ts";
import type { ExportColumn } from "./export-cell.ts";

/** A list that can be written to a file: what its feature knows of it. */
export interface ExportSource {
  table: SearchTable;
  /** The name of a sheet. */
  title: string;
  /** Reads the query as the list does. */
  parseQuery(q: string, shop: Shop): Query;
  /** Reads `created-desc`; the usual sort for anything else. */
  parseSort(sort: string): { sort: string; direction: Direction };
  /** The file's columns for the list's. */
  columnsOf(names: string[]): ExportColumn<object>[];
  /** A query for what the columns read, for the ids and sort keys that `listed` selects as `id` and `place`; it must be named so. */
  rows(tx: Tx, shop: Shop, listed: Fragment, order: Fragment): Fragment;
}

export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface ExportedList {
  query: string;
  ids: string[] | null;
  sort: string;
}

/** Rows that are fetched at a time. */
export const fetchRows = 500;

/** A single statement may read the whole shop. */
const statementMinutes = 10;

/** Counts a list and opens a cursor over it, both in the transaction's snapshot. @returns the count */
export async function openList(
  tx: Tx,
  source: ExportSource,
  { query, ids, sort }: ExportedList,
  shop: Shop,
): Promise<number> {
  await planForWholeLists(tx, shop.timeZone);
  const { table } = source;
  const { column, direction } = sortOf(source, sort);
  const { sql } = tx;
  const filter = ids
    ? sql`${sql(table.id)} = any(${ids}::uuid[])`
    : allOf(tx, compileQuery(tx, table, source.parseQuery(query, shop), shop));
  const listed = sql`select ${sql(table.id)} as id, ${sql(column)} as place from ${sql(table.view)} where ${filter}`;
  const order = direction === "desc" ? sql`listed.place desc, listed.id desc` : sql`listed.place, listed.id`;
  await sql`declare export_rows no scroll cursor for ${source.rows(tx, shop, listed, order)}`;
  const [row] = await sql<
    { count: string }[]
  >`select count(*) as count from ${sql(table.view)} where ${filter}`;
  return Number(row?.count);
}

/** The next rows of the open list; none at its end. */
export function fetchList(tx: Tx): Promise<object[]> {
  // Never prepared: the next export's cursor has other columns.
  return tx.sql.unsafe(`fetch ${fetchRows} from export_rows`);
}

function sortOf({ table, parseSort }: ExportSource, text: string) {
  const { sort, direction } = parseSort(text);
  const column = table.sorts[sort]?.column;
  if (!column) throw new Error(`no column stands behind the sort ${sort}`);
  return { column, direction };
}

/**
 * Sets the transaction up for reading a list from end to end. Its instants come in the shop's time zone, and it may
 * wait for a slow disk between two fetches, while the rows before them are stored.
 */
export async function planForWholeLists({ sql }: Tx, timeZone: string): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
                   set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '32MB', true),
                   set_config('statement_timeout', ${`${statementMinutes}min`}, true),
                   set_config('idle_in_transaction_session_timeout', '5min', true),
                   set_config('TimeZone', ${timeZone}, true)`;
}
