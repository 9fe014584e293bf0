import { erasePersonalData } from "../app/customers/erase-personal-data.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Carries out a redaction request. */
export const erasePersonalDataJob = defineJob("erase-personal-data", ({ db }, { shopId, requestId }) =>
  erasePersonalData(db, shopId as ShopId, requestId),
);
