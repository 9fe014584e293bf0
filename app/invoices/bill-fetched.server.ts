import type { AfterFetch } from "../orders/reconcile-orders.server.ts";
import type { Queue } from "../queue.server.ts";
import { billOrders } from "./bill-orders.server.ts";
import { readBill, withoutPersonalData } from "./read-bill.ts";

/** Bills orders that reconciliation fetches as their webhooks would have. */
export function billFetched(queue: Queue): AfterFetch {
  return (tx, { shopId, written, payload, erased }) => {
    const bill = readBill(payload);
    const orders = written.map(({ id }) => ({ id, bill: erased ? withoutPersonalData(bill) : bill }));
    return billOrders(tx, queue, shopId, orders);
  };
}
