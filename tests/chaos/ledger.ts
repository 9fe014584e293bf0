import { randomUUID } from "node:crypto";
import type { Random } from "../shopify-simulator/random.ts";
import { nextOrderId, orderPayload } from "../support/deliveries.ts";
import type { ChaosShop } from "./world.ts";

/** A delivery as its sender remembers it. */
export interface Message {
  shop: ChaosShop;
  topic: string;
  webhookId: string;
  body: string;
  /** What X-Shopify-Triggered-At says; without it, when it is sent. */
  triggeredAt?: string;
  /** Times it was answered with 200. */
  acknowledged: number;
  /** A payload that nothing can be made of, which must end as a dead letter. */
  poison: boolean;
}

/** What Shopify has of an order after the last of its events. */
export interface SentOrder {
  id: string;
  createdMs: number;
  /** Milliseconds since 1970. */
  updatedMs: number;
  totalMinor: number;
  paid: boolean;
}

/** A merchant's save that was answered with 200. */
export interface AcknowledgedEdit {
  shop: ChaosShop;
  orderId: string;
  version: number;
  note: string;
}

/**
 * The sender's own list. What the app says is compared with it and with nothing else: it never asks the app what
 * it has sent.
 */
export class Ledger {
  readonly messages: Message[] = [];
  readonly edits: AcknowledgedEdit[] = [];
  readonly #orders = new Map<ChaosShop, SentOrder[]>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  ordersOf(shop: ChaosShop): readonly SentOrder[] {
    return this.#orders.get(shop) ?? [];
  }

  get acknowledged(): number {
    return this.messages.filter(({ acknowledged }) => acknowledged > 0).length;
  }

  /** The next event of a shop: a new order, or one that has changed. */
  nextMessage(shop: ChaosShop, given: { updatedMs?: number; triggeredAt?: string } = {}): Message {
    const orders = this.#orders.get(shop) ?? [];
    this.#orders.set(shop, orders);
    const isNew = orders.length === 0 || this.#random.chance(0.4);
    const order = isNew ? this.#newOrder() : this.#random.pick(orders);
    if (isNew) orders.push(order);
    // No two events of an order bear the same instant: which of them is the last must not be a matter of taste.
    order.updatedMs = Math.max(order.updatedMs + 1_000, given.updatedMs ?? 0);
    order.totalMinor = this.#random.integer(1, 999_999);
    order.paid ||= this.#random.chance(0.3);
    return this.#add(shop, isNew ? "orders/create" : "orders/updated", toPayload(order), given.triggeredAt);
  }

  /** A delivery outside the histories of orders. */
  addPoison(shop: ChaosShop, body: string): Message {
    return Object.assign(this.#add(shop, "orders/updated", body), { poison: true });
  }

  #add(shop: ChaosShop, topic: string, body: string, triggeredAt?: string): Message {
    const message = {
      shop,
      topic,
      webhookId: randomUUID(),
      body,
      triggeredAt,
      acknowledged: 0,
      poison: false,
    };
    this.messages.push(message);
    return message;
  }

  #newOrder(): SentOrder {
    const createdMs = Date.now() - this.#random.integer(3_600, 72 * 3_600) * 1_000;
    const second = createdMs - (createdMs % 1_000);
    return { id: nextOrderId(), createdMs: second, updatedMs: second, totalMinor: 0, paid: false };
  }
}

function toPayload({ id, createdMs, updatedMs, totalMinor, paid }: SentOrder): string {
  const total = (totalMinor / 100).toFixed(2);
  return orderPayload({
    id,
    name: `#${id.slice(-6)}`,
    created_at: new Date(createdMs).toISOString(),
    updatedAt: new Date(updatedMs).toISOString(),
    total_price: total,
    current_total_price: total,
    financial_status: paid ? "paid" : "pending",
  });
}
