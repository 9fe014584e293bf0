import { v7 as uuidv7 } from "uuid";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** A customer as an order payload describes them. */
export interface CustomerPayload {
  shopifyCustomerId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  updatedAt: string | null;
}

export interface KnownCustomer {
  id: string;
  /** Personal data was erased on request; nothing may bring it back. */
  erased: boolean;
  /** The payloads said something new of them. */
  changed: boolean;
}

/**
 * Stores the customers that a batch of payloads mentions and returns them by Shopify id. An older description
 * never replaces a newer one, and an erased customer stays erased.
 */
export async function applyCustomers(
  tx: Tx,
  shopId: ShopId,
  payloads: CustomerPayload[],
): Promise<Map<string, KnownCustomer>> {
  const newest = new Map<string, CustomerPayload>();
  for (const payload of payloads) {
    const known = newest.get(payload.shopifyCustomerId);
    if (!known || (payload.updatedAt ?? "") >= (known.updatedAt ?? ""))
      newest.set(payload.shopifyCustomerId, payload);
  }
  if (newest.size === 0) return new Map();
  // Sorted, so that two batches lock their common customers in the same order.
  const rows = [...newest.values()]
    .sort((a, b) => (a.shopifyCustomerId < b.shopifyCustomerId ? -1 : 1))
    .map((payload) => ({ id: uuidv7(), ...payload }));
  // The ids stand there twice: a join alone may be planned as a walk over all customers while they are few.
  const ids = rows.map(({ shopifyCustomerId }) => shopifyCustomerId);
  const stored = await tx.sql<CustomerRow[]>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id uuid, "shopifyCustomerId" bigint,
        "firstName" text, "lastName" text, email text, phone text, "updatedAt" timestamptz)
    ), written as (
      insert into customers as c (shop_id, id, shopify_customer_id, first_name, last_name, email, phone, last_external_updated_at)
      select ${shopId}::uuid, id, "shopifyCustomerId", "firstName", "lastName", email, phone, "updatedAt" from given
      on conflict (shop_id, shopify_customer_id) do update set
        first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
        phone = excluded.phone, last_external_updated_at = excluded.last_external_updated_at, updated_at = now()
      where c.erased_at is null
        and coalesce(excluded.last_external_updated_at, '-infinity') >= coalesce(c.last_external_updated_at, '-infinity')
        and (c.first_name, c.last_name, c.email, c.phone)
            is distinct from (excluded.first_name, excluded.last_name, excluded.email, excluded.phone)
      returning c.id, c.shopify_customer_id, false as erased, true as changed
    )
    select * from written
    union all
    select c.id, c.shopify_customer_id, c.erased_at is not null, false
    from customers c join given on c.shopify_customer_id = given."shopifyCustomerId"
    where c.shop_id = ${shopId} and c.shopify_customer_id = any(${ids}::bigint[])
      and not exists (select from written w where w.shopify_customer_id = c.shopify_customer_id)`;
  const missing = rows.length - stored.length;
  // Another batch inserted a customer between our snapshot and our insert: it is committed by now, so read again.
  const late = missing > 0 ? await readCustomers(tx, shopId, rows) : [];
  return new Map(
    [...late, ...stored].map(({ shopify_customer_id, ...known }) => [shopify_customer_id, known]),
  );
}

interface CustomerRow extends KnownCustomer {
  shopify_customer_id: string;
}

function readCustomers(tx: Tx, shopId: ShopId, customers: CustomerPayload[]): Promise<CustomerRow[]> {
  const ids = customers.map(({ shopifyCustomerId }) => shopifyCustomerId);
  return tx.sql<CustomerRow[]>`
    select id, shopify_customer_id, erased_at is not null as erased, false as changed from customers
    where shop_id = ${shopId} and shopify_customer_id = any(${ids}::bigint[])`;
}
