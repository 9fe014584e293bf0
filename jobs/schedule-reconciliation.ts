import { scheduleReconciliation } from "../app/orders/schedule-reconciliation.server.ts";
import { defineJob } from "./define-job.ts";

/** Every ten minutes: asks for a reconciliation of each installed shop. */
export const scheduleReconciliationJob = defineJob("schedule-reconciliation", ({ db, queue }) =>
  scheduleReconciliation(db, queue),
);
