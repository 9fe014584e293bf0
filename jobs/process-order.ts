import { processOpenEvents } from "../app/webhooks/process-events.server.ts";
import { defineJob } from "./define-job.ts";

/** Applies whatever deliveries are open. */
export const processOrder = defineJob(
  "process-order",
  ({ deliveriesDb, queue, stopping }) => processOpenEvents(deliveriesDb, queue, stopping),
  ({ workerConcurrency }) => workerConcurrency,
);
