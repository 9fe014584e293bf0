import type { Cursor, Direction } from "../search/search-table.ts";
import { type ComparePlaces, comparePlaces } from "./compare-places.ts";
import type { ListedOrder, OrderPage } from "./list-orders.server.ts";
import { type OrderSort, orderSearchTable } from "./order-search-table.ts";

/** The stretch of the list that a screen has loaded. */
export interface OrderList {
  sort: OrderSort;
  direction: Direction;
  /** In the list's order, without a gap. */
  rows: readonly ListedOrder[];
  /** New orders that belong above the rows, kept back while somebody reads further down. */
  held: readonly ListedOrder[];
  /** The edges of the stretch, both inside it. Null where the list itself begins or ends. */
  before: Cursor | null;
  after: Cursor | null;
  /** The orders that the last live changes have changed or brought in. */
  changed: ReadonlySet<string>;
}

export type OrderListEvent =
  /** The rows next to an edge; `from` is the edge they were asked for at. */
  | { type: "loaded"; side: "before" | "after"; from: Cursor; page: OrderPage }
  /** A part of the list was read again: from its start, or the rows after `from`. */
  | { type: "reread"; from: Cursor | null; page: OrderPage; hold: boolean }
  /** Orders were read by id. Those that are asked for and missing are not in the list any more. */
  | { type: "patched"; asked: readonly string[]; orders: readonly ListedOrder[]; hold: boolean }
  /** Show what was held back. */
  | { type: "released" }
  /** These changes have been shown long enough. */
  | { type: "calmed"; ids: ReadonlySet<string> };

const nothingChanged: ReadonlySet<string> = new Set();

export const openOrderList = (sort: OrderSort, direction: Direction, page: OrderPage): OrderList => ({
  sort,
  direction,
  rows: page.orders,
  held: [],
  before: page.before,
  after: page.after,
  changed: nothingChanged,
});

export function orderListReducer(list: OrderList, event: OrderListEvent): OrderList {
  switch (event.type) {
    case "loaded": {
      const { side, from, page } = event;
      // The edge has moved since: another answer has brought these rows already.
      if (!samePlace(list[side], from)) return list;
      const grown = { ...list, [side]: page[side] };
      return put(grown, page.orders, { asked: [], hold: false, news: false });
    }
    case "reread":
      return reread(list, event);
    case "patched":
      return put(list, event.orders, { asked: event.asked, hold: event.hold, news: true });
    case "released":
      // An order shown already may have moved above those that wait.
      return { ...list, rows: insertSorted(list.rows, [...list.held], compareIn(list)), held: [] };
    case "calmed":
      return { ...list, changed: without(list.changed, event.ids) };
  }
}

export const without = (ids: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...ids].filter((id) => !others.has(id)));

/** The loaded orders that a part of the list read again should have held and does not. They may be gone, or moved. */
export function missingFrom(list: OrderList, page: OrderPage, from: Cursor | null): string[] {
  const compare = compareIn(list);
  const found = new Set<string>(page.orders.map(({ id }) => id));
  const last = page.orders.at(-1);
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

export const placeOf = ({ sortKey, id }: ListedOrder): Cursor => ({ key: sortKey, id });

const compareIn = ({ sort, direction }: OrderList): ComparePlaces =>
  comparePlaces(orderSearchTable.sorts[sort].type, direction);

const samePlace = (a: Cursor | null, b: Cursor | null) => a?.id === b?.id && a?.key === b?.key;

/**
 * Takes over a part that was read again. Hints may have been lost, so more may have come in than the part holds:
 * then its last row is unknown to us, and what lies between it and our next row is unknown too. Rather than leave a
 * gap there, the list ends at the part, or, above somebody who reads further down, begins anew where it began.
 */
function reread(
  list: OrderList,
  { from, page, hold }: Extract<OrderListEvent, { type: "reread" }>,
): OrderList {
  const last = page.orders.at(-1);
  const joined = !last || page.after === null || list.rows.some(({ id }) => id === last.id);
  if (joined) {
    const ends = page.after === null ? { ...list, after: null } : list;
    return put(ends, page.orders, { asked: [], hold, news: true });
  }
  const compare = compareIn(list);
  if (!from && hold) {
    const known = new Set(list.rows.map(({ id }) => id));
    const [first] = list.rows;
    const orders = page.orders.filter(({ id }) => known.has(id));
    const closed = { ...list, held: [], before: list.before ?? (first ? placeOf(first) : null) };
    return put(closed, orders, { asked: [], hold, news: true });
  }
  const kept = from ? list.rows.filter((row) => compare(placeOf(row), placeOf(last)) <= 0) : [];
  const before = from ? list.before : page.before;
  const cut = { ...list, rows: kept, held: from ? list.held : [], before, after: page.after };
  return put(cut, page.orders, { asked: [], hold: false, news: false });
}

/**
 * Puts each order where it belongs now and takes it away from where it was. A read that is older than what is known
 * changes nothing.
 */
function put(
  list: OrderList,
  orders: readonly ListedOrder[],
  { asked, hold, news }: { asked: readonly string[]; hold: boolean; news: boolean },
): OrderList {
  const compare = compareIn(list);
  const touched = new Set<string>(asked);
  for (const { id } of orders) touched.add(id);
  const known = new Map<string, { row: ListedOrder; shown: boolean }>();
  const keep = (shown: boolean) => (row: ListedOrder) => {
    if (!touched.has(row.id)) return true;
    known.set(row.id, { row, shown });
    return false;
  };
  const rows = list.rows.filter(keep(true));
  const held = list.held.filter(keep(false));
  const [first] = list.rows;
  const toRows: ListedOrder[] = [];
  const toHeld: ListedOrder[] = [];
  const changed = new Set(list.changed);
  for (const read of orders) {
    const before = known.get(read.id);
    const order = before && before.row.version > read.version ? before.row : read;
    if (!isLoaded(list, placeOf(order), compare)) continue;
    if (news && before?.row.version !== order.version) changed.add(order.id);
    const leads = first !== undefined && compare(placeOf(order), placeOf(first)) < 0;
    if (before?.shown || !hold || list.before || !leads) toRows.push(order);
    else toHeld.push(order);
  }
  return {
    ...list,
    rows: insertSorted(rows, toRows, compare),
    held: insertSorted(held, toHeld, compare),
    changed: changed.size > list.changed.size ? changed : list.changed,
  };
}

function isLoaded({ before, after }: OrderList, place: Cursor, compare: ComparePlaces): boolean {
  if (before && compare(place, before) < 0) return false;
  return !after || compare(place, after) <= 0;
}

/** A few rows into many: the many are only searched and copied, because a list may hold a hundred thousand. */
function insertSorted(
  rows: readonly ListedOrder[],
  added: ListedOrder[],
  compare: ComparePlaces,
): readonly ListedOrder[] {
  if (added.length === 0) return rows;
  const sorted = added.sort((a, b) => compare(placeOf(a), placeOf(b)));
  const result: ListedOrder[] = [];
  let from = 0;
  for (const row of sorted) {
    const to = firstNotBefore(rows, placeOf(row), from, compare);
    for (let i = from; i < to; i += 1) result.push(rows[i] as ListedOrder);
    result.push(row);
    from = to;
  }
  for (let i = from; i < rows.length; i += 1) result.push(rows[i] as ListedOrder);
  return result;
}

function firstNotBefore(
  rows: readonly ListedOrder[],
  place: Cursor,
  from: number,
  compare: ComparePlaces,
): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(placeOf(rows[middle] as ListedOrder), place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
