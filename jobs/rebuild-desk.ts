import { rebuildDesk } from "../app/dashboard/keep-figures.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Counts a shop's orders anew after its time zone or its currency has changed. */
export const rebuildDeskJob = defineJob("rebuild-desk", ({ db }, { shopId }) =>
  rebuildDesk(db, shopId as ShopId),
);
