import type { OrderPayload } from "../orders/order-payload.ts";
import type { SimulatedShop } from "../simulated-shop.ts";

export const complianceTopics = ["customers/data_request", "customers/redact", "shop/redact"] as const;
export type ComplianceTopic = (typeof complianceTopics)[number];

/** The three topics every app must answer. Which customer is meant is taken from an order. */
export function compliancePayload(topic: ComplianceTopic, shop: SimulatedShop, order: OrderPayload | null) {
  const base = { shop_id: shop.id, shop_domain: shop.domain };
  if (topic === "shop/redact") return base;
  const customer = {
    id: order?.customer?.id ?? 0n,
    email: order?.customer?.email ?? order?.email ?? "",
    phone: order?.customer?.phone ?? null,
  };
  const ids = [...shop.orders.values()]
    .filter((one) => one.id === order?.id || (one.customer && one.customer.id === order?.customer?.id))
    .map((one) => one.id);
  return topic === "customers/redact"
    ? { ...base, customer, orders_to_redact: ids }
    : { ...base, orders_requested: ids, customer, data_request: { id: 9999n } };
}

/** `shop/update`: the shop as it is now. */
export const shopPayload = (shop: SimulatedShop, at: string) => ({
  ...uninstalledPayload(shop, at),
  domain: shop.domain,
  myshopify_domain: shop.domain,
});

/** `app/uninstalled` carries a shop whose domains are null: the header alone says which one. */
export const uninstalledPayload = (shop: SimulatedShop, at: string) => ({
  id: shop.id,
  name: shop.name,
  email: shop.email,
  domain: null,
  myshopify_domain: null,
  currency: shop.currency,
  iana_timezone: shop.timeZone,
  plan_name: "basic",
  taxes_included: shop.taxesIncluded,
  created_at: "2024-01-15T09:00:00+00:00",
  updated_at: at,
});
