import { type Db, withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";

/** Fills a shop with numbered orders, a minute apart; many share a total. @returns their ids by number, the first being 1 */
export function fillOrders(db: Db, shopId: ShopId, count: number, first = 1): Promise<string[]> {
  return withShop(db, shopId, async ({ sql }) => {
    await sql`
      insert into orders (shop_id, id, shopify_order_id, name, status, customer_name, currency, total_minor, subtotal_minor,
        tax_minor, discount_minor, shipping_fee_minor, taxes_included, presentment_currency, presentment_total_minor,
        ordered_total_minor, computed_total_minor, item_count, lines_hash, note, tags, version, shopify_values,
        last_external_updated_at, last_content_hash, created_at)
      select ${shopId}, gen_random_uuid(), abs(hashtextextended(${shopId} || n, 0)), '#' || n,
        (array['PENDING', 'CONFIRMED', 'SHIPPED', 'CANCELLED'])[1 + n % 4], 'Customer ' || n, 'EUR', n::bigint * 7919 % 997 * 13, 0,
        0, 0, 0, true, 'EUR', 0, 0, 0, 1, '', '=note ' || n, array['tag ' || n % 7], 1, '{}', now(), '',
        timestamptz '2026-01-01 00:00:00Z' + make_interval(mins => n)
      from generate_series(${first}::int, ${first + count - 1}::int) n`;
    const rows = await sql<{ id: string }[]>`
      select id from orders where shop_id = ${shopId} order by created_at desc limit ${count}`;
    return rows.map(({ id }) => id).reverse();
  });
}

let nextNumber = 1_000_000;

/** Writes so many times, each a transaction: a new order, an edit, a deletion, and so on, by five writers at once. */
export async function changeOrders(db: Db, shopId: ShopId, ids: string[], writes: number): Promise<void> {
  let next = 0;
  const writer = async () => {
    for (let write = next++; write < writes; write = next++)
      await writeOnce(db, shopId, ids[write] ?? "", write % 3);
  };
  await Promise.all([writer(), writer(), writer(), writer(), writer()]);
}

async function writeOnce(db: Db, shopId: ShopId, id: string, kind: number): Promise<void> {
  if (kind === 0) {
    await fillOrders(db, shopId, 1, nextNumber++);
    return;
  }
  await withShop(db, shopId, async ({ sql }) => {
    if (kind === 1)
      await sql`update orders set total_minor = total_minor + 1, version = version + 1
                where shop_id = ${shopId} and id = ${id}`;
    else await sql`update orders set deleted_at = now() where shop_id = ${shopId} and id = ${id}`;
  });
}
