import { type Db, withShop } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import { composeOrder } from "./compose-order.ts";
import { readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";
import type { InvoiceSettings } from "./settings.ts";

/** How many orders are tried: the newest may be one that is held. */
const tries = 5;

/**
 * The invoice of the newest order that can have one, as if it had none and nothing was paid, so that terms and account
 * are to be seen, in the language that the template names.
 * @param template one that is not saved yet; without it the shop's own
 * @returns null while no order can have one
 */
export function findPreview(
  db: Db,
  shopId: ShopId,
  template?: InvoiceSettings["template"],
): Promise<{ orderName: string; content: DocumentContent } | null> {
  return withShop(db, shopId, async (tx) => {
    const newest = await tx.sql<{ id: string }[]>`
      select id from orders
      where shop_id = ${shopId} and deleted_at is null and not test
        and exists (select from order_bills where order_bills.shop_id = orders.shop_id and order_id = orders.id)
      order by created_at desc, id desc limit ${tries}`;
    const ids = newest.map(({ id }) => id);
    const orders = await readOrdersToBill(tx, shopId, ids, { lock: false });
    const terms = await readBillingTerms(tx, shopId);
    const settings = template ? { ...terms.settings, template } : terms.settings;
    for (const id of ids) {
      const order = orders.get(id);
      if (!order?.bill) continue;
      const outstanding = order.bill.current.total.shop;
      const bill = { ...order.bill, outstanding, locale: settings.template.language };
      const unpaid = { ...order, bill, financialStatus: "pending", documents: [] };
      const composed = composeOrder(unpaid, { ...terms, settings }, "by_hand");
      const [content] = composed.outcome === "documents" ? composed.contents : [];
      if (content) return { orderName: order.name, content };
    }
    return null;
  });
}
