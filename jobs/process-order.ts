import { processOpenEvents } from "../app/webhooks/process-events.server.ts";
import { defineJob } from "./define-job.ts";

/**
 * Applies whatever deliveries are open. Every job of this name says the same, so all that wait are one run: a worker
 * that woke five times for one delivery spent more on the queue than on the delivery.
 */
export const processOrder = defineJob(
  "process-order",
  ({ deliveriesDb, queue, concurrency, stopping }) =>
    processOpenEvents(deliveriesDb, queue, { lanes: concurrency, stopping }),
  { together: 100 },
);
