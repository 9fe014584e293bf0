import type { Tx } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";

/** What this feature writes into the timeline of documents. */
export type DocumentEventKind =
  | "mail_queued"
  | "mail_sent"
  | "mail_failed"
  | "mail_bounced"
  | "mail_skipped"
  | "link_created"
  | "link_revoked"
  | "link_restored";

export interface DocumentEvent {
  documentId: string;
  kind: DocumentEventKind;
  /** Never an address: events cannot be changed, and an erasure has to reach every address. `mailId` leads to it. */
  detail: { number: string; mailId?: string; linkId?: string; reason?: string };
  actor: Actor;
}

/** Adds one line to the document's timeline and so to its order's. */
export async function recordDocumentEvent(
  tx: Tx,
  shopId: ShopId,
  { documentId, kind, detail, actor }: DocumentEvent,
): Promise<void> {
  await tx.sql`
    insert into document_events (shop_id, order_id, document_id, kind, detail, actor_kind, actor_id, actor_name)
    select shop_id, order_id, id, ${kind}::text, ${JSON.stringify(detail)}::text::jsonb, ${actor.kind}::text, ${actor.id}::text,
      ${actor.name}::text
    from documents where shop_id = ${shopId} and id = ${documentId}`;
}
