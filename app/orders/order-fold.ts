import type { MappedOrder } from "./map-order-payload.ts";
import type { OrderState, PayloadEvent } from "./merge-payload.ts";
import type { StoredOrder } from "./order-states.server.ts";

/** A version of an order on its way into the timeline. */
export interface PendingVersion extends Omit<PayloadEvent, "kind"> {
  kind: PayloadEvent["kind"] | "deleted";
  webhookEventId: number | null;
}

/** An order being folded over its events: what is stored, what it becomes, and the versions in between. */
export interface OrderFold {
  id: string;
  shopifyOrderId: string;
  stored: StoredOrder | null;
  state: OrderState | null;
  lines: MappedOrder["lines"] | null;
  customerId: string | null;
  webhookEventId: number | null;
  versions: PendingVersion[];
  /** The last event that was applied to it, by the caller's own name. */
  lastKey: number | null;
  deleted: boolean;
  touched: boolean;
}
