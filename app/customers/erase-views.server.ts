import type { PendingQuery, Row } from "postgres";
import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { namesPerson } from "./names-person.ts";

/** Whom an erasure is about. */
interface Person {
  shopifyCustomerId: string;
  /** A condition on `orders o`. */
  isTheirs: PendingQuery<Row[]>;
}

/**
 * Takes away the saved views whose name or search names a person who is to be erased. Call it before the person's row
 * is blanked: afterwards nobody knows what they were called.
 * @returns how many views went
 */
export async function eraseViewsNaming(
  tx: Tx,
  shopId: ShopId,
  { shopifyCustomerId, isTheirs }: Person,
): Promise<number> {
  const [customers, orders, views] = await Promise.all([
    tx.sql<CustomerNames[]>`
      select first_name as "firstName", last_name as "lastName", email, phone from customers
      where shop_id = ${shopId} and shopify_customer_id = ${shopifyCustomerId}`,
    tx.sql<OrderNames[]>`
      select distinct o.customer_name as name, o.email, o.shipping_address as shipping, o.billing_address as billing
      from orders o where o.shop_id = ${shopId} and ${isTheirs}`,
    tx.sql<StoredView[]>`select id, screen, name, query from saved_views where shop_id = ${shopId}`,
  ]);
  const names = [...customers.flatMap(namesOfCustomer), ...orders.flatMap(namesOfOrder)];
  const surnames = customers.flatMap(({ firstName, lastName }) => lastName ?? firstName ?? []);
  const naming = views.filter((view) => isAbout(view, names, surnames)).map(({ id }) => id);
  return naming.length > 0 ? eraseViews(tx, shopId, tx.sql`id = any(${naming}::uuid[])`) : 0;
}

/** Any view of a shop that has left may name somebody. @returns how many went */
export const eraseAllViews = (tx: Tx, shopId: ShopId): Promise<number> =>
  eraseViews(tx, shopId, tx.sql`true`);

/** A deleted view can be brought back: so it loses its words too, and whoever does that finds the whole list. */
async function eraseViews(tx: Tx, shopId: ShopId, which: PendingQuery<Row[]>): Promise<number> {
  const { count } = await tx.sql`
    update saved_views set name = 'Erased', query = '', version = version + 1, updated_at = now(),
      deleted_at = coalesce(deleted_at, now())
    where shop_id = ${shopId} and ${which}`;
  return count;
}

interface StoredView {
  id: string;
  screen: string;
  name: string;
  query: string;
}

/**
 * A surname alone may be any word, "green" say. It is a person's in a search for customers, and a first name alone is
 * many people's: it counts for somebody who has no other.
 */
function isAbout({ screen, name, query }: StoredView, names: (string | null)[], surnames: string[]): boolean {
  const searched = screen === "customers" ? surnames : surnames.map((surname) => `customer ${surname}`);
  return namesPerson(name, names) || namesPerson(query, [...names, ...searched]);
}

interface CustomerNames {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

const namesOfCustomer = ({ firstName, lastName, email, phone }: CustomerNames) => [
  firstName && lastName && `${firstName} ${lastName}`,
  email,
  phone,
];

interface OrderNames {
  name: string | null;
  email: string | null;
  shipping: StoredAddress | null;
  billing: StoredAddress | null;
}

const namesOfOrder = ({ name, email, shipping, billing }: OrderNames) => [
  name,
  email,
  ...[shipping, billing].flatMap((address) =>
    address ? [address.name, address.address1, address.phone] : [],
  ),
];
