import { randomUUID } from "node:crypto";
import type { SimulatorConfig } from "./config.ts";
import type { IdSource } from "./ids.ts";
import { createIdSource } from "./ids.ts";
import type { Faults, Knobs } from "./knobs.ts";
import { defaultKnobs } from "./knobs.ts";
import { stringifyLosslessJson } from "./lossless-json.ts";
import type { AccessTokens } from "./oauth/access-tokens.ts";
import { createAccessTokens } from "./oauth/access-tokens.ts";
import type { SmtpCatcher } from "./outbox/smtp-catcher.ts";
import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";
import { signSessionToken } from "./session-token.ts";
import type { SimulatedShop } from "./simulated-shop.ts";
import { createShop, demoShopDomains, keepFulfillmentEvents } from "./simulated-shop.ts";
import type { StoredState } from "./state-file.ts";
import { createStateFile, readState } from "./state-file.ts";
import { createDelivery, triggeredNow } from "./webhooks/delivery.ts";
import type { DeliveryQueue } from "./webhooks/delivery-queue.ts";
import { createDeliveryQueue } from "./webhooks/delivery-queue.ts";

export interface OutgoingWebhook {
  topic: string;
  payload: unknown;
}

export interface Simulator {
  config: SimulatorConfig;
  knobs: Knobs;
  tokens: AccessTokens;
  deliveries: DeliveryQueue;
  /** Where the app's mails end; null when none are caught. */
  outbox: SmtpCatcher | null;
  shops: Map<string, SimulatedShop>;
  random: Random;
  ids: IdSource;
  /** The shop, created if it does not exist yet. */
  requireShop(domain: string): SimulatedShop;
  installApp(shop: SimulatedShop): void;
  /** Queues one action's webhooks under one event id. Shops without the app get none, unless told otherwise. */
  send(shop: SimulatedShop, webhooks: OutgoingWebhook[], options?: SendOptions): void;
  handOutSessionToken(shop: SimulatedShop, userId: number): string;
  saveSoon(): void;
  reset(): void;
  close(): void;
}

export interface SendOptions {
  orderId?: bigint;
  faults?: Partial<Faults>;
  /** Compliance topics reach an app after it has been removed. */
  evenUninstalled?: boolean;
}

function restoreShops(stored: StoredState | null): Map<string, SimulatedShop> {
  const shops = new Map(demoShopDomains.map((domain) => [domain, createShop(domain)]));
  for (const { orders, fulfillmentEvents = [], ...kept } of stored?.shops ?? []) {
    const { users } = createShop(kept.domain);
    const shop: SimulatedShop = {
      ...kept,
      users,
      orders: new Map(orders.map((order) => [String(order.id), order])),
      fulfillmentEvents: new Map(),
    };
    keepFulfillmentEvents(shop, fulfillmentEvents);
    shops.set(shop.domain, shop);
  }
  return shops;
}

/** The platform's state and the few things that happen to it. Routes and actions are written against this. */
export function createSimulator(config: SimulatorConfig): Simulator {
  const stored = readState(config.statePath);
  const random = createRandom(stored?.randomPosition ?? config.seed);
  const file = createStateFile(config.statePath, () => ({
    randomPosition: random.position(),
    tokens: simulator.tokens.dump(),
    shops: [...simulator.shops.values()].map(({ orders, fulfillmentEvents, users: _users, ...shop }) => ({
      ...shop,
      orders: [...orders.values()],
      fulfillmentEvents: [...fulfillmentEvents.values()].flat(),
    })),
  }));

  const simulator: Simulator = {
    config,
    knobs: defaultKnobs(),
    tokens: createAccessTokens(stored?.tokens),
    // Faults draw from a sequence of their own: how deliveries interleave must not change which orders are made.
    deliveries: createDeliveryQueue(config, createRandom(config.seed + 1)),
    shops: restoreShops(stored),
    outbox: null,
    random,
    ids: createIdSource(random, config.hugeIdShare),
    saveSoon: file.saveSoon,

    requireShop(domain) {
      const shop = simulator.shops.get(domain) ?? createShop(domain);
      if (!simulator.shops.has(domain)) {
        simulator.shops.set(domain, shop);
        file.saveSoon();
      }
      return shop;
    },

    installApp(shop) {
      if (shop.appStatus === "installed") return;
      shop.appStatus = "installed";
      shop.installedAt = new Date().toISOString();
    },

    send(shop, webhooks, { orderId, faults, evenUninstalled = false } = {}) {
      if (shop.appStatus !== "installed" && !evenUninstalled) return;
      const eventId = randomUUID();
      const bodies = new Map<unknown, string>();
      for (const { topic, payload } of webhooks) {
        // Full-order topics of one action share one payload: it is rendered once.
        const body = bodies.get(payload) ?? stringifyLosslessJson(payload);
        bodies.set(payload, body);
        simulator.deliveries.enqueue(
          createDelivery({
            id: simulator.deliveries.nextId(),
            shop: shop.domain,
            topic,
            body,
            eventId,
            triggeredAt: triggeredNow(),
            orderId: orderId === undefined ? null : String(orderId),
            faults: { ...simulator.knobs.faults, ...faults },
          }),
        );
      }
    },

    handOutSessionToken(shop, userId) {
      const { lifetimeSeconds, nextExpired } = simulator.knobs.tokens;
      const expired = nextExpired > 0;
      if (expired) simulator.knobs.tokens.nextExpired -= 1;
      // Two minutes past its end: outside the ten seconds of clock tolerance that verifiers grant.
      const now = expired ? Date.now() - (lifetimeSeconds + 120) * 1000 : Date.now();
      const { apiKey, apiSecret } = config;
      return signSessionToken({ shop: shop.domain, userId, apiKey, apiSecret, lifetimeSeconds, now });
    },

    reset() {
      simulator.deliveries.clear();
      simulator.knobs = defaultKnobs();
      simulator.tokens = createAccessTokens();
      simulator.shops = restoreShops(null);
      file.saveSoon();
    },

    close() {
      simulator.deliveries.close();
      file.saveNow();
    },
  };
  return simulator;
}
