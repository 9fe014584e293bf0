import { setImmediate as nextTurn } from "node:timers/promises";
import { ZodError, z } from "zod/v4";
import { holdOffErasure } from "../customers/erase-personal-data.server.ts";
import { findErased } from "../customers/erased-people.server.ts";
import {
  type ComplianceTopic,
  complianceTopics,
  recordPrivacyRequest,
} from "../customers/privacy-requests.server.ts";
import { enterShop, isDatabaseAway, type Tx } from "../db.server.ts";
import { billOrders, storedTaxSettings } from "../invoices/bill-orders.server.ts";
import { countChange, type ShopHint } from "../live/notify-shop.server.ts";
import { parseLosslessJson } from "../lossless-json.ts";
import { applyOrderEvents, type OrderEvent } from "../orders/apply-order-events.server.ts";
import { mapFulfillmentEvent, mapOrderPayload } from "../orders/map-order-payload.ts";
import { shopifyIdSchema } from "../orders/order-payload.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { uninstallShop } from "../shops/uninstall-shop.server.ts";
import type { ClaimedEvent, EventResult } from "./claim-events.server.ts";
import { readNamedIds } from "./named-ids.ts";

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

/** Payloads that are read before other batches have their turn: a few milliseconds. */
const eventsInOneGo = 20;

const isCompliance = (topic: string): topic is ComplianceTopic =>
  (complianceTopics as readonly string[]).includes(topic);

export interface AppliedBatch {
  results: EventResult[];
  hints: ShopHint[];
}

/**
 * Applies claimed events, shop by shop in the order of their ids, so that two batches take their locks in the
 * same order. An event whose payload cannot be read fails alone; an error of the database fails the batch.
 * @param entering hears of each shop when it is its turn
 */
export async function applyEvents(
  tx: Tx,
  queue: Queue,
  events: ClaimedEvent[],
  entering: (shopId: ShopId) => void = () => {},
): Promise<AppliedBatch> {
  const byShop = Map.groupBy(events, (event) => event.shopId);
  const batch: AppliedBatch = { results: [], hints: [] };
  for (const shopId of [...byShop.keys()].sort()) {
    entering(shopId);
    const [, applied] = await Promise.all([
      enterShop(tx, shopId),
      applyShopEvents(tx, queue, shopId, byShop.get(shopId) ?? []),
    ]);
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
  const payloads = new Map<number, unknown>();
  let ended = false;
  const [shop] = await tx.sql<{ uninstalled: boolean; taxes: unknown }[]>`
    select uninstalled_at is not null as uninstalled, ${storedTaxSettings(tx, shopId)} as taxes,
      ${holdOffErasure(tx, shopId)}
    from shops where id = ${shopId}`;
  for (const [index, event] of events.entries()) {
    // Reading two hundred payloads takes tens of milliseconds, in which no other batch would hear the database's answers.
    if (index > 0 && index % eventsInOneGo === 0) await nextTurn();
    try {
      const handled = await handleEvent(tx, queue, event, shop?.uninstalled ?? true);
      if (handled.order) {
        orderEvents.push(handled.order);
        payloads.set(event.id, handled.payload);
      } else
        results.push({
          id: event.id,
          ...readNamedIds(event.topic, event.body),
          error: handled.reason,
          status: handled.status,
          // What the law asks is recorded by id; the e-mail address and phone number beside it have served.
          erase: isCompliance(event.topic),
        });
      ended ||= handled.ended ?? false;
    } catch (error) {
      if (isDatabaseAway(error) || !isPayloadError(error)) throw error;
      results.push({
        id: event.id,
        ...failedAttempt(event, error),
        ...readNamedIds(event.topic, event.body),
      });
    }
  }
  await markErased(tx, shopId, results);
  const { verdicts, changed, written } =
    orderEvents.length > 0
      ? await applyOrderEvents(tx, shopId, orderEvents)
      : { verdicts: [], changed: [], written: [] };
  const named = new Map(orderEvents.map((event) => [event.key, namedBy(event)]));
  for (const { key, status, reason, erased } of verdicts) {
    const ids = named.get(key) ?? { shopifyOrderId: null };
    results.push({ id: key, status, error: reason, ...ids, erase: erased });
  }
  const erased = new Set(verdicts.flatMap((verdict) => (verdict.erased ? [verdict.key] : [])));
  const billed = await billOrders(
    tx,
    queue,
    shopId,
    written.map(({ id, key }) => ({ id, payload: payloads.get(key) ?? null, erased: erased.has(key) })),
    shop?.taxes,
  );
  if (changed.length === 0 && !billed.changed && !ended) return { results, hints: [] };
  const { documents } = billed;
  const change = await countChange(tx, shopId);
  return { results, hints: [{ shopId, change, orders: changed, documents, ...(ended ? { ended } : {}) }] };
}

/** A delivery that comes to its end after the erasure of whom it speaks of loses its body at once. */
async function markErased(tx: Tx, shopId: ShopId, results: EventResult[]): Promise<void> {
  const ended = results.filter(({ status }) => status !== "received");
  const erased = await findErased(
    tx,
    shopId,
    ended.map(({ id, shopifyOrderId, shopifyCustomerId = null }) => ({
      key: id,
      shopifyOrderId,
      shopifyCustomerId,
    })),
  );
  for (const result of ended) result.erase ||= erased.has(result.id);
}

const namedBy = (event: OrderEvent): Pick<EventResult, "shopifyOrderId" | "shopifyCustomerId"> =>
  event.kind === "payload"
    ? {
        shopifyOrderId: event.order.shopifyOrderId,
        shopifyCustomerId: event.order.customer?.shopifyCustomerId ?? null,
      }
    : { shopifyOrderId: event.shopifyOrderId };

type Handled =
  | { order: OrderEvent; payload: unknown; ended?: never }
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
  if (orderTopics.has(topic)) return parseOrder(event);
  if (topic === "orders/delete") return { order: parseDeletion(event), payload: null };
  if (topic === "fulfillment_events/create") return { order: parseShipmentEvent(event), payload: null };
  if (topic === "shop/update") {
    await enqueue(queue, tx, "reconcile-orders", { shopId }, { singletonKey: shopId });
    return { status: "applied", reason: null };
  }
  const reason = deltaTopics.has(topic)
    ? "The orders/updated beside it carries the new state."
    : `The app does nothing with ${topic}.`;
  return { status: "ignored", reason };
}

function parseOrder(event: ClaimedEvent): Handled {
  const payload = parseLosslessJson(event.body);
  const arrival = { triggeredUs: event.triggeredUs, contentHash: event.bodySha256 };
  const order = mapOrderPayload(payload, event.triggeredAt);
  return { order: { key: event.id, kind: "payload", order, arrival, webhookEventId: event.id }, payload };
}

function parseShipmentEvent({ id, body }: ClaimedEvent): OrderEvent {
  return { key: id, kind: "shipment", ...mapFulfillmentEvent(parseLosslessJson(body)), webhookEventId: id };
}

const deletionSchema = z.object({ id: shopifyIdSchema });

function parseDeletion(event: ClaimedEvent): OrderEvent {
  const { id } = deletionSchema.parse(parseLosslessJson(event.body));
  return {
    key: event.id,
    kind: "deletion",
    shopifyOrderId: id.toString(),
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
const maxAttempts = 3;

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
  const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
  if (code) return `The database refused it: error ${code}${constraint ? ` (${constraint})` : ""}.`;
  // Only sentences of our own; an engine's message may quote what it stumbled over.
  return error instanceof RangeError ? error.message : "The payload has an unexpected shape.";
}
