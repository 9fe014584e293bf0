import { createHmac, randomUUID } from "node:crypto";
import type { IdSource } from "../../shopify-simulator/ids.ts";
import { stringifyLosslessJson } from "../../shopify-simulator/lossless-json.ts";
import { buildOrderPayload } from "../../shopify-simulator/orders/build-order-payload.ts";
import { markPaid } from "../../shopify-simulator/orders/change-order.ts";
import type { OrderPayload } from "../../shopify-simulator/orders/order-payload.ts";
import { createRandom, type Random } from "../../shopify-simulator/random.ts";
import { buildRequest } from "./http-connection.ts";

export interface PlannedDelivery {
  /** The whole HTTP request. */
  request: Buffer;
  shopifyOrderId: string;
}

export interface DeliveryPlan {
  deliveries: PlannedDelivery[];
  orders: number;
  updates: number;
  /** The mean size of a body. */
  bodyBytes: number;
}

export interface PlanOptions {
  count: number;
  /** The share of `orders/updated`, each of an order whose `orders/create` stands a little before it. */
  updates?: number;
  /** Picks the orders and their ids: two plans with different seeds share no order. */
  seed: number;
  /** Orders go to them in turn. */
  shopDomains: string[];
  target: URL;
  secret: string;
}

/** How far behind its order an update may follow, in deliveries. */
const updateWindow = 64;

/** Plans signed deliveries of made-up orders with one or two lines, 6 to 8 KB each, as the simulator builds them. */
export function planDeliveries(options: PlanOptions): DeliveryPlan {
  const { count, updates = 0.5, seed } = options;
  const random = createRandom(seed);
  const updated = Math.min(Math.round(count * updates), Math.floor(count / 2));
  const orders = count - updated;
  const planned: { at: number; order: OrderPayload; shopDomain: string; topic: string }[] = [];
  const startsAt = Date.now() - 3_600_000;
  for (let index = 0; index < orders; index += 1) {
    const shopDomain = options.shopDomains[index % options.shopDomains.length] ?? "";
    const ids = idsOf(seed, index);
    const createdAt = new Date(startsAt + index * 100);
    const order = makeOrder({ shopDomain, ids, random, createdAt, number: index + 1 });
    planned.push({ at: index, order, shopDomain, topic: "orders/create" });
    if (index >= updated) continue;
    const at = new Date(createdAt.getTime() + 60_000);
    const paid = markPaid(order, { at, timeZone: "America/New_York", random, ids });
    const later = index + 1 + random.next() * updateWindow;
    planned.push({ at: later, order: paid, shopDomain, topic: "orders/updated" });
  }
  planned.sort((a, b) => a.at - b.at);
  let bytes = 0;
  const deliveries = planned.map(({ order, shopDomain, topic }) => {
    const body = Buffer.from(stringifyLosslessJson(order));
    bytes += body.length;
    return {
      request: buildRequest(options.target, signedHeaders(body, { topic, shopDomain, ...options }), body),
      shopifyOrderId: String(order.id),
    };
  });
  return { deliveries, orders, updates: updated, bodyBytes: Math.round(bytes / deliveries.length) };
}

interface MakeOrder {
  shopDomain: string;
  ids: IdSource;
  random: Random;
  createdAt: Date;
  number: number;
}

function makeOrder({ shopDomain, ids, random, createdAt, number }: MakeOrder): OrderPayload {
  return buildOrderPayload(
    {
      shop: { domain: shopDomain, currency: "USD", timeZone: "America/New_York", taxesIncluded: false },
      number,
      random,
      ids,
      now: createdAt,
    },
    {
      createdAt,
      test: false,
      financialStatus: "pending",
      sourceName: "web",
      presentmentCurrency: "USD",
      customer: {},
      lines: [{}],
    },
  );
}

/** Thirteen digits, which is how the comparable stack's messages are searched; a plan has room for ten million ids. */
function idsOf(seed: number, index: number): IdSource {
  let next = 5_000_000_000_000n + BigInt(seed % 400_000) * 10_000_000n + BigInt(index) * 100n;
  return { next: () => next++ };
}

function signedHeaders(
  body: Buffer,
  { topic, shopDomain, secret }: { topic: string; shopDomain: string; secret: string },
): Record<string, string> {
  return {
    "Content-Type": "application/json",
    Accept: "*/*",
    "User-Agent": "Shopify-Captain-Hook",
    "X-Shopify-Topic": topic,
    "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("base64"),
    "X-Shopify-Shop-Domain": shopDomain,
    "X-Shopify-API-Version": "2026-10",
    "X-Shopify-Webhook-Id": randomUUID(),
    "X-Shopify-Event-Id": randomUUID(),
    "X-Shopify-Triggered-At": new Date().toISOString(),
  };
}
