import type { IdSource } from "../ids.ts";
import type { Random } from "../random.ts";
import { parseMinor } from "./money.ts";
import type { OrderPayload } from "./order-payload.ts";
import { receivedMinor } from "./recalculate-order.ts";
import { shopTime } from "./shop-time.ts";

/** When and with what a change to an order happens. */
export interface ChangeSource {
  at: Date;
  timeZone: string;
  random: Random;
  ids: IdSource;
}

/** A changed copy, stamped: the caller's order is never touched, so an older payload can still be sent. */
export function changedCopy(
  order: OrderPayload,
  source: Pick<ChangeSource, "at" | "timeZone">,
): OrderPayload {
  return { ...structuredClone(order), updated_at: shopTime(source.at, source.timeZone) };
}

/** The word Shopify would use for what has been paid and given back so far. */
export function financialStatus(order: OrderPayload): string {
  if (order.financial_status === "voided") return "voided";
  const received = receivedMinor(order);
  const refunded = order.refunds.some((refund) => refund.transactions.length > 0);
  if (refunded) return received <= 0 ? "refunded" : "partially_refunded";
  if (received <= 0) return order.financial_status;
  return parseMinor(order.total_outstanding, order.currency) > 0 ? "partially_paid" : "paid";
}

export function fulfillmentStatus(order: OrderPayload): string | null {
  const shippable = order.line_items.filter((line) => line.current_quantity > 0);
  const fulfilled = order.fulfillments.filter((one) => one.status === "success");
  if (fulfilled.length === 0) return null;
  return shippable.every((line) => line.fulfillable_quantity === 0) ? "fulfilled" : "partial";
}
