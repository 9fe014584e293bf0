import type postgres from "postgres";
import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { allOf, compileBounds, compileQuery, type ShopTerms } from "./compile-query.server.ts";
import type { Query, Term } from "./query.ts";
import type { Cursor, Direction, SearchTable, SortColumn } from "./search-table.ts";

export interface PageRequest {
  query: Query;
  sort: string;
  direction: Direction;
  /** Rows after this place in the list's order. */
  after?: Cursor | null;
  /** Rows before it; the page still comes in the list's order. */
  before?: Cursor | null;
  limit: number;
}

export interface PageOfIds {
  rows: Cursor[];
  /** The edge to go on from towards the start of the list; null when nothing comes before. */
  before: Cursor | null;
  /** The same towards its end. */
  after: Cursor | null;
}

/** The largest number of matches that is counted exactly. */
export const exactCountLimit = 10_000;

/**
 * How many rows of the sort's index are looked at before the search goes through the word index instead. The short
 * walk costs a few milliseconds and guards against an estimate that is far too low, because the planner takes
 * conditions that mean the same for independent ones. The long one is for what is common.
 */
const shortWalkRows = 2_000;
const longWalkRows = 20_000;

/** From this estimate on fewer rows are looked at by the long walk than by finding and sorting every match. */
const longWalkFrom = 5_000;

type Fragment = postgres.PendingQuery<postgres.Row[]>;

/**
 * One page of a searched, filtered and sorted list, by keyset, as ids and sort keys.
 *
 * A query that many rows match is answered from the sort's index: the page is among the next few rows. For a
 * query that few rows match that walk would go through the whole shop, so there the matches are found by the word
 * index and sorted. The planner's estimate says how long the walk may be, or what the first rows hold; when it ends
 * without a full page, because two common conditions never meet, the other way is taken (decision 0010).
 */
export async function readPage(
  tx: Tx,
  table: SearchTable,
  request: PageRequest,
  shop: ShopTerms,
): Promise<PageOfIds> {
  await planForLists(tx);
  const { query } = request;
  const conditions = compileQuery(tx, table, query, shop);
  const filter = allOf(tx, conditions);
  const parts = pageParts(tx, table, request);
  const bounds = compileBounds(tx, table, query, sortColumn(table, request.sort).column, shop);
  if (query.terms.length === 0) return toPage(request, await walk(parts, tx, filter));
  const inBounds = { ...parts, side: allOf(tx, [parts.side, ...bounds]) };
  const isCommon = (await estimateRows(tx, table, filter)) >= longWalkFrom;
  for (const walkRows of isCommon ? [longWalkRows] : [shortWalkRows, longWalkRows]) {
    const rows = await walkWindow(inBounds, tx, filter, walkRows);
    if (rows.length >= parts.limit) return toPage(request, rows);
    // So few that the long walk would not fill the page either.
    if (rows.length * longWalkRows < parts.limit * walkRows) break;
  }
  const chosen = await chooseIndexed(tx, table, query, conditions);
  return toPage(request, await findAll(parts, tx, allOf(tx, chosen)));
}

/**
 * The conditions for finding every match by index. A beginning that far more rows have than another condition of the
 * query is only tested on what that one finds: to intersect it, the word index would first have to collect all its
 * rows (measured at a million orders: `xylophone s` took 117 ms, and takes 5).
 */
async function chooseIndexed(
  tx: Tx,
  table: SearchTable,
  { terms }: Query,
  conditions: Fragment[],
): Promise<Fragment[]> {
  const isBeginning = (term: Term) =>
    term.kind === "word" || (term.kind === "field" && term.match.type === "words");
  const positive = terms.filter(({ negated }) => !negated);
  if (positive.length < 2 || !positive.some(isBeginning)) return conditions;
  const estimates = await Promise.all(
    conditions.map((one, index) =>
      terms[index]?.negated ? Number.POSITIVE_INFINITY : estimateRows(tx, table, one),
    ),
  );
  const fewest = Math.min(...estimates);
  return conditions.map((one, index) => {
    const term = terms[index];
    const isLeft = term && !term.negated && isBeginning(term) && (estimates[index] ?? 0) > fewest * muchMore;
    // An index cannot answer "is true".
    return isLeft ? tx.sql`(${one}) is true` : one;
  });
}

/** Fetching a row to test it costs about as much as collecting this many from the word index. */
const muchMore = 15;

/** Those of the given rows that the query matches, with their places in the list. */
export async function readPlaces(
  tx: Tx,
  table: SearchTable,
  { query, sort, ids }: { query: Query; sort: string; ids: string[] },
  shop: ShopTerms,
): Promise<Cursor[]> {
  await planForLists(tx);
  const filter = allOf(tx, compileQuery(tx, table, query, shop));
  const { id, key } = sortParts(tx, table, sort);
  return tx.sql<Cursor[]>`
    select ${id} as id, ${key} as key from ${tx.sql(table.view)}
    where ${id} = any(${ids}::uuid[]) and ${filter}`;
}

export interface Count {
  count: number;
  /** False for an estimate, which is what a count above {@link exactCountLimit} is. */
  exact: boolean;
}

/** How long counting may hold up a page before the estimate has to do, in milliseconds. */
const countPatienceMs = 60;

/**
 * How many rows of the shop a query matches: exactly up to {@link exactCountLimit}, the planner's estimate above, or
 * when counting takes longer than a moment. Running out of patience ends the transaction, so it has one of its own.
 */
export async function countRows(
  db: Db,
  shop: ShopTerms & { id: ShopId },
  table: SearchTable,
  query: Query,
  patienceMs = countPatienceMs,
): Promise<Count> {
  let estimate = 0;
  const inFull = await orTooLong(
    withShop(db, shop.id, async (tx) => {
      await planForLists(tx);
      const filter = allOf(tx, compileQuery(tx, table, query, shop));
      estimate = await estimateRows(tx, table, filter);
      if (estimate > exactCountLimit) await hurry(tx, patienceMs);
      const [row] = await tx.sql<{ count: number }[]>`select count(*)::int as count from (
        select 1 from ${tx.sql(table.view)} where ${filter} limit ${exactCountLimit + 1}) as counted`;
      return row?.count ?? 0;
    }),
  );
  return inFull !== null && inFull <= exactCountLimit
    ? { count: inFull, exact: true }
    : { count: Math.max(estimate, exactCountLimit + 1), exact: false };
}

/** Gives every further statement of the transaction only so long. */
export async function hurry(tx: Tx, patienceMs: number): Promise<void> {
  await tx.sql`select set_config('statement_timeout', ${`${patienceMs}ms`}, true)`;
}

/** @returns null when the transaction was ended for taking too long (see {@link hurry}) */
export async function orTooLong<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { code?: string }).code !== "57014") throw error;
    return null;
  }
}

/**
 * Sets the transaction up for searching. A plan must know the words it is for, so none is kept; and a shop of a
 * million orders must never be read from end to end. With less memory the word index remembers pages instead of rows
 * for a beginning that many words share, and every row of those pages is looked at again.
 */
export async function planForLists(tx: Tx): Promise<void> {
  await tx.sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '32MB', true),
                      set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`;
}

export async function estimateRows(tx: Tx, table: SearchTable, filter: Fragment): Promise<number> {
  const [row] = await tx.sql<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>`
    explain (format json) select 1 from ${tx.sql(table.view)} where ${filter}`;
  return row?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
}

interface PageParts {
  id: Fragment;
  name: Fragment;
  key: Fragment;
  /** The rows on the asked side of the edge. */
  side: Fragment;
  /** The order in which they are read: the list's own, or backwards for a page before an edge. */
  order: Fragment;
  view: Fragment;
  /** One row more than the page has, to know whether anything comes after it. */
  limit: number;
}

function sortParts({ sql }: Tx, table: SearchTable, sort: string) {
  const { column, type } = sortColumn(table, sort);
  const name = sql`${sql(column)}`;
  const key = type === "timestamptz" ? sql`to_json(${name})#>>'{}'` : sql`${name}::text`;
  return { id: sql`${sql(table.id)}`, name, key, type };
}

function sortColumn(table: SearchTable, sort: string): SortColumn {
  const column = table.sorts[sort];
  if (!column) throw new Error(`no index stands behind the sort ${sort}`);
  return column;
}

function pageParts(tx: Tx, table: SearchTable, request: PageRequest): PageParts {
  const { sql } = tx;
  const { id, name, key, type } = sortParts(tx, table, request.sort);
  const edge = request.before ?? request.after;
  const down = (request.direction === "desc") !== Boolean(request.before);
  const bound = edge && sql`(${edge.key}::${sql.unsafe(type)}, ${edge.id}::uuid)`;
  return {
    id,
    name,
    key,
    side: bound ? (down ? sql`(${name}, ${id}) < ${bound}` : sql`(${name}, ${id}) > ${bound}`) : sql`true`,
    order: down ? sql`${name} desc, ${id} desc` : sql`${name}, ${id}`,
    view: sql`${sql(table.view)}`,
    limit: request.limit + 1,
  };
}

/** The next rows of the sort's index that match. */
function walk({ id, key, view, side, order, limit }: PageParts, { sql }: Tx, filter: Fragment) {
  return sql<Cursor[]>`
    select ${id} as id, ${key} as key from ${view} where ${side} and ${filter} order by ${order} limit ${limit}`;
}

/** The matches among the next rows of the sort's index. */
function walkWindow(
  { id, key, view, side, order, limit }: PageParts,
  { sql }: Tx,
  filter: Fragment,
  windowRows: number,
) {
  return sql<Cursor[]>`
    select ${id} as id, ${key} as key
    from (select * from ${view} where ${side} order by ${order} limit ${windowRows}) as near
    where ${filter} order by ${order} limit ${limit}`;
}

/** Every match on the asked side, found by the word index and then sorted. */
function findAll({ id, name, key, view, side, order, limit }: PageParts, { sql }: Tx, filter: Fragment) {
  return sql<Cursor[]>`
    with found as materialized (select ${id}, ${name} from ${view} where ${filter} and ${side})
    select ${id} as id, ${key} as key from found order by ${order} limit ${limit}`;
}

function toPage({ after, before, direction, limit }: PageRequest, found: Cursor[]): PageOfIds {
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (before) rows.reverse();
  const [first = after && edgeBeside(after, direction === "asc" ? 1n : -1n)] = rows;
  const last = rows.at(-1) ?? (before && edgeBeside(before, direction === "asc" ? -1n : 1n));
  return {
    rows,
    before: (before ? more : after) ? (first ?? null) : null,
    after: (before ? true : more) ? (last ?? null) : null,
  };
}

/** An empty page leads back to the row it was asked from, so its edge lies one id beyond that row. */
function edgeBeside({ key, id }: Cursor, by: bigint): Cursor {
  const beside = BigInt(`0x${id.replaceAll("-", "")}`) + by;
  // No row has the lowest or the highest id: those are edges already.
  if (beside < 0n || beside >= 1n << 128n) return { key, id };
  const digits = beside.toString(16).padStart(32, "0");
  return { key, id: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") };
}
