import type { AfterFetch } from "../orders/reconcile-orders.server.ts";
import type { Queue } from "../queue.server.ts";
import { billOrders, storedTaxSettings } from "./bill-orders.server.ts";

/** Bills orders that reconciliation fetches as their webhooks would have. */
export function billFetched(queue: Queue): AfterFetch {
  return async (tx, { shopId, written, payload, erased }) => {
    const [shop] = await tx.sql<{ taxes: unknown }[]>`select ${storedTaxSettings(tx, shopId)} as taxes`;
    const orders = written.map(({ id }) => ({ id, payload, erased }));
    return billOrders(tx, queue, shopId, orders, shop?.taxes);
  };
}
