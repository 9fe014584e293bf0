import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { CustomerId } from "./customer.ts";

/** What a customer has spent in one currency. Amounts are minor units as text. */
export interface Spending {
  currency: string;
  /** Current totals of the orders that are neither cancelled nor test. */
  spentMinor: string;
  orders: number;
}

export interface Customer {
  id: CustomerId;
  shopifyCustomerId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  note: string | null;
  /** Rises with every change of the note. */
  version: number;
  erased: boolean;
  /** When we first heard of them, or when they first ordered if that is earlier. */
  knownSince: string;
  /** Orders that are neither test nor deleted. */
  orderCount: number;
  lastOrderAt: string | null;
  spending: Spending[];
}

/** @returns null for an unknown customer, another shop's included */
export function findCustomer(db: Db, shopId: ShopId, customerId: CustomerId): Promise<Customer | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<Omit<Customer, "spending">[]>`
      select c.id, c.shopify_customer_id::text as "shopifyCustomerId", c.first_name as "firstName",
        c.last_name as "lastName", c.email, c.phone, c.note, c.version, c.erased_at is not null as erased,
        to_json(least(c.created_at, o.first_at))#>>'{}' as "knownSince", o.orders as "orderCount",
        to_json(o.last_at)#>>'{}' as "lastOrderAt"
      from customers c cross join lateral (
        select count(*)::int as orders, min(created_at) as first_at, max(created_at) as last_at from orders
        where shop_id = ${shopId} and customer_id = c.id and deleted_at is null and not test) o
      where c.shop_id = ${shopId} and c.id = ${customerId}`;
    return row ? { ...row, spending: await readSpending(tx, shopId, customerId) } : null;
  });
}

/** The largest number of orders first, so that the shop's usual currency leads. */
async function readSpending(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Spending[]> {
  return [
    ...(await tx.sql<Spending[]>`
      select currency, sum(total_minor)::text as "spentMinor", count(*)::int as orders from orders
      where shop_id = ${shopId} and customer_id = ${customerId} and deleted_at is null and not test
        and status <> 'CANCELLED'
      group by currency order by count(*) desc, currency`),
  ];
}
