import { type Db, withShop } from "../db.server.ts";
import type { ShopTerms } from "../search/compile-query.server.ts";
import { edgeOfDay } from "../search/edge-of-day.server.ts";
import type { Query } from "../search/query.ts";
import { readPage, readPlaces } from "../search/read-page.server.ts";
import type { Cursor, Direction } from "../search/search-table.ts";
import type { Shop } from "../shops/shop.ts";
import type { OrderId } from "./order.ts";
import { type OrderSort, orderSearchTable } from "./order-search-table.ts";
import { type OrderListItem, readListItems } from "./orders.server.ts";

/** A row of the list with its place in it. */
export interface ListedOrder extends OrderListItem {
  /** The value the list is sorted by, as a cursor has it. */
  sortKey: string;
}

export interface OrderPage {
  orders: ListedOrder[];
  /** The edge to go on from towards the start of the list; null when nothing comes before. */
  before: Cursor | null;
  /** The same towards its end. */
  after: Cursor | null;
}

export interface ListOrders {
  query: Query;
  sort: OrderSort;
  direction: Direction;
  after?: Cursor | null;
  before?: Cursor | null;
  /** A day in the shop's time zone, `yyyy-mm-dd`: the list begins with its orders. For the sort by date only. */
  at?: string | null;
  limit?: number;
}

type ListingShop = Pick<Shop, "id" | "timeZone" | "currency">;

/** One page of the shop's orders. A deep page costs what the first does. */
export function listOrders(db: Db, shop: ListingShop, request: ListOrders): Promise<OrderPage> {
  const { query, sort, direction, limit = 50, before = null } = request;
  return withShop(db, shop.id, async (tx) => {
    const edge = request.at ? await edgeOfDay(tx, request.at, direction, shop.timeZone) : null;
    const after = edge ?? request.after ?? null;
    const terms: ShopTerms = shop;
    const page = await readPage(
      tx,
      orderSearchTable,
      { query, sort, direction, after, before: edge ? null : before, limit },
      terms,
    );
    const places = new Map(page.rows.map(({ id, key }) => [id, key]));
    const items = await readListItems(tx, shop.id, [...places.keys()]);
    return {
      orders: items.map((item) => ({ ...item, sortKey: places.get(item.id) ?? "" })),
      before: page.before,
      after: page.after,
    };
  });
}

/** The given orders as the list shows them now; those that the query does not match any more are left out. */
export function readListedOrders(
  db: Db,
  shop: ListingShop,
  { query, sort, ids }: { query: Query; sort: OrderSort; ids: OrderId[] },
): Promise<ListedOrder[]> {
  return withShop(db, shop.id, async (tx) => {
    const found = await readPlaces(tx, orderSearchTable, { query, sort, ids }, shop);
    const places = new Map(found.map(({ id, key }) => [id, key]));
    const items = await readListItems(tx, shop.id, [...places.keys()]);
    return items.map((item) => ({ ...item, sortKey: places.get(item.id) ?? "" }));
  });
}
