import type { StoredFieldChanges } from "../../drizzle/schema/orders.ts";
import type { OrderFold } from "./order-fold.ts";
import {
  applyShipmentEvent,
  lookAlike,
  type Shipment,
  type ShipmentEvent,
  shipmentTimes,
  shipmentWord,
  unheardShipment,
} from "./shipments.ts";

/**
 * Takes a fulfilment event into an order. One whose order or fulfilment is not here yet is kept with the shipment and
 * counts from the payload on that names it. The payload's own stamps stay: an event says nothing of the order's state.
 */
export function foldShipmentEvent(
  fold: OrderFold,
  event: ShipmentEvent,
  webhookEventId: number | null,
): { status: "applied" | "stale"; reason: string | null } {
  const id = event.shopifyFulfillmentId;
  const known = fold.shipments.find(({ shopifyFulfillmentId }) => shopifyFulfillmentId === id);
  const before = known ?? unheardShipment(id);
  const after = applyShipmentEvent(before, event);
  if (after === before) return { status: "stale", reason: "This or a later event of the shipment is here." };
  fold.shipments = known
    ? fold.shipments.map((one) => (one === known ? after : one))
    : [...fold.shipments, after];
  if (fold.state && !lookAlike([before], [after])) {
    const { external } = fold.state;
    const times = shipmentTimes(fold.shipments);
    const version = fold.state.version + 1;
    const changes = { ...changedTimes(external, times), shipment: changedWord(before, after) };
    fold.state = { ...fold.state, version, external: { ...external, ...times } };
    fold.versions.push({ version, kind: "shipment", changes, overwritten: null, webhookEventId });
    fold.touched = true;
  }
  return { status: "applied", reason: null };
}

type Times = ReturnType<typeof shipmentTimes>;

function changedTimes(before: Times, after: Times): StoredFieldChanges {
  const fields = ["shippedAt", "deliveredAt"] as const;
  return Object.fromEntries(
    fields.flatMap((field) =>
      before[field] === after[field] ? [] : [[field, { from: before[field], to: after[field] }]],
    ),
  );
}

const changedWord = (before: Shipment, after: Shipment): StoredFieldChanges[string] => ({
  from: shipmentWord(before),
  to: shipmentWord(after),
});
