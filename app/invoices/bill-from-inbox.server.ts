import type { Tx } from "../db.server.ts";
import { parseLosslessJson } from "../lossless-json.ts";
import type { ShopId } from "../shops/shop.ts";
import type { Bill } from "./bill.ts";
import { storedTaxSettings } from "./bill-orders.server.ts";
import { hashBill } from "./map-bill.ts";
import { readBill } from "./read-bill.ts";

export interface InboxBill {
  bill: Bill;
  billHash: string;
}

/**
 * Works the bills of orders out that were last told before bills were kept: from the newest delivery that was applied,
 * whose raw body the inbox still has. Only where that delivery says how the order is now: one that reconciliation has
 * brought up to date since has no body, and bodies that speak of an erased person are gone.
 *
 * @param keep writes them down, as the next delivery would; the orders must be locked then
 * @returns by the order's id; orders without such a body, or with figures that cannot be read, are left out
 */
export async function billFromInbox(
  tx: Tx,
  shopId: ShopId,
  orderIds: string[],
  { keep }: { keep: boolean },
): Promise<Map<string, InboxBill>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.sql<{ id: string; body: string; taxes: unknown }[]>`
    select o.id, e.body, ${storedTaxSettings(tx, shopId)} as taxes
    from orders o
    cross join lateral (
      select body from webhook_events e
      where e.shop_id = o.shop_id and e.shopify_order_id = o.shopify_order_id and e.status = 'applied'
        and e.topic like 'orders/%' and e.topic not in ('orders/edited', 'orders/delete')
      order by e.triggered_at desc nulls last, e.id desc limit 1) e
    where o.shop_id = ${shopId} and o.id = any(${orderIds}::uuid[]) and o.deleted_at is null and e.body is not null
      and (e.body::json ->> 'updated_at')::timestamptz = o.last_external_updated_at`;
  const bills = new Map<string, InboxBill>();
  for (const { id, body, taxes } of rows) {
    const bill = readBill({ payload: parseLosslessJson(body), erased: false }, taxes);
    if (bill !== null && typeof bill !== "string") bills.set(id, { bill, billHash: hashBill(bill) });
  }
  if (keep && bills.size > 0) await keepBills(tx, shopId, bills);
  return bills;
}

function keepBills(tx: Tx, shopId: ShopId, bills: Map<string, InboxBill>) {
  const rows = [...bills].map(([id, { bill, billHash }]) => ({ order_id: id, bill, bill_hash: billHash }));
  return tx.sql`
    insert into order_bills (shop_id, order_id, bill, bill_hash)
    select ${shopId}::uuid, r.order_id, r.bill, r.bill_hash
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (order_id uuid, bill jsonb, bill_hash text)
    order by r.order_id
    on conflict (shop_id, order_id) do nothing`;
}
