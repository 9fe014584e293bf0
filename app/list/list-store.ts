import type { Cursor, Direction, SortColumn } from "../search/search-table.ts";
import { type ComparePlaces, comparePlaces } from "./compare-places.ts";
import type { ListPage, ListRow } from "./list-kind.ts";

/** The stretch of a list that a screen has loaded. */
export interface LoadedList<Row extends ListRow> {
  /** What the sort keys are, which says how they are compared. */
  keyType: SortColumn["type"];
  direction: Direction;
  /** In the list's order, without a gap. */
  rows: readonly Row[];
  /** New rows that belong above the others, kept back while somebody reads further down. */
  held: readonly Row[];
  /** The edges of the stretch, both inside it. Null where the list itself begins or ends. */
  before: Cursor | null;
  after: Cursor | null;
  /** The rows that the last live changes have changed or brought in. */
  changed: ReadonlySet<string>;
}

export type ListEvent<Row extends ListRow> =
  /** The rows next to an edge; `from` is the edge they were asked for at. */
  | { type: "loaded"; side: "before" | "after"; from: Cursor; page: ListPage<Row> }
  /** A part of the list was read again: from its start, or the rows after `from`. */
  | { type: "reread"; from: Cursor | null; page: ListPage<Row>; hold: boolean }
  /** Rows were read by id. Those that are asked for and missing are not in the list any more. */
  | { type: "patched"; asked: readonly string[]; rows: readonly Row[]; hold: boolean }
  /** Show what was held back. */
  | { type: "released" }
  /** These changes have been shown long enough. */
  | { type: "calmed"; ids: ReadonlySet<string> };

const nothingChanged: ReadonlySet<string> = new Set();

export const openList = <Row extends ListRow>(
  keyType: SortColumn["type"],
  direction: Direction,
  page: ListPage<Row>,
): LoadedList<Row> => ({
  keyType,
  direction,
  rows: page.rows,
  held: [],
  before: page.before,
  after: page.after,
  changed: nothingChanged,
});

export function listReducer<Row extends ListRow>(
  list: LoadedList<Row>,
  event: ListEvent<Row>,
): LoadedList<Row> {
  switch (event.type) {
    case "loaded": {
      const { side, from, page } = event;
      // The edge has moved since: another answer has brought these rows already.
      if (!samePlace(list[side], from)) return list;
      const grown = { ...list, [side]: page[side] };
      return put(grown, page.rows, { asked: [], hold: false, news: false });
    }
    case "reread":
      return reread(list, event);
    case "patched":
      return put(list, event.rows, { asked: event.asked, hold: event.hold, news: true });
    case "released":
      // A row shown already may have moved above those that wait.
      return { ...list, rows: insertSorted(list.rows, [...list.held], compareIn(list)), held: [] };
    case "calmed":
      return { ...list, changed: without(list.changed, event.ids) };
  }
}

export const without = (ids: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...ids].filter((id) => !others.has(id)));

/** The loaded rows that a part of the list read again should have held and does not. They may be gone, or moved. */
export function missingFrom<Row extends ListRow>(
  list: LoadedList<Row>,
  page: ListPage<Row>,
  from: Cursor | null,
): string[] {
  const compare = compareIn(list);
  const found = new Set<string>(page.rows.map(({ id }) => id));
  const last = page.rows.at(-1);
  const start = from ?? page.before;
  return [...list.held, ...list.rows]
    .filter((row) => {
      if (found.has(row.id)) return false;
      if (start && compare(placeOf(row), start) < 0) return false;
      return page.after === null || (last !== undefined && compare(placeOf(row), placeOf(last)) < 0);
    })
    .map(({ id }) => id)
    .filter((id) => id !== from?.id);
}

export const placeOf = ({ sortKey, id }: ListRow): Cursor => ({ key: sortKey, id });

const compareIn = ({
  keyType,
  direction,
}: Pick<LoadedList<ListRow>, "keyType" | "direction">): ComparePlaces => comparePlaces(keyType, direction);

const samePlace = (a: Cursor | null, b: Cursor | null) => a?.id === b?.id && a?.key === b?.key;

/**
 * Takes over a part that was read again. Hints may have been lost, so more may have come in than the part holds:
 * then its last row is unknown to us, and what lies between it and our next row is unknown too. Rather than leave a
 * gap there, the list ends at the part, or, above somebody who reads further down, begins anew where it began.
 */
function reread<Row extends ListRow>(
  list: LoadedList<Row>,
  { from, page, hold }: Extract<ListEvent<Row>, { type: "reread" }>,
): LoadedList<Row> {
  const last = page.rows.at(-1);
  const joined = !last || page.after === null || list.rows.some(({ id }) => id === last.id);
  if (joined) {
    const ends = page.after === null ? { ...list, after: null } : list;
    return put(ends, page.rows, { asked: [], hold, news: true });
  }
  const compare = compareIn(list);
  if (!from && hold) {
    const known = new Set(list.rows.map(({ id }) => id));
    const [first] = list.rows;
    const rows = page.rows.filter(({ id }) => known.has(id));
    const closed = { ...list, held: [], before: list.before ?? (first ? placeOf(first) : null) };
    return put(closed, rows, { asked: [], hold, news: true });
  }
  const kept = from ? list.rows.filter((row) => compare(placeOf(row), placeOf(last)) <= 0) : [];
  const before = from ? list.before : page.before;
  const cut = { ...list, rows: kept, held: from ? list.held : [], before, after: page.after };
  return put(cut, page.rows, { asked: [], hold: false, news: false });
}

/**
 * Puts each row where it belongs now and takes it away from where it was. A read that is older than what is known
 * changes nothing.
 */
function put<Row extends ListRow>(
  list: LoadedList<Row>,
  reads: readonly Row[],
  { asked, hold, news }: { asked: readonly string[]; hold: boolean; news: boolean },
): LoadedList<Row> {
  const compare = compareIn(list);
  const touched = new Set<string>(asked);
  for (const { id } of reads) touched.add(id);
  const known = new Map<string, { row: Row; shown: boolean }>();
  const keep = (shown: boolean) => (row: Row) => {
    if (!touched.has(row.id)) return true;
    known.set(row.id, { row, shown });
    return false;
  };
  const rows = list.rows.filter(keep(true));
  const held = list.held.filter(keep(false));
  const [first] = list.rows;
  const toRows: Row[] = [];
  const toHeld: Row[] = [];
  const changed = new Set(list.changed);
  for (const read of reads) {
    const before = known.get(read.id);
    const row = before && ageOf(before.row) > ageOf(read) ? before.row : read;
    if (!isLoaded(list, placeOf(row), compare)) continue;
    if (news && (!before || differ(before.row, row))) changed.add(row.id);
    const leads = first !== undefined && compare(placeOf(row), placeOf(first)) < 0;
    if (before?.shown || !hold || list.before || !leads) toRows.push(row);
    else toHeld.push(row);
  }
  return {
    ...list,
    rows: insertSorted(rows, toRows, compare),
    held: insertSorted(held, toHeld, compare),
    changed: changed.size > list.changed.size ? changed : list.changed,
  };
}

/** The higher, the newer is the reading. */
const ageOf = (row: ListRow): number => ("version" in row ? row.version : row.readAt);

/** Whether a merchant would see a difference: a row without a version of its own is compared with all it says. */
function differ<Row extends ListRow>(before: Row, now: Row): boolean {
  if ("version" in before) return ageOf(before) !== ageOf(now);
  return JSON.stringify({ ...before, readAt: 0 }) !== JSON.stringify({ ...now, readAt: 0 });
}

function isLoaded(
  { before, after }: Pick<LoadedList<ListRow>, "before" | "after">,
  place: Cursor,
  compare: ComparePlaces,
): boolean {
  if (before && compare(place, before) < 0) return false;
  return !after || compare(place, after) <= 0;
}

/** A few rows into many: the many are only searched and copied, because a list may hold a hundred thousand. */
function insertSorted<Row extends ListRow>(
  rows: readonly Row[],
  added: Row[],
  compare: ComparePlaces,
): readonly Row[] {
  if (added.length === 0) return rows;
  const sorted = added.sort((a, b) => compare(placeOf(a), placeOf(b)));
  const result: Row[] = [];
  let from = 0;
  for (const row of sorted) {
    const to = firstNotBefore(rows, placeOf(row), from, compare);
    for (let i = from; i < to; i += 1) result.push(rows[i] as Row);
    result.push(row);
    from = to;
  }
  for (let i = from; i < rows.length; i += 1) result.push(rows[i] as Row);
  return result;
}

function firstNotBefore<Row extends ListRow>(
  rows: readonly Row[],
  place: Cursor,
  from: number,
  compare: ComparePlaces,
): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(placeOf(rows[middle] as Row), place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
