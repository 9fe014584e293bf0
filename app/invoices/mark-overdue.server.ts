import { type Db, withShop, withSystem } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { recordDocumentEvents } from "./document-events.server.ts";

const calendarActor: Actor = { kind: "job", id: null, name: "Calendar" };

/** Invoices marked in one transaction. */
const chunkSize = 500;

/** Marks the unpaid invoices whose due date has passed on their shop's calendar, shop by shop. */
export async function markOverdue(db: Db, stopping: AbortSignal): Promise<void> {
  const shops = await withSystem(
    db,
    (tx) => tx.sql<{ id: ShopId }[]>`select id from shops where uninstalled_at is null order by id`,
  );
  for (const { id } of shops) {
    while (!stopping.aborted && (await markShop(db, id)) === chunkSize);
  }
}

/** @returns how many invoices were marked */
async function markShop(db: Db, shopId: ShopId): Promise<number> {
  const marked = await withShop(db, shopId, async (tx) => {
    // Whoever changes a state holds its order. One that is held is left for the next hour: waiting could end in a circle.
    const rows = await tx.sql<{ id: string; orderId: string; number: string }[]>`
      with late as (
        select s.document_id from document_states s
        join documents d on d.shop_id = s.shop_id and d.id = s.document_id and d.kind = 'invoice'
        join orders o on o.shop_id = d.shop_id and o.id = d.order_id
        join shops shop on shop.id = s.shop_id
        where s.shop_id = ${shopId} and s.state in ('issued', 'partly_paid')
          and d.due_on < (now() at time zone shop.time_zone)::date
        order by s.document_id limit ${chunkSize} for update of o skip locked
      )
      update document_states s set state = 'overdue', version = s.version + 1, updated_at = now()
      from late join documents d on d.shop_id = ${shopId} and d.id = late.document_id
      where s.shop_id = ${shopId} and s.document_id = late.document_id
      returning d.id, d.order_id as "orderId", d.number`;
    if (rows.length === 0) return null;
    await recordDocumentEvents(
      tx,
      shopId,
      rows.map(({ id, orderId, number }) => ({
        orderId,
        documentId: id,
        kind: "overdue",
        detail: { number },
        actor: calendarActor,
      })),
    );
    return { documents: rows.map(({ id }) => id), change: await countChange(tx, shopId) };
  });
  if (!marked) return 0;
  notifyShop(db, { shopId, change: marked.change, orders: [], documents: marked.documents });
  return marked.documents.length;
}
