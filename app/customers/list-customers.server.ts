import { type Db, type Tx, withShop } from "../db.server.ts";
import type { Query } from "../search/query.ts";
import { type Count, countRows, readPage, readPlaces } from "../search/read-page.server.ts";
import type { Cursor, Direction } from "../search/search-table.ts";
import type { Shop } from "../shops/shop.ts";
import type { AskedCustomer } from "./asked-customers.ts";
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
  /** The shop's. */
  currency: string;
  lastOrderAt: string | null;
}

/** A row of the list with its place in it. */
export interface ListedCustomer extends CustomerListItem {
  /** The value the list is sorted by, as a cursor has it. */
  sortKey: string;
  /** The shop's change number when the row was read: what counts here changes without a version. */
  readAt: number;
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
    const customers = await readRows(tx, shop, page.rows);
    return { customers, before: page.before, after: page.after };
  });
}

/**
 * Customers as the list shows them now, by id or by an order of theirs.
 * @returns the customers that were asked for, of this shop, and the rows of those that the query matches
 */
export function readListedCustomers(
  db: Db,
  shop: ListingShop,
  { query, sort, asked }: { query: Query; sort: CustomerSort; asked: AskedCustomer[] },
): Promise<{ asked: CustomerId[]; customers: ListedCustomer[] }> {
  return withShop(db, shop.id, async (tx) => {
    const ofKind = (kind: AskedCustomer["kind"]) =>
      asked.filter((one) => one.kind === kind).map(({ id }) => id);
    const found = await tx.sql<{ id: CustomerId }[]>`
      select id from customers where shop_id = ${shop.id} and id = any(${ofKind("customer")}::uuid[])
      union
      select customer_id from orders
      where shop_id = ${shop.id} and id = any(${ofKind("order")}::uuid[]) and customer_id is not null`;
    const ids = found.map(({ id }) => id);
    const places = await readPlaces(tx, customerSearchTable, { query, sort, ids }, shop);
    return { asked: ids, customers: await readRows(tx, shop, places) };
  });
}

/** How many customers the query matches; see {@link countRows}. */
export function countListedCustomers(db: Db, shop: ListingShop, query: Query): Promise<Count> {
  return countRows(db, shop, customerSearchTable, query);
}

/** Reads the customers at the given places, in their order. Those of another shop are left out. */
async function readRows(tx: Tx, shop: ListingShop, places: Cursor[]): Promise<ListedCustomer[]> {
  if (places.length === 0) return [];
  const keys = new Map(places.map(({ id, key }) => [id, key]));
  // The change number comes from the same snapshot as the rows, or it could not tell which reading is the older.
  const rows = await tx.sql<Omit<ListedCustomer, "sortKey" | "currency">[]>`
    select c.id, c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone, c.note,
      c.erased_at is not null as erased, to_json(c.created_at)#>>'{}' as "createdAt",
      s.order_count as "orderCount", s.spent_minor::text as "spentMinor",
      to_json(nullif(s.last_order_at, '-infinity'))#>>'{}' as "lastOrderAt",
      coalesce((select last_change from shop_changes where shop_id = ${shop.id}), 0)::float8 as "readAt"
    from unnest(${[...keys.keys()]}::uuid[]) with ordinality as wanted (id, place)
    join customers c on c.shop_id = ${shop.id} and c.id = wanted.id
    join desk_customers s on s.customer_id = c.id
    order by wanted.place`;
  return rows.map((row) => ({ ...row, currency: shop.currency, sortKey: keys.get(row.id) ?? "" }));
}
