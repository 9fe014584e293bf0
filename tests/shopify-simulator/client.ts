import type { z } from "zod";
import type { orderSummary } from "./control/order-routes.ts";
import type { Faults, GraphqlKnobs, TokenKnobs } from "./knobs.ts";
import { parseLosslessJson, stringifyLosslessJson } from "./lossless-json.ts";
import type { OrderAction, orderActionSchemas } from "./order-action-schemas.ts";
import type { OrderRequest } from "./orders/build-order-payload.ts";
import type { OrderPayload } from "./orders/order-payload.ts";
import type { AppStatus, StaffUser } from "./simulated-shop.ts";
import type { ComplianceTopic } from "./webhooks/compliance-payload.ts";
import type { Delivery } from "./webhooks/delivery.ts";

export type OrderSummary = ReturnType<typeof orderSummary>;
export type DeliverySummary = Omit<Delivery, "body" | "faults"> & { bytes: number };
export type ActionRequest<Name extends OrderAction> = z.input<(typeof orderActionSchemas)[Name]> &
  DeliveryRequest;

interface DeliveryRequest {
  /** Changes the order and sends no webhook. */
  silent?: boolean;
  /** For this action's deliveries only, on top of the faults set for all. */
  faults?: Partial<Faults>;
}

export interface ShopSummary {
  domain: string;
  name: string;
  currency: string;
  timeZone: string;
  appStatus: AppStatus;
  installedAt: string | null;
  orderCount: number;
  users: StaffUser[];
}

export interface DeliveryFilter {
  shop?: string;
  topic?: string;
  status?: Delivery["status"];
  orderId?: string;
  limit?: number;
}

export interface CaughtMail {
  index: number;
  from: string;
  to: string[];
  subject: string;
  text: string;
  attachments: string[];
}

interface SeedRequest {
  days?: number;
  seed?: number;
  silent?: boolean;
  now?: Date;
}

/** The control API with types, for browser journeys, benches and the demo's seeding. */
export class SimulatorClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/+$/, "");
  }

  private async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(method !== "GET" && { body: stringifyLosslessJson(body ?? {}) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return parseLosslessJson(text) as Answer;
  }

  private shopPath = (shop: string, rest = "") => `/control/shops/${shop}${rest}`;

  listShops = () => this.call<{ shops: ShopSummary[] }>("GET", "/control/shops").then(({ shops }) => shops);
  getShop = (shop: string) => this.call<ShopSummary>("GET", this.shopPath(shop));
  installApp = (shop: string) => this.call<ShopSummary>("POST", this.shopPath(shop, "/install"));
  uninstallApp = (shop: string) => this.call<ShopSummary>("POST", this.shopPath(shop, "/uninstall"));
  reinstallApp = (shop: string) => this.call<ShopSummary>("POST", this.shopPath(shop, "/reinstall"));
  changeShop = (shop: string, details: Partial<Pick<ShopSummary, "name" | "currency" | "timeZone">>) =>
    this.call<ShopSummary>("POST", this.shopPath(shop, "/details"), details);
  expireAccessTokens = (shop: string) =>
    this.call<ShopSummary>("POST", this.shopPath(shop, "/expire-access-tokens"));
  sendCompliance = (shop: string, topic: ComplianceTopic, orderId?: string) =>
    this.call<{ sent: string }>("POST", this.shopPath(shop, "/compliance"), { topic, orderId });
  seedDemoOrders = (shop: string, count: number, options: SeedRequest = {}) =>
    this.call<{ created: number }>("POST", this.shopPath(shop, "/seed"), { count, ...options });

  async createOrder(
    shop: string,
    order: OrderRequest = {},
    delivery: DeliveryRequest = {},
  ): Promise<OrderPayload> {
    const [created] = await this.createOrders(shop, 1, order, delivery);
    if (!created) throw new Error("the simulator created no order");
    return this.getOrder(shop, created.id);
  }
  /** Orders that count, unless asked otherwise: left to chance a few in a hundred would be test orders. */
  createOrders = (shop: string, count: number, order: OrderRequest = {}, delivery: DeliveryRequest = {}) =>
    this.call<{ orders: OrderSummary[] }>("POST", this.shopPath(shop, "/orders"), {
      count,
      order: { test: false, ...order },
      ...delivery,
    }).then(({ orders }) => orders);
  listOrders = (shop: string, limit = 50) =>
    this.call<{ orders: OrderSummary[] }>("GET", this.shopPath(shop, `/orders?limit=${limit}`)).then(
      ({ orders }) => orders,
    );
  getOrder = (shop: string, id: string | bigint) =>
    this.call<OrderPayload>("GET", this.shopPath(shop, `/orders/${id}`));

  /** Any action on an order; the order as it is afterwards, null once deleted. */
  act = <Name extends OrderAction>(
    shop: string,
    id: string | bigint,
    action: Name,
    input?: ActionRequest<Name>,
  ) =>
    this.call<{ order: OrderPayload | null }>(
      "POST",
      this.shopPath(shop, `/orders/${id}/${action}`),
      input,
    ).then(({ order }) => order);

  getFaults = () => this.call<Faults>("GET", "/control/faults");
  setFaults = (faults: Partial<Faults>) => this.call<Faults>("PUT", "/control/faults", faults);
  clearFaults = () => this.call<Faults>("DELETE", "/control/faults");
  setTokens = (knobs: Partial<TokenKnobs>) => this.call<TokenKnobs>("PUT", "/control/tokens", knobs);
  expireNextTokens = (count: number) => this.setTokens({ nextExpired: count });
  setGraphql = (knobs: Partial<GraphqlKnobs>) => this.call<GraphqlKnobs>("PUT", "/control/graphql", knobs);

  listDeliveries = (filter: DeliveryFilter = {}) => {
    const given = Object.entries(filter).map(([key, value]): [string, string] => [key, String(value)]);
    return this.call<{ pending: number; deliveries: DeliverySummary[] }>(
      "GET",
      `/control/deliveries?${new URLSearchParams(given)}`,
    );
  };
  getDelivery = (id: number) => this.call<Delivery>("GET", `/control/deliveries/${id}`);
  /** The mails that the outbox has caught, oldest first. */
  listMails = () => this.call<{ mails: CaughtMail[] }>("GET", "/control/mails").then(({ mails }) => mails);
  redeliver = (id: number) => this.call<DeliverySummary>("POST", `/control/deliveries/${id}/redeliver`);

  /** Waits until no delivery is waiting, on its way or due for a retry; throws when that takes too long. */
  async waitUntilIdle(timeoutMs = 30_000): Promise<void> {
    const { idle, pending } = await this.call<{ idle: boolean; pending: number }>("POST", "/control/idle", {
      timeoutMs,
    });
    if (!idle) throw new Error(`${pending} deliveries were still open after ${timeoutMs} ms`);
  }
  reset = () => this.call<{ reset: boolean }>("POST", "/control/reset");

  sessionToken = (shop: string, user: number | string = 1001) =>
    this.call<{ token: string }>(
      "GET",
      `/session-token?${new URLSearchParams({ shop, user: String(user) })}`,
    ).then(({ token }) => token);
  /** The admin page that embeds the app, for a browser to open. */
  adminUrl = (shop: string, apiKey: string, path = "app", user?: number) => {
    const name = shop.replace(".myshopify.com", "");
    return `${this.url}/store/${name}/apps/${apiKey}/${path}${user ? `${path.includes("?") ? "&" : "?"}user=${user}` : ""}`;
  };
}
