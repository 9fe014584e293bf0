import { ZodError } from "zod";
import {
  type ComplianceTopic,
  complianceTopics,
  recordPrivacyRequest,
} from "../customers/privacy-requests.server.ts";
import { enterShop, isDatabaseAway, type Tx } from "../db.server.ts";
import { countChange, type ShopHint } from "../live/notify-shop.server.ts";
import { parseLosslessJson } from "../lossless-json.ts";
import { applyOrderEvents, type OrderEvent } from "../orders/apply-order-events.server.ts";
import { mapOrderPayload } from "../orders/map-order-payload.ts";
import { shopifyIdSchema } from "../orders/order-payload.ts";
import type { Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { uninstallShop } from "../shops/uninstall-shop.server.ts";
import type { ClaimedEvent, EventResult } from "./claim-events.server.ts";

/** Order topics that carry the full order; they share one path, and any of them may be the first we see. */
const orderTopics = new Set([
  "orders/create",
  "orders/updated",
  "orders/paid",
  "orders/cancelled",
  "orders/fulfilled",
  "orders/partially_fulfilled",
]);

/** Topics that only say that something happened; an `orders/updated` with the new state always comes beside them. */
const deltaTopics = new Set(["orders/edited", "refunds/create"]);

const isCompliance = (topic: string): topic is ComplianceTopic =>
  (complianceTopics as readonly string[]).includes(topic);

export interface AppliedBatch {
  results: EventResult[];
  hints: ShopHint[];
}

/**
 * Applies claimed events, shop by shop in the order of their ids, so that two batches take their locks in the
 * same order. An event whose payload cannot be read fails alone; an error of the database fails the batch.
 */
export async function applyEvents(tx: Tx, queue: Queue, events: ClaimedEvent[]): Promise<AppliedBatch> {
  const byShop = Map.groupBy(events, (event) => event.shopId);
  const batch: AppliedBatch = { results: [], hints: [] };
  for (const shopId of [...byShop.keys()].sort()) {
    await enterShop(tx, shopId);
    const applied = await applyShopEvents(tx, queue, shopId, byShop.get(shopId) ?? []);
    batch.results.push(...applied.results);
    batch.hints.push(...applied.hints);
  }
  return batch;
}

async function applyShopEvents(
  tx: Tx,
  queue: Queue,
  shopId: ShopId,
  events: ClaimedEvent[],
): Promise<AppliedBatch> {
  const results: EventResult[] = [];
  const orderEvents: OrderEvent[] = [];
  let ended = false;
  const [shop] = await tx.sql<{ uninstalled: boolean }[]>`
    select uninstalled_at is not null as uninstalled from shops where id = ${shopId}`;
  for (const event of events) {
    try {
      const handled = await handleEvent(tx, queue, event, shop?.uninstalled ?? true);
      if (handled.order) orderEvents.push(handled.order);
      else
        results.push({ id: event.id, shopifyOrderId: null, error: handled.reason, status: handled.status });
      ended ||= handled.ended ?? false;
    } catch (error) {
      if (isDatabaseAway(error) || !isPayloadError(error)) throw error;
      results.push({ id: event.id, ...failedAttempt(event, error), shopifyOrderId: null });
    }
  }
  const { verdicts, changed } =
    orderEvents.length > 0 ? await applyOrderEvents(tx, shopId, orderEvents) : { verdicts: [], changed: [] };
  const orderIds = new Map(
    orderEvents.map((event) => [
      event.key,
      event.kind === "payload" ? event.order.shopifyOrderId : event.shopifyOrderId,
    ]),
  );
  for (const { key, status, reason } of verdicts) {
    results.push({ id: key, status, error: reason, shopifyOrderId: orderIds.get(key) ?? null });
  }
  if (changed.length === 0 && !ended) return { results, hints: [] };
  const change = await countChange(tx, shopId);
  return { results, hints: [{ shopId, change, orders: changed, ...(ended ? { ended } : {}) }] };
}

type Handled =
  | { order: OrderEvent; ended?: never }
  | { order?: never; status: "applied" | "stale" | "ignored"; reason: string | null; ended?: boolean };

async function handleEvent(
  tx: Tx,
  queue: Queue,
  event: ClaimedEvent,
  uninstalled: boolean,
): Promise<Handled> {
  const { topic, shopId } = event;
  if (isCompliance(topic)) {
    await recordPrivacyRequest(tx, queue, shopId, topic, event.body);
    return { status: "applied", reason: null };
  }
  if (topic === "app/uninstalled") {
    const outcome = await uninstallShop(tx, shopId, event.triggeredAt);
    if (outcome === "uninstalled") return { status: "applied", reason: null, ended: true };
    const reason =
      outcome === "already_uninstalled"
        ? "The app was uninstalled already."
        : "It speaks of an earlier installation.";
    return { status: "stale", reason };
  }
  if (uninstalled) return { status: "ignored", reason: "The shop has uninstalled the app." };
  if (orderTopics.has(topic)) return { order: parseOrder(event) };
  if (topic === "orders/delete") return { order: parseDeletion(event) };
  const reason = deltaTopics.has(topic)
    ? "The orders/updated beside it carries the new state."
    : `The app does nothing with ${topic}.`;
  return { status: "ignored", reason };
}

function parseOrder(event: ClaimedEvent): OrderEvent {
  const order = mapOrderPayload(parseLosslessJson(event.body), event.triggeredAt);
  const arrival = { triggeredUs: event.triggeredUs, contentHash: event.bodySha256 };
  return { key: event.id, kind: "payload", order, arrival, webhookEventId: event.id };
}

function parseDeletion(event: ClaimedEvent): OrderEvent {
  const { id } = parseLosslessJson(event.body) as { id: unknown };
  return {
    key: event.id,
    kind: "deletion",
    shopifyOrderId: shopifyIdSchema.parse(id).toString(),
    webhookEventId: event.id,
  };
}

/** Errors that parsing throws: they say something about this payload and leave the transaction usable. */
const isPayloadError = (error: unknown) =>
  error instanceof ZodError ||
  error instanceof RangeError ||
  error instanceof SyntaxError ||
  error instanceof TypeError;

/** Attempts that a payload gets before it becomes a dead letter. */
export const maxAttempts = 3;

/** What becomes of an event whose payload failed: another attempt after 2 s and 8 s, with jitter, or a dead letter. */
export function failedAttempt(
  event: Pick<ClaimedEvent, "attempts">,
  error: unknown,
): Pick<EventResult, "status" | "error" | "retryInSeconds"> {
  const sentence = describeFailure(error);
  if (event.attempts + 1 >= maxAttempts) return { status: "failed", error: sentence };
  return {
    status: "received",
    error: sentence,
    retryInSeconds: 2 * 4 ** event.attempts * (0.75 + Math.random() / 2),
  };
}

/** The reason without the payload's values, which may be personal: where it is wrong and how. */
function describeFailure(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join(".") || "payload"}: ${issue.message}`)
      .join("; ");
  }
  if (!(error instanceof Error)) return "Unknown error.";
  const code = (error as { code?: unknown }).code;
  return code ? `Database error ${code}: ${error.message}` : error.message;
}
