import type { Tx } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { recordDocumentEvents } from "./document-events.server.ts";
import { updatePayments } from "./update-payments.server.ts";

interface UndonePayment {
  id: string;
  documentId: string;
  orderId: string;
  number: string;
  amountMinor: string;
  currency: string;
}

/**
 * Takes recorded payments back, a handful of statements whatever their number. The rows stay and say who did it.
 * Before countChange.
 * @returns the document of each payment that was taken back now; others were before, or are none of the shop's
 */
export async function undoPayments(
  tx: Tx,
  { shopId, paymentIds, actor }: { shopId: ShopId; paymentIds: string[]; actor: Actor },
): Promise<Map<string, string>> {
  await tx.sql`
    select from orders where shop_id = ${shopId} and id in (
      select d.order_id from document_payments p join documents d on d.shop_id = p.shop_id and d.id = p.document_id
      where p.shop_id = ${shopId} and p.id = any(${paymentIds}::uuid[]))
    order by id for update`;
  const undone = await tx.sql<UndonePayment[]>`
    update document_payments p set undone_at = now(), undone_by = ${actor.name}
    from documents d
    where p.shop_id = ${shopId} and p.id = any(${paymentIds}::uuid[]) and p.undone_at is null
      and d.shop_id = p.shop_id and d.id = p.document_id
    returning p.id, p.document_id as "documentId", d.order_id as "orderId", d.number,
      p.amount_minor::text as "amountMinor", d.currency`;
  await recordDocumentEvents(
    tx,
    shopId,
    undone.map(({ orderId, documentId, number, amountMinor, currency }) => ({
      orderId,
      documentId,
      kind: "payment_undone",
      detail: { number, amountMinor, currency },
      actor,
    })),
  );
  const orderIds = [...new Set(undone.map(({ orderId }) => orderId))];
  if (orderIds.length > 0) await updatePayments(tx, shopId, { orderIds, actor });
  return new Map(undone.map(({ id, documentId }) => [id, documentId]));
}
