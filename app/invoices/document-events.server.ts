import type { Db, Tx } from "../db.server.ts";
import { withShop } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { DocumentEvent, DocumentEventKind } from "./describe-document-event.ts";

export interface NewDocumentEvent {
  orderId: string;
  documentId?: string | null;
  kind: DocumentEventKind;
  detail?: DocumentEvent["detail"];
  actor: Actor;
}

/** Writes what happened around documents, in the order given. */
export async function recordDocumentEvents(
  tx: Tx,
  shopId: ShopId,
  events: NewDocumentEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ orderId, documentId = null, kind, detail = {}, actor }) => ({
    order_id: orderId,
    document_id: documentId,
    kind,
    detail,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
  }));
  await tx.sql`
    insert into document_events (shop_id, order_id, document_id, kind, detail, actor_kind, actor_id, actor_name)
    select ${shopId}::uuid, r.* from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (order_id uuid,
      document_id uuid, kind text, detail jsonb, actor_kind text, actor_id text, actor_name text)`;
}

/** The newest events that a page shows. */
const eventLimit = 200;

/**
 * What happened around an order's documents, newest first; with `documentId` around that document alone, and that others
 * were issued to correct it or to add to it.
 */
export function listDocumentEvents(
  db: Db,
  shopId: ShopId,
  { orderId, documentId = null }: { orderId: string; documentId?: string | null },
): Promise<DocumentEvent[]> {
  return withShop(db, shopId, async (tx) => [
    ...(await tx.sql<DocumentEvent[]>`
      select id::text, document_id as "documentId", kind, detail, actor_kind as "actorKind", actor_name as "actorName",
        to_json(created_at)#>>'{}' as "createdAt"
      from document_events
      where shop_id = ${shopId} and order_id = ${orderId}
        and (${documentId}::uuid is null or document_id = ${documentId}::uuid or kind = 'issued' and document_id in (
          select d.id from documents d
          where d.shop_id = ${shopId} and d.order_id = ${orderId} and d.refers_to_id = ${documentId}::uuid))
      order by document_events.id desc limit ${eventLimit}`),
  ]);
}
