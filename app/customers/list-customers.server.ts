import { type Db, type Tx, withShop } from "../db.server.ts";
import type { Query } from "../search/query.ts";
import { type Count, countRows, readPage } from "../search/read-page.server.ts";
import type { Cursor, Direction } from "../search/search-table.ts";
import type { Shop, ShopId } from "../shops/shop.ts";
import type { CustomerId } from "./customer.ts";
import { type CustomerSort, customerSearchTable } from "./customer-search-table.ts";

/** A customer as a row of the list. Amounts are minor units as text, instants ISO 8601. */
export interface CustomerListItem {
  id: CustomerId;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  note: string | null;
  erased: boolean;
  createdAt: string;
  /** Orders that are neither test nor deleted. */
  orderCount: number;
  /** Current totals of those in the shop's currency that are not cancelled. */
  spentMinor: string;
  lastOrderAt: string | null;
}

/** A row of the list with its place in it. */
export interface ListedCustomer extends CustomerListItem {
  /** The value the list is sorted by, as a cursor has it. */
  sortKey: string;
}

export interface CustomerPage {
  customers: ListedCustomer[];
  /** The edge to go on from towards the start of the list; null when nothing comes before. */
  before: Cursor | null;
  /** The same towards its end. */
  after: Cursor | null;
}

export interface ListCustomers {
  query: Query;
  sort: CustomerSort;
  direction: Direction;
  after?: Cursor | null;
  before?: Cursor | null;
  limit?: number;
}

type ListingShop = Pick<Shop, "id" | "timeZone" | "currency">;

/** One page of the shop's customers. A deep page costs what the first does. */
export function listCustomers(
  db: Db,
  shop: ListingShop,
  { limit = 50, after = null, before = null, ...request }: ListCustomers,
): Promise<CustomerPage> {
  return withShop(db, shop.id, async (tx) => {
    const page = await readPage(tx, customerSearchTable, { ...request, after, before, limit }, shop);
    const places = new Map(page.rows.map(({ id, key }) => [id, key]));
    const items = await readListItems(tx, shop.id, [...places.keys()]);
    return {
      customers: items.map((item) => ({ ...item, sortKey: places.get(item.id) ?? "" })),
      before: page.before,
      after: page.after,
    };
  });
}

/** How many customers the query matches; see {@link countRows}. */
export function countListedCustomers(db: Db, shop: ListingShop, query: Query): Promise<Count> {
  return countRows(db, shop, customerSearchTable, query);
}

/** Reads customers as rows of the list, in the order of the given ids. Those of another shop are left out. */
async function readListItems(tx: Tx, shopId: ShopId, ids: string[]): Promise<CustomerListItem[]> {
  if (ids.length === 0) return [];
  return tx.sql<CustomerListItem[]>`
    select c.id, c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone, c.note,
      c.erased_at is not null as erased, to_json(c.created_at)#>>'{}' as "createdAt",
      s.order_count as "orderCount", s.spent_minor::text as "spentMinor",
      to_json(nullif(s.last_order_at, '-infinity'))#>>'{}' as "lastOrderAt"
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, place)
    join customers c on c.shop_id = ${shopId} and c.id = wanted.id
    join desk_customers s on s.customer_id = c.id
    order by wanted.place`;
}
