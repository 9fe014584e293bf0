import { v7 as uuidv7 } from "uuid";
import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentContent, DocumentKind } from "../documents/document.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { composeOrder } from "./compose-order.ts";
import { recordDocumentEvents } from "./document-events.server.ts";
import { readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";

/** A document that waits: prepared by a person, or held for one. */
export interface Draft {
  id: string;
  orderId: string;
  kind: DocumentKind;
  /** What it would say; null for one that is held. */
  content: DocumentContent | null;
  billHash: string;
  heldReason: string | null;
  /** ISO 8601; set once a person has decided to leave what is held. */
  dismissedAt: string | null;
  version: number;
  createdBy: string;
  updatedAt: string;
}

/** What an order's next document would say. */
export type Preview =
  | { outcome: "preview"; contents: DocumentContent[]; billHash: string }
  | { outcome: "nothing_to_invoice" }
  | { outcome: "held"; reason: string; differenceMinor: string | null; currency: string }
  | { outcome: "not_found" };

/**
 * Composes an order's next documents without issuing or storing anything. Another shop's order is not found.
 * @param acceptDifference as if a person had accepted that Shopify's figures and the lines differ
 */
export function previewDocuments(
  db: Db,
  shopId: ShopId,
  orderId: string,
  { acceptDifference = false } = {},
): Promise<Preview> {
  return withShop(db, shopId, (tx) => compose(tx, shopId, orderId, { lock: false, acceptDifference }));
}

/** Composes an order's invoice and keeps it as a draft, which has no number, for people to look at. */
export async function prepareDraft(
  db: Db,
  { shopId, orderId, actor }: { shopId: ShopId; orderId: string; actor: Actor },
): Promise<Preview> {
  const { preview, change } = await withShop(db, shopId, async (tx) => {
    const preview = await compose(tx, shopId, orderId, { lock: true });
    const [content] = preview.outcome === "preview" ? preview.contents : [];
    if (preview.outcome !== "preview" || !content) return { preview, change: null };
    await tx.sql`
      insert into invoice_drafts (shop_id, id, order_id, kind, content, bill_hash, trigger, created_by)
      values (${shopId}, ${uuidv7()}, ${orderId}, ${content.kind}, ${JSON.stringify(content)}::text::jsonb,
        ${preview.billHash}, 'by_hand', ${actor.name})
      on conflict (shop_id, order_id, kind) do update set content = excluded.content, bill_hash = excluded.bill_hash,
        trigger = excluded.trigger, held_reason = null, dismissed_at = null, version = invoice_drafts.version + 1,
        created_by = excluded.created_by, updated_at = now()`;
    await recordDocumentEvents(tx, shopId, [{ orderId, kind: "draft_prepared", actor }]);
    return { preview, change: await countChange(tx, shopId) };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: [] });
  return preview;
}

async function compose(
  tx: Tx,
  shopId: ShopId,
  orderId: string,
  { lock, acceptDifference = false }: { lock: boolean; acceptDifference?: boolean },
): Promise<Preview> {
  const order = (await readOrdersToBill(tx, shopId, [orderId], { lock })).get(orderId);
  if (!order || (order.deleted && order.documents.length === 0)) return { outcome: "not_found" };
  const composed = composeOrder(
    order,
    await readBillingTerms(tx, shopId),
    order.documents.length > 0 ? "change" : "by_hand",
    acceptDifference,
  );
  switch (composed.outcome) {
    case "nothing":
      return { outcome: "nothing_to_invoice" };
    case "held":
      return { ...composed, currency: order.bill?.currency ?? "" };
    case "documents":
      return { outcome: "preview", contents: composed.contents, billHash: order.billHash ?? "" };
  }
}

export type DraftOutcome = { outcome: "done" } | { outcome: "not_found" };

/** Throws a prepared draft away, or leaves what is held as it is until the order's bill changes. */
export async function discardDraft(
  db: Db,
  { shopId, draftId, actor }: { shopId: ShopId; draftId: string; actor: Actor },
): Promise<DraftOutcome> {
  const change = await withShop(db, shopId, async (tx) => {
    const [draft] = await tx.sql<{ orderId: string; kind: DocumentKind; held: boolean }[]>`
      update invoice_drafts set dismissed_at = now(), version = version + 1, updated_at = now()
      where shop_id = ${shopId} and id = ${draftId} and dismissed_at is null
      returning order_id as "orderId", kind, held_reason is not null as held`;
    if (!draft) return null;
    if (!draft.held) await tx.sql`delete from invoice_drafts where shop_id = ${shopId} and id = ${draftId}`;
    await recordDocumentEvents(tx, shopId, [
      {
        orderId: draft.orderId,
        kind: draft.held ? "dismissed" : "draft_discarded",
        detail: { documentKind: draft.kind },
        actor,
      },
    ]);
    return countChange(tx, shopId);
  });
  if (change === null) return { outcome: "not_found" };
  notifyShop(db, { shopId, change, orders: [] });
  return { outcome: "done" };
}

/** What waits for an order, those that a person left included. */
export function listDrafts(db: Db, shopId: ShopId, orderId: string): Promise<Draft[]> {
  return withShop(db, shopId, async (tx) => [
    ...(await readDrafts(tx, shopId, tx.sql`order_id = ${orderId}`)),
  ]);
}

/** @returns null for an unknown draft, another shop's included */
export function findDraft(db: Db, shopId: ShopId, draftId: string): Promise<Draft | null> {
  return withShop(db, shopId, async (tx) => {
    const [draft] = await readDrafts(tx, shopId, tx.sql`id = ${draftId}`);
    return draft ?? null;
  });
}

function readDrafts(tx: Tx, shopId: ShopId, condition: ReturnType<Tx["sql"]>) {
  return tx.sql<Draft[]>`
    select id, order_id as "orderId", kind, content, bill_hash as "billHash", held_reason as "heldReason",
      to_json(dismissed_at)#>>'{}' as "dismissedAt", version, created_by as "createdBy",
      to_json(updated_at)#>>'{}' as "updatedAt"
    from invoice_drafts where shop_id = ${shopId} and ${condition} order by kind desc`;
}
