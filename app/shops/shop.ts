/** A shop's id in our database. Branded, so that no other id can be passed where the tenant is meant. */
export type ShopId = string & { readonly __shopId: true };

/** Who did something, as the timeline records it. */
export interface Actor {
  kind: "merchant" | "shopify" | "job" | "api_key" | "import";
  id: string | null;
  name: string;
}

export const shopifyActor: Actor = { kind: "shopify", id: null, name: "Shopify" };

/** What screens need to know of the shop they show. */
export interface Shop {
  id: ShopId;
  domain: string;
  name: string;
  /** ISO 4217 code of the shop's own money. */
  currency: string;
  /** IANA time zone; the shop's day begins there. */
  timeZone: string;
}

const shopDomain = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/**
 * Normalises a shop domain so that it can serve as a tenant key: lower case, no trailing slash.
 * (`sanitizeShop` of @shopify/shopify-api keeps both.)
 * @returns the domain, or null when it is not a myshopify.com host
 */
export function parseShopDomain(value: string | null | undefined): string | null {
  const domain = (value ?? "").trim().toLowerCase().replace(/\/+$/, "");
  return shopDomain.test(domain) ? domain : null;
}
