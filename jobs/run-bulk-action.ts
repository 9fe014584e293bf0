import type { BulkActionId } from "../app/bulk/bulk-action.ts";
import { runBulkAction } from "../app/bulk/run-bulk-action.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Carries out a bulk action. Several at a time, so that a big one delays no other. */
export const runBulkActionJob = defineJob(
  "run-bulk-action",
  ({ db, queue, stopping }, { shopId, bulkActionId }) =>
    runBulkAction(db, queue, shopId as ShopId, bulkActionId as BulkActionId, stopping),
  () => 3,
);
