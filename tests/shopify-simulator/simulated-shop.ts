import type { ShopProfile } from "./orders/build-order-payload.ts";
import type { FulfillmentEvent } from "./orders/fulfillment-events.ts";
import type { OrderPayload } from "./orders/order-payload.ts";

export interface StaffUser {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  accountOwner: boolean;
}

/** `available`: never opened; `installed`: a token exchange happened; `uninstalled`: removed since. */
export type AppStatus = "available" | "installed" | "uninstalled";

export interface SimulatedShop extends ShopProfile {
  id: bigint;
  name: string;
  email: string;
  appStatus: AppStatus;
  installedAt: string | null;
  users: StaffUser[];
  nextNumber: number;
  /** By the id's digits. */
  orders: Map<string, OrderPayload>;
  /** By the fulfilment's id; webhooks carry them alone, only the Admin API shows them with their fulfilment. */
  fulfillmentEvents: Map<string, FulfillmentEvent[]>;
}

export function keepFulfillmentEvents(shop: SimulatedShop, events: FulfillmentEvent[]): void {
  for (const event of events) {
    const key = String(event.fulfillment_id);
    shop.fulfillmentEvents.set(key, [...(shop.fulfillmentEvents.get(key) ?? []), event]);
  }
}

const demoShops: Record<string, Pick<SimulatedShop, "name" | "currency" | "timeZone">> = {
  "atomic-demo.myshopify.com": { name: "Atomic Demo", currency: "EUR", timeZone: "Europe/Berlin" },
  "northwind-demo.myshopify.com": { name: "Northwind Demo", currency: "USD", timeZone: "America/New_York" },
};

export const demoShopDomains = Object.keys(demoShops);

export const isShopDomain = (domain: string) => /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(domain);

const staff: StaffUser[] = [
  { id: 1001, firstName: "Anna", lastName: "Berg", email: "anna@example.com", accountOwner: true },
  { id: 1002, firstName: "Ben", lastName: "Costa", email: "ben@example.com", accountOwner: false },
  { id: 1003, firstName: "Chidi", lastName: "Farah", email: "chidi@example.com", accountOwner: false },
];

/** The same id for the same domain on every run, so that a database outliving the simulator still fits. */
function shopId(domain: string): bigint {
  let hash = 7n;
  for (const letter of domain) hash = (hash * 31n + BigInt(letter.codePointAt(0) ?? 0)) % 99_999_999_977n;
  return 50_000_000_000n + hash;
}

export function createShop(
  domain: string,
  profile: Partial<Pick<SimulatedShop, "name" | "currency" | "timeZone">> = {},
): SimulatedShop {
  const name = domain.split(".")[0] ?? domain;
  const known = { name, currency: "EUR", timeZone: "Europe/Berlin", ...demoShops[domain], ...profile };
  return {
    id: shopId(domain),
    domain,
    ...known,
    taxesIncluded: known.currency !== "USD",
    email: `owner@${name}.example.com`,
    appStatus: "available",
    installedAt: null,
    users: staff,
    nextNumber: 1,
    orders: new Map(),
    fulfillmentEvents: new Map(),
  };
}
