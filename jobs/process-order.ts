import { processOpenEvents } from "../app/webhooks/process-events.server.ts";
import { defineJob } from "./define-job.ts";

/** Applies whatever deliveries are open. */
export const processOrder = defineJob(
  "process-order",
  ({ db, queue, stopping }) => processOpenEvents(db, queue, stopping),
  ({ workerConcurrency }) => workerConcurrency,
);
