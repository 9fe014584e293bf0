import { v7 as uuidv7 } from "uuid";
import type { Tx } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import { type Actor, type ShopId, shopifyActor } from "../shops/shop.ts";
import { recordDocumentEvents } from "./document-events.server.ts";

/** An order whose document waits for a person. */
export interface Hold {
  orderId: string;
  /** What waits: the first invoice, or a correction of what was issued. */
  kind: DocumentKind;
  /** A sentence that says what does not add up and, where it helps, what to do. */
  reason: string;
  trigger: string;
  /** The bill that it is held for: when another one comes, it is tried again. */
  billHash: string;
}

/** Holds orders for a person and says so on their timelines. What is held for the same reason already stays as it is. */
export async function holdOrders(
  tx: Tx,
  shopId: ShopId,
  holds: Hold[],
  actor: Actor = shopifyActor,
): Promise<number> {
  if (holds.length === 0) return 0;
  const rows = holds.map((hold) => ({
    id: uuidv7(),
    order_id: hold.orderId,
    kind: hold.kind,
    bill_hash: hold.billHash,
    trigger: hold.trigger,
    held_reason: hold.reason,
  }));
  const held = await tx.sql<{ orderId: string; kind: DocumentKind; reason: string }[]>`
    insert into invoice_drafts (shop_id, id, order_id, kind, bill_hash, trigger, held_reason, created_by)
    select ${shopId}::uuid, r.*, ${actor.name}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id uuid, order_id uuid, kind text, bill_hash text,
      trigger text, held_reason text)
    order by r.order_id
    on conflict (shop_id, order_id, kind) do update set bill_hash = excluded.bill_hash, trigger = excluded.trigger,
      held_reason = excluded.held_reason, content = null, dismissed_at = null, version = invoice_drafts.version + 1,
      created_by = excluded.created_by, updated_at = now()
    where invoice_drafts.held_reason is distinct from excluded.held_reason
      or invoice_drafts.bill_hash <> excluded.bill_hash
    returning order_id as "orderId", kind, held_reason as reason`;
  await recordDocumentEvents(
    tx,
    shopId,
    held.map(({ orderId, kind, reason }) => ({
      orderId,
      kind: "held",
      detail: { documentKind: kind, reason },
      actor,
    })),
  );
  return held.length;
}

/** Removes what waited for orders that have all their documents now. */
export async function dropDrafts(tx: Tx, shopId: ShopId, orderIds: string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await tx.sql`delete from invoice_drafts where shop_id = ${shopId} and order_id = any(${orderIds}::uuid[])`;
}
