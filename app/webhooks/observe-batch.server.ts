import type { ShopHint } from "../live/notify-shop.server.ts";
import { log } from "../log.server.ts";
import { logContext } from "../log-context.server.ts";
import { deliveries, deliveryLag } from "../metrics.server.ts";
import { isTracing, recordSpan } from "../trace.server.ts";
import type { ClaimedEvent, EventResult } from "./claim-events.server.ts";

/**
 * Counts what became of a batch and, with tracing on, continues each delivery's trace.
 * @param startedAt when the batch was claimed, epoch milliseconds
 * @returns the hints, each with the trace of a delivery that caused it
 */
export function observeBatch(
  events: ClaimedEvent[],
  results: EventResult[],
  hints: ShopHint[],
  startedAt: number,
): ShopHint[] {
  const now = Date.now();
  const byId = new Map(events.map((event) => [event.id, event]));
  for (const { id, status } of results) {
    const outcome = status === "received" ? "retried" : status;
    deliveries.inc({ outcome });
    const event = byId.get(id);
    const traceId = event?.traceparent?.split("-")[1];
    log.debug(
      { delivery: id, shopId: event?.shopId, outcome, traceId },
      "a delivery was taken from the inbox",
    );
    if (event && status !== "received") deliveryLag.observe(Math.max(0, now - event.receivedMs) / 1_000);
  }
  if (!isTracing()) return hints;
  const traces = new Map<string, string>();
  for (const event of events) {
    if (!event.traceparent) continue;
    const { traceparent, receivedMs } = event;
    const claimed = Math.max(receivedMs, startedAt);
    const waited = recordSpan("inbox", { traceparent, startedAt: receivedMs, endedAt: claimed });
    const span = recordSpan(`apply ${event.topic}`, {
      traceparent: waited ?? traceparent,
      startedAt: claimed,
      attributes: {
        "delivery.id": event.id,
        "shop.id": event.shopId,
        "batch.size": events.length,
        "job.id": logContext().jobId,
      },
    });
    if (span) traces.set(event.shopId, span);
  }
  return hints.map((hint) => ({ ...hint, trace: traces.get(hint.shopId) }));
}
