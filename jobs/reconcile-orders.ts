import { reconcileOrders } from "../app/orders/reconcile-orders.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Fetches what a shop's deliveries did not tell us. */
export const reconcileOrdersJob = defineJob("reconcile-orders", (context, { shopId }) =>
  reconcileOrders(context, shopId as ShopId, context.stopping),
);
