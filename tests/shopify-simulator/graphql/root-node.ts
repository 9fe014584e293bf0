import { z } from "zod";
import { globalId } from "../ids.ts";
import { parseMinor } from "../orders/money.ts";
import type { OrderPayload } from "../orders/order-payload.ts";
import { zoneOffset } from "../orders/shop-time.ts";
import type { SimulatedShop } from "../simulated-shop.ts";
import { connection } from "./connection.ts";
import { utc } from "./money-node.ts";
import { orderNode } from "./order-node.ts";
import type { Node } from "./resolve-field.ts";
import { parseOrderSearch } from "./search-orders.ts";

const ordersArguments = z.object({ query: z.string().nullish(), sortKey: z.string().nullish() });
const idArguments = z.object({ id: z.string() });
const idsArguments = z.object({ ids: z.array(z.string()) });

const wide = (value: bigint | number) => String(value).padStart(24, "0");

/** Sort values as text whose order is the wanted order. */
const sortValues: Record<string, (order: OrderPayload) => string> = {
  UPDATED_AT: (order) => utc(order.updated_at) ?? "",
  CREATED_AT: (order) => utc(order.created_at) ?? "",
  PROCESSED_AT: (order) => utc(order.processed_at) ?? "",
  ID: (order) => wide(order.id),
  ORDER_NUMBER: (order) => wide(order.order_number),
  TOTAL_PRICE: (order) => wide(parseMinor(order.total_price, order.currency)),
  CURRENT_TOTAL_PRICE: (order) => wide(parseMinor(order.current_total_price, order.currency)),
};

export function shopNode(shop: SimulatedShop): Node {
  const now = new Date();
  const offset = zoneOffset(now, shop.timeZone);
  const [hours = "0", minutes = "0"] = offset.slice(1).split(":");
  return {
    __typename: "Shop",
    id: globalId("Shop", shop.id),
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    shopOwnerName: "Anna Berg",
    myshopifyDomain: shop.domain,
    primaryDomain: {
      id: globalId("Domain", shop.id),
      host: shop.domain,
      url: `https://${shop.domain}`,
      sslEnabled: true,
    },
    url: `https://${shop.domain}`,
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: [...new Set([shop.currency, "JPY", "GBP"])],
    ianaTimezone: shop.timeZone,
    timezoneOffset: offset.replace(":", ""),
    timezoneOffsetMinutes: (offset.startsWith("-") ? -1 : 1) * (Number(hours) * 60 + Number(minutes)),
    timezoneAbbreviation: shop.timeZone,
    taxesIncluded: shop.taxesIncluded,
    weightUnit: "KILOGRAMS",
    unitSystem: "METRIC_SYSTEM",
    plan: { publicDisplayName: "Basic", partnerDevelopment: true, shopifyPlus: false },
    shopAddress: {
      address1: "Beispielstraße 1",
      city: "Berlin",
      zip: "10115",
      countryCodeV2: shop.currency === "USD" ? "US" : "DE",
    },
    orderNumberFormatPrefix: "#",
    orderNumberFormatSuffix: "",
    createdAt: "2024-01-15T09:00:00Z",
    updatedAt: "2026-01-15T09:00:00Z",
  };
}

function listOrders(shop: SimulatedShop, args: unknown): Node {
  const { query, sortKey } = ordersArguments.parse(args);
  const sortValue = sortValues[sortKey ?? "ID"] ?? sortValues.ID;
  const matches = parseOrderSearch(query ?? "");
  const entries = [...shop.orders.values()].filter(matches).map((order) => ({
    id: order.id,
    sortValue: sortValue?.(order) ?? "",
    node: () => orderNode(order, shop),
  }));
  return connection(entries, args);
}

/** What a query starts from. Mutations have no entry here, and resolve-field refuses them. */
export function rootNode(shop: SimulatedShop, scopes: string): Node {
  const findOrder = (gid: string) => {
    const [, id] = /^gid:\/\/shopify\/Order\/(\d+)$/.exec(gid) ?? [];
    const order = id ? shop.orders.get(id) : undefined;
    return order ? orderNode(order, shop) : null;
  };
  return {
    shop: shopNode(shop),
    order: (args: unknown) => findOrder(idArguments.parse(args).id),
    orders: (args: unknown) => listOrders(shop, args),
    ordersCount: (args: unknown) => {
      const matches = parseOrderSearch(ordersArguments.parse(args).query ?? "");
      return { count: [...shop.orders.values()].filter(matches).length, precision: "EXACT" };
    },
    node: (args: unknown) => findOrder(idArguments.parse(args).id),
    nodes: (args: unknown) => idsArguments.parse(args).ids.map(findOrder),
    currentAppInstallation: {
      id: globalId("AppInstallation", shop.id),
      accessScopes: scopes.split(",").map((handle) => ({ handle, description: handle })),
      app: { id: globalId("App", 1n), title: "Atomic Orders", handle: "atomic-orders" },
    },
  };
}
