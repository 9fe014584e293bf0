import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type ComposedCredit, type CreditChoice, composeCreditNote } from "./compose-credit-note.ts";
import { toNewDocuments } from "./compose-order.ts";
import type { IssuedNow } from "./document-row.ts";
import { insertDocuments } from "./insert-documents.server.ts";
import { type OrderToBill, readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";
import { updatePayments } from "./update-payments.server.ts";

export interface CreditOrder {
  shopId: ShopId;
  /** The invoice that a person looks at; what is left is counted over all documents of its order. */
  documentId: string;
  /** "full" is all that is left. */
  choice: CreditChoice | { by: "full" };
  /** Printed on the credit note; null prints what it amounts to. */
  reason: string | null;
}

export type CreditPreview =
  /** `documents` is how many the order has: what is issued after this preview is asked about by it. */
  | { outcome: "preview"; content: DocumentContent; documents: number }
  | Exclude<ComposedCredit, { outcome: "credit_note" }>
  | { outcome: "not_found" };

export type IssueCreditOutcome =
  | { outcome: "issued"; document: IssuedNow }
  /** The order has got another document since the preview. */
  | { outcome: "changed" }
  | Exclude<CreditPreview, { outcome: "preview" }>;

/** What a credit note made by hand would say. Issues nothing. */
export function previewCreditNote(db: Db, credit: CreditOrder): Promise<CreditPreview> {
  return withShop(db, credit.shopId, async (tx) => {
    const composed = await compose(tx, credit, { lock: false });
    if (composed.outcome !== "credit_note") return composed;
    const { content, order } = composed;
    return { outcome: "preview", content, documents: order.documents.length };
  });
}

/**
 * Issues a credit note by hand, by lines, by an amount, or for all that is left, never for more. The order's lock
 * makes two at once share what is left. Works for an order that was deleted at Shopify too.
 * @param previewedDocuments how many documents the order had at the preview; a button pressed twice issues once by it
 */
export async function issueCreditNote(
  db: Db,
  queue: Queue,
  { actor, previewedDocuments, ...credit }: CreditOrder & { actor: Actor; previewedDocuments?: number },
): Promise<IssueCreditOutcome> {
  const { shopId } = credit;
  const result = await withShop(db, shopId, async (tx) => {
    const composed = await compose(tx, credit, { lock: true });
    if (composed.outcome !== "credit_note") return { outcome: composed };
    const { order, content, staffReason } = composed;
    if (previewedDocuments !== undefined && previewedDocuments !== order.documents.length)
      return { outcome: { outcome: "changed" } as const };
    const [document] = await insertDocuments(
      tx,
      queue,
      shopId,
      toNewDocuments(order, { contents: [content], reasons: [staffReason] }, "by_hand", actor),
    );
    if (!document) throw new Error("the credit note was issued");
    const moved = await updatePayments(tx, shopId, { orderIds: [order.id], actor });
    const change = await countChange(tx, shopId);
    return { outcome: { outcome: "issued", document } as const, change, documents: [document.id, ...moved] };
  });
  if (result.change !== undefined)
    notifyShop(db, { shopId, change: result.change, orders: [], documents: [...new Set(result.documents)] });
  return result.outcome;
}

type Composed =
  | (Extract<ComposedCredit, { outcome: "credit_note" }> & { order: OrderToBill })
  | Exclude<CreditPreview, { outcome: "preview" }>;

async function compose(
  tx: Tx,
  { shopId, documentId, choice, reason }: CreditOrder,
  { lock }: { lock: boolean },
): Promise<Composed> {
  const [row] = await tx.sql<{ orderId: string }[]>`
    select order_id as "orderId" from documents where shop_id = ${shopId} and id = ${documentId}`;
  const order = row && (await readOrdersToBill(tx, shopId, [row.orderId], { lock })).get(row.orderId);
  if (!order?.bill) return { outcome: "not_found" };
  const { bill, documents: issued } = order;
  const subject = { bill, order, issued, reason, ...(await readBillingTerms(tx, shopId)) };
  const composed = choice.by === "full" ? creditAll(subject) : composeCreditNote({ ...subject, choice });
  return composed.outcome === "credit_note" ? { ...composed, order } : composed;
}

function creditAll(subject: Omit<Parameters<typeof composeCreditNote>[0], "choice">): ComposedCredit {
  const invoiced = subject.issued
    .filter(({ content }) => content.kind === "invoice")
    .reduce((sum, { content }) => sum + BigInt(content.totals.grossMinor), 0n);
  // More than can be left answers with what is left.
  const asked = composeCreditNote({ ...subject, choice: amount(invoiced + 1n) });
  if (asked.outcome !== "too_much") return asked;
  return composeCreditNote({ ...subject, choice: amount(BigInt(asked.leftMinor)) });
}

const amount = (minor: bigint): CreditChoice => ({ by: "amount", amountMinor: String(minor) });
