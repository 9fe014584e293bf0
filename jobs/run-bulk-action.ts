import type { BulkActionId } from "../app/bulk/bulk-action.ts";
import { runBulkAction } from "../app/bulk/run-bulk-action.server.ts";
import { bulkKinds } from "../app/bulk-kinds.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Goes on with a bulk action. Several at a time, so that a big one delays no other. */
export const runBulkActionJob = defineJob(
  "run-bulk-action",
  ({ db, queue, mail, stopping }, { shopId, bulkActionId }) =>
    runBulkAction(
      { db, queue, mail, kinds: bulkKinds },
      shopId as ShopId,
      bulkActionId as BulkActionId,
      stopping,
    ),
  { atOnce: 3 },
);
