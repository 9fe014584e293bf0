import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentContent, DocumentKind } from "../documents/document.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { composeOrder } from "./compose-order.ts";
import type { DifferenceFigures } from "./difference-figures.ts";
import { recordDocumentEvents } from "./document-events.server.ts";
import { readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";

/**
 * A document that waits for a person. What a document would say is never stored: the page that issues it composes and
 * draws it anew each time (docs/decisions/0016).
 */
export interface Draft {
  id: string;
  orderId: string;
  kind: DocumentKind;
  billHash: string;
  heldReason: string;
  /** ISO 8601; set once a person has decided to leave what is held. */
  dismissedAt: string | null;
  version: number;
  createdBy: string;
  updatedAt: string;
}

/** What an order's next document would say. */
export type Preview =
  | {
      outcome: "preview";
      contents: DocumentContent[];
      billHash: string;
      /** The difference that is on a line of its own; null where there is none to accept. */
      accepted: DifferenceFigures | null;
    }
  | { outcome: "nothing_to_invoice" }
  /** `difference` is null where a person cannot accept it. */
  | { outcome: "held"; reason: string; difference: DifferenceFigures | null }
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
  return withShop(db, shopId, (tx) => compose(tx, shopId, orderId, acceptDifference));
}

async function compose(tx: Tx, shopId: ShopId, orderId: string, acceptDifference: boolean): Promise<Preview> {
  const order = (await readOrdersToBill(tx, shopId, [orderId], { lock: false })).get(orderId);
  if (!order || (order.deleted && order.documents.length === 0)) return { outcome: "not_found" };
  const terms = await readBillingTerms(tx, shopId);
  const cause = order.documents.length > 0 ? "change" : "by_hand";
  const composed = composeOrder(order, terms, cause, acceptDifference);
  switch (composed.outcome) {
    case "nothing":
      return { outcome: "nothing_to_invoice" };
    case "held":
      return composed;
    case "documents": {
      const plain = acceptDifference ? composeOrder(order, terms, cause) : composed;
      const accepted = plain.outcome === "held" ? plain.difference : null;
      const { contents } = composed;
      return { outcome: "preview", contents, billHash: order.billHash ?? "", accepted };
    }
  }
}

export type DraftOutcome = { outcome: "done" } | { outcome: "not_found" };

/** Leaves what is held as it is until the order's bill changes. */
export async function discardDraft(
  db: Db,
  { shopId, draftId, actor }: { shopId: ShopId; draftId: string; actor: Actor },
): Promise<DraftOutcome> {
  const change = await withShop(db, shopId, async (tx) => {
    const [draft] = await tx.sql<{ orderId: string; kind: DocumentKind }[]>`
      update invoice_drafts set dismissed_at = now(), version = version + 1, updated_at = now()
      where shop_id = ${shopId} and id = ${draftId} and dismissed_at is null and held_reason is not null
      returning order_id as "orderId", kind`;
    if (!draft) return null;
    await recordDocumentEvents(tx, shopId, [
      {
        orderId: draft.orderId,
        kind: "dismissed",
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
    select id, order_id as "orderId", kind, bill_hash as "billHash", held_reason as "heldReason",
      to_json(dismissed_at)#>>'{}' as "dismissedAt", version, created_by as "createdBy",
      to_json(updated_at)#>>'{}' as "updatedAt"
    from invoice_drafts where shop_id = ${shopId} and held_reason is not null and ${condition} order by kind desc`;
}
