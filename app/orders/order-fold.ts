import type { MappedOrder } from "./map-order-payload.ts";
import type { OrderState, PayloadEvent } from "./merge-payload.ts";
import type { StoredOrder } from "./order-states.server.ts";
import type { Shipment } from "./shipments.ts";

/** A version of an order on its way into the timeline. */
export interface PendingVersion extends Omit<PayloadEvent, "kind"> {
  kind: PayloadEvent["kind"] | "deleted" | "shipment";
  webhookEventId: number | null;
}

/** An order being folded over its events: what is stored, what it becomes, and the versions in between. */
export interface OrderFold {
  id: string;
  shopifyOrderId: string;
  stored: StoredOrder | null;
  state: OrderState | null;
  lines: MappedOrder["lines"] | null;
  storedShipments: Shipment[];
  /** Those that did not change are the stored objects. An order that is not here yet may have some, by events. */
  shipments: Shipment[];
  customerId: string | null;
  webhookEventId: number | null;
  versions: PendingVersion[];
  /** The last event that was applied to it, by the caller's own name. */
  lastKey: number | null;
  deleted: boolean;
  touched: boolean;
}
