import { makeAmounts, type SeedAmounts } from "./seed-amounts.ts";
import { makeCustomer, makePerson, type SeedCustomer, type SeedPerson } from "./seed-people.ts";
import { carriers, longNote, shortNotes, tagShares } from "./seed-texts.ts";
import { makeVersions, type SeedVersion } from "./seed-versions.ts";
import { type SeededRandom, seededRandom, timeOrderedId } from "./seeded-random.ts";

/** What all orders of a history have in common. */
export interface SeedPlan {
  seed: number;
  /** How many orders the history has. */
  count: number;
  /** The number of the first one, as in #1001. */
  firstNumber: number;
  firstCustomer: number;
  fromMs: number;
  untilMs: number;
  currency: string;
}

/** The fields that a merchant may change, and Shopify's last values of them. */
export interface SeedEditable {
  status: string;
  trackingCompany: string | null;
  trackingNumber: string | null;
  note: string | null;
  tags: string[];
}

export interface SeedOrder {
  id: string;
  number: number;
  customer: SeedCustomer | null;
  person: SeedPerson | null;
  source: string | null;
  amounts: SeedAmounts;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  createdAtMs: number;
  shippedAtMs: number | null;
  deliveredAtMs: number | null;
  cancelledAtMs: number | null;
  closedAtMs: number | null;
  test: boolean;
  needsReview: boolean;
  shopifyValues: SeedEditable;
  editable: SeedEditable;
  versions: SeedVersion[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Every third order is somebody's first; guests are among the others. */
export const ordersPerCustomer = 3;

/** When the order of a place in the history was placed: more and more a day, few at night. Rises with the place. */
export function placedAt({ count, fromMs, untilMs, seed }: SeedPlan, index: number): number {
  const jitter = seededRandom(seed, index, 2).next();
  const days = (((index + jitter) / count) ** 0.8 * (untilMs - fromMs)) / dayMs;
  const time = days % 1;
  return Math.floor(fromMs + (Math.floor(days) + time + 0.12 * Math.sin(2 * Math.PI * time)) * dayMs);
}

/** The customer whose first order stands at this place times {@link ordersPerCustomer}. */
export function customerAt(plan: SeedPlan, index: number): SeedCustomer {
  const firstOrder = placedAt(plan, index * ordersPerCustomer);
  return makeCustomer(plan.seed, plan.firstCustomer + index, firstOrder);
}

/**
 * One order of the history.
 * @param pickCustomer the place of a customer who has ordered before this place
 */
export function makeOrder(
  plan: SeedPlan,
  index: number,
  pickCustomer: (random: SeededRandom) => number,
): SeedOrder {
  const random = seededRandom(plan.seed, index, 3);
  const createdAtMs = placedAt(plan, index);
  const fate = random.weighted(fatesAt((plan.untilMs - createdAtMs) / dayMs));
  const financialStatus = random.weighted(payments[fate]);
  const customer = findCustomer(plan, index, random, pickCustomer);
  const source = random.weighted(sources);
  const guest = source === "pos" ? null : makePerson(random, plan.firstNumber + index);
  const cancelled = fate === "cancelled";
  const fulfillmentStatus = fate === "shipped" ? "fulfilled" : fate === "partial" ? "partial" : null;
  const left = fulfillmentStatus !== null;
  const soon = (hours: number) => Math.min(createdAtMs + hours * hourMs, plan.untilMs);
  const shippedAtMs = left ? soon(random.integer(2, 96)) : null;
  const deliveredAtMs = arrival(random, plan, fate === "shipped" ? shippedAtMs : null);
  const mapped = statusOf(cancelled, fulfillmentStatus, financialStatus);
  const [company, prefix] = random.pick(carriers);
  const tracked = left && random.chance(0.93);
  const shopifyValues: SeedEditable = {
    status: mapped,
    trackingCompany: tracked ? company : null,
    trackingNumber: tracked ? `${prefix}${String(random.integer(0, 999_999_999)).padStart(9, "0")}` : null,
    note: makeNote(random),
    tags: tagShares.flatMap(([tag, share]) => (random.chance(share) ? [tag] : [])).sort(),
  };
  const order = {
    id: timeOrderedId(createdAtMs, random),
    number: plan.firstNumber + index,
    customer,
    person: customer ?? guest,
    source,
    amounts: makeAmounts(random, plan.currency, refundOf(financialStatus)),
    financialStatus,
    fulfillmentStatus,
    createdAtMs,
    shippedAtMs,
    deliveredAtMs,
    cancelledAtMs: cancelled ? soon(random.integer(1, 72)) : null,
    closedAtMs: deliveredAtMs !== null && random.chance(0.6) ? deliveredAtMs : null,
    test: random.chance(0.01),
    shopifyValues,
  };
  return { ...order, ...makeVersions(random, order, plan.untilMs) };
}

type Fate = "open" | "paid" | "partial" | "shipped" | "cancelled";

function fatesAt(ageDays: number): (readonly [Fate, number])[] {
  const shares = ageDays < 1 ? [30, 60, 1, 5, 4] : ageDays < 5 ? [8, 35, 4, 47, 6] : [2, 3, 1, 88.5, 5.5];
  const fates: Fate[] = ["open", "paid", "partial", "shipped", "cancelled"];
  return fates.map((fate, index) => [fate, shares[index] ?? 0]);
}

const payments: Record<Fate, (readonly [string | null, number])[]> = {
  open: [
    ["pending", 70],
    ["authorized", 12],
    ["partially_paid", 8],
    ["expired", 5],
    [null, 5],
  ],
  paid: [
    ["paid", 96],
    ["partially_refunded", 4],
  ],
  partial: [
    ["paid", 97],
    ["partially_refunded", 3],
  ],
  shipped: [
    ["paid", 93],
    ["partially_refunded", 4],
    ["refunded", 2],
    ["pending", 1],
  ],
  cancelled: [
    ["refunded", 60],
    ["voided", 40],
  ],
};

const sources = [
  ["web", 80],
  ["pos", 8],
  ["shopify_draft_order", 6],
  ["2329312", 5],
  [null, 1],
] as const;

const refundOf = (payment: string | null) =>
  payment === "refunded" ? "all" : payment === "partially_refunded" ? "part" : "none";

/** The rules of app/orders/order.ts, which this folder may not use; a test holds one against the other. */
function statusOf(cancelled: boolean, fulfillment: string | null, payment: string | null): string {
  if (cancelled) return "CANCELLED";
  if (fulfillment === "fulfilled") return "SHIPPED";
  if (fulfillment === "partial") return "CONFIRMED";
  return payment && !["pending", "expired", "voided"].includes(payment) ? "CONFIRMED" : "PENDING";
}

function findCustomer(
  plan: SeedPlan,
  index: number,
  random: SeededRandom,
  pickCustomer: (random: SeededRandom) => number,
): SeedCustomer | null {
  if (index % ordersPerCustomer === 0) return customerAt(plan, index / ordersPerCustomer);
  const guestShare = 0.15; // a tenth of all orders
  return random.chance(guestShare) ? null : customerAt(plan, pickCustomer(random));
}

function arrival(random: SeededRandom, { untilMs }: SeedPlan, shippedAtMs: number | null): number | null {
  if (shippedAtMs === null || random.chance(0.02)) return null;
  const at = shippedAtMs + random.integer(18, 150) * hourMs;
  return at < untilMs ? at : null;
}

function makeNote(random: SeededRandom): string | null {
  if (random.chance(0.88)) return null;
  return random.chance(0.93) ? random.pick(shortNotes) : longNote(random.integer(4, 30), random.pick);
}
