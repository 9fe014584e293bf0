import type { BulkActionId } from "../app/bulk/bulk-action.ts";
import { collectOrders } from "../app/bulk/collect-orders.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Takes down the orders of a big bulk action. Two at a time, so that a big one delays no other for long. */
export const collectBulkOrdersJob = defineJob(
  "collect-bulk-orders",
  ({ db, queue, stopping }, { shopId, bulkActionId }) =>
    collectOrders({ db, queue }, shopId as ShopId, bulkActionId as BulkActionId, stopping),
  { atOnce: 2 },
);
