import { billFetched } from "../app/invoices/bill-fetched.server.ts";
import { reconcileOrders } from "../app/orders/reconcile-orders.server.ts";
import { requestReconciliation } from "../app/orders/schedule-reconciliation.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { refreshShop } from "../app/shops/shop-details.server.ts";
import { defineJob } from "./define-job.ts";

/** Fetches what a shop's deliveries did not tell us, its own details first. Several shops at a time, so that a big one delays no other. */
export const reconcileOrdersJob = defineJob(
  "reconcile-orders",
  async (context, { shopId }) => {
    await refreshShop(context, context.queue, shopId as ShopId);
    const outcome = await reconcileOrders(
      context,
      shopId as ShopId,
      context.stopping,
      billFetched(context.queue),
    );
    if (outcome === "unfinished") await requestReconciliation(context.db, context.queue, shopId as ShopId);
  },
  { atOnce: 3 },
);
