/**
 * A shipment of an order, a fulfilment at Shopify. Instants are ISO 8601 in UTC. What the order's payload says of it and
 * what fulfilment events say come in any order; either may be missing.
 */
export interface Shipment {
  shopifyFulfillmentId: string;
  /** Shopify's word; null while the order's newest payload does not name the shipment. */
  status: string | null;
  trackingCompany: string | null;
  trackingNumber: string | null;
  /** An https address, or null. */
  trackingUrl: string | null;
  shippedAt: string | null;
  /** When it arrived: by the first event that says so, else when a payload first said it had. */
  deliveredAt: string | null;
  /** An event gave that time. A payload's word only says that it was delivered by then. */
  deliveredByEvent: boolean;
  /** What the latest event says. */
  lastEventStatus: string | null;
  lastEventAt: string | null;
  /** Since when events say so without another in between. */
  lastEventSince: string | null;
}

/** A shipment as the order's payload describes it. */
export interface MappedShipment
  extends Pick<
    Shipment,
    "shopifyFulfillmentId" | "trackingCompany" | "trackingNumber" | "trackingUrl" | "shippedAt"
  > {
  status: string;
  /** The payload's own time for a delivered shipment: its last change. Null while it is under way. */
  heardDeliveredAt: string | null;
  /** What the payload knows of events; only the GraphQL API tells. */
  events: Pick<ShipmentEvent, "status" | "happenedAt">[];
}

/** One thing that happened to a shipment, as a fulfilment event says. */
export interface ShipmentEvent {
  shopifyFulfillmentId: string;
  /** Shopify's word in lower case: `in_transit`, `delivered`, … */
  status: string;
  happenedAt: string;
}

const undone = new Set(["cancelled", "error", "failure"]);

/** Whether a shipment in this status was not undone. */
export const isStanding = (status: string | null) => status !== null && !undone.has(status);

export const unheardShipment = (shopifyFulfillmentId: string): Shipment => ({
  shopifyFulfillmentId,
  status: null,
  trackingCompany: null,
  trackingNumber: null,
  trackingUrl: null,
  shippedAt: null,
  deliveredAt: null,
  deliveredByEvent: false,
  lastEventStatus: null,
  lastEventAt: null,
  lastEventSince: null,
});

/**
 * Takes in one event. The earliest "delivered" stays, and the latest event says where the shipment is, whatever the
 * order they come in.
 * @returns the same object when the event says nothing new
 */
export function applyShipmentEvent(
  shipment: Shipment,
  { status, happenedAt }: Pick<ShipmentEvent, "status" | "happenedAt">,
): Shipment {
  const next = { ...shipment, ...latestEvent(shipment, status, happenedAt) };
  if (status === "delivered") {
    next.deliveredAt = shipment.deliveredByEvent
      ? earlier(shipment.deliveredAt ?? happenedAt, happenedAt)
      : happenedAt;
    next.deliveredByEvent = true;
  }
  return keepIfEqual(shipment, next);
}

type LatestEvent = Pick<Shipment, "lastEventStatus" | "lastEventAt" | "lastEventSince">;

function latestEvent(shipment: Shipment, status: string, happenedAt: string): LatestEvent {
  const { lastEventStatus, lastEventAt, lastEventSince } = shipment;
  const first = { lastEventStatus: status, lastEventAt: happenedAt, lastEventSince: happenedAt };
  if (lastEventStatus === null || lastEventAt === null || lastEventSince === null) return first;
  if (status === lastEventStatus) {
    return {
      lastEventStatus,
      lastEventAt: later(lastEventAt, happenedAt),
      lastEventSince: earlier(lastEventSince, happenedAt),
    };
  }
  const isLater =
    happenedAt > lastEventAt || (happenedAt === lastEventAt && compareProgress(status, lastEventStatus) > 0);
  if (isLater) return first;
  // Something else happened in between, so the run of equal words did not begin before it.
  return {
    lastEventStatus,
    lastEventAt,
    lastEventSince: happenedAt > lastEventSince ? lastEventAt : lastEventSince,
  };
}

/** Events of one instant, in the order in which a shipment goes through them. */
const progress = [
  "label_purchased",
  "label_printed",
  "confirmed",
  "ready_for_pickup",
  "carrier_picked_up",
  "in_transit",
  "delayed",
  "out_for_delivery",
  "attempted_delivery",
  "failure",
  "delivered",
];

const compareProgress = (a: string, b: string) =>
  progress.indexOf(a) - progress.indexOf(b) || (a < b ? -1 : Number(a > b));

// Both are ISO 8601 in UTC to the millisecond, which sorts as text.
const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);

/**
 * Takes in what a payload says of an order's shipments; it names all that there are. Events have the last word on when
 * something arrived.
 * @param heardBefore when the order was delivered as far as known, for an order whose shipments are not stored yet
 * @returns the shipments, those that did not change as the same objects
 */
export function mergeShipments(
  stored: Shipment[],
  named: MappedShipment[],
  heardBefore: string | null = null,
): Shipment[] {
  const merged = new Map(
    stored.map((shipment) => {
      const withdrawn = { ...shipment, status: null, deliveredAt: whenDelivered(shipment, null) };
      return [shipment.shopifyFulfillmentId, keepIfEqual(shipment, withdrawn)];
    }),
  );
  for (const { heardDeliveredAt, events, ...said } of named) {
    const before = stored.find((one) => one.shopifyFulfillmentId === said.shopifyFulfillmentId);
    const heard =
      heardDeliveredAt && stored.length === 0 ? (heardBefore ?? heardDeliveredAt) : heardDeliveredAt;
    const from = before ?? unheardShipment(said.shopifyFulfillmentId);
    const next = events.reduce(applyShipmentEvent, {
      ...from,
      ...said,
      deliveredAt: whenDelivered(from, heard),
    });
    merged.set(said.shopifyFulfillmentId, before ? keepIfEqual(before, next) : next);
  }
  return [...merged.values()];
}

/** An event's time stays. Else the time at which we first heard of it does, as long as it is still said. */
const whenDelivered = ({ deliveredAt, deliveredByEvent }: Shipment, heard: string | null) =>
  deliveredByEvent ? deliveredAt : heard && (deliveredAt ?? heard);

function keepIfEqual(before: Shipment, after: Shipment): Shipment {
  const fields = Object.keys(after) as (keyof Shipment)[];
  return fields.every((field) => before[field] === after[field]) ? before : after;
}

/** When an order's first shipment left and its last one arrived; those that were undone do not count. */
export function shipmentTimes(shipments: Shipment[]): {
  shippedAt: string | null;
  deliveredAt: string | null;
} {
  const standing = shipments.filter(({ status }) => isStanding(status));
  const left = standing.flatMap(({ shippedAt }) => shippedAt ?? []).sort();
  const arrived = standing.flatMap(({ deliveredAt }) => deliveredAt ?? []).sort();
  const allArrived = standing.length > 0 && arrived.length === standing.length;
  return { shippedAt: left[0] ?? null, deliveredAt: allArrived ? (arrived.at(-1) ?? null) : null };
}

/** Where a shipment is, in one of Shopify's words; null for one that no payload names. */
export function shipmentWord({ status, deliveredAt, lastEventStatus }: Shipment): string | null {
  if (!isStanding(status)) return status;
  return deliveredAt ? "delivered" : (lastEventStatus ?? "shipped");
}

/** Whether a merchant sees the shipments differently. One that no payload names is not shown. */
export function lookAlike(before: Shipment[], after: Shipment[]): boolean {
  const look = (shipments: Shipment[]) => JSON.stringify(shipments.flatMap(lookOf).sort());
  return look(before) === look(after);
}

function lookOf(shipment: Shipment): string[] {
  const word = shipmentWord(shipment);
  if (word === null) return [];
  const { shopifyFulfillmentId, trackingCompany, trackingNumber, trackingUrl, shippedAt } = shipment;
  const since = isStanding(shipment.status) ? (shipment.deliveredAt ?? shipment.lastEventSince) : null;
  const exact = shipment.deliveredAt !== null && shipment.deliveredByEvent;
  return [
    JSON.stringify([
      shopifyFulfillmentId,
      word,
      trackingCompany,
      trackingNumber,
      trackingUrl,
      shippedAt,
      since,
      exact,
    ]),
  ];
}
