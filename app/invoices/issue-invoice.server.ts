import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type IssueOutcome, issueInvoices } from "./issue-invoices.server.ts";

export { type IssueOutcome, issueInvoices } from "./issue-invoices.server.ts";

/** Somebody was shown a preview, and the order can be billed for something else meanwhile. */
export type IssueInvoiceOutcome = IssueOutcome | { orderId: string; outcome: "changed" };

/**
 * Issues an order's invoice by hand, or what its documents lack. Twice at once issues once: the second waits for the
 * order's lock and finds nothing left.
 * @param previewedBillHash the bill that a preview was made from; another one now issues nothing and says so
 */
export async function issueInvoice(
  db: Db,
  queue: Queue,
  {
    shopId,
    orderId,
    actor,
    previewedBillHash,
    acceptDifference,
  }: {
    shopId: ShopId;
    orderId: string;
    actor: Actor;
    previewedBillHash?: string;
    acceptDifference?: boolean;
  },
): Promise<IssueInvoiceOutcome> {
  const { outcome, change } = await withShop(db, shopId, async (tx) => {
    if (previewedBillHash !== undefined) {
      await tx.sql`select from orders where shop_id = ${shopId} and id = ${orderId} for update`;
      const [now] = await tx.sql<{ hash: string }[]>`
        select bill_hash as hash from order_bills where shop_id = ${shopId} and order_id = ${orderId}`;
      if (now && now.hash !== previewedBillHash)
        return { outcome: { orderId, outcome: "changed" } as const, change: null };
    }
    const [outcome] = await issueInvoices(tx, queue, {
      shopId,
      orderIds: [orderId],
      trigger: "by_hand",
      actor,
      acceptDifference,
    });
    if (!outcome) throw new Error("every order asked for has an outcome");
    const visible = outcome.outcome === "issued" || outcome.outcome === "held";
    return { outcome, change: visible ? await countChange(tx, shopId) : null };
  });
  if (change !== null) {
    const documents = outcome.outcome === "issued" ? outcome.documents.map(({ id }) => id) : [];
    notifyShop(db, { shopId, change, orders: [], documents });
  }
  return outcome;
}
