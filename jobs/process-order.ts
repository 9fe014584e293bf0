import { startProcessing } from "../app/webhooks/process-events.server.ts";
import { defineJob } from "./define-job.ts";

/**
 * Applies whatever deliveries are open. Every job of this name says the same, so all that wait are one run: a worker
 * that woke five times for one delivery spent more on the queue than on the delivery.
 */
export const processOrder = defineJob(
  "process-order",
  async ({ deliveriesDb, queue, concurrency, arrivals, stopping }) => {
    const work = startProcessing(deliveriesDb, queue, { lanes: concurrency, stopping });
    arrivals.on("process-order", work.look);
    await work.done.finally(() => arrivals.off("process-order", work.look));
  },
  { together: 100 },
);
