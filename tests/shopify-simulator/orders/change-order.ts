import { notes } from "./catalog.ts";
import { parseMinor } from "./money.ts";
import type { ChangeSource } from "./order-change.ts";
import { changedCopy } from "./order-change.ts";
import type { Address, OrderPayload } from "./order-payload.ts";
import { recalculateOrder } from "./recalculate-order.ts";
import { refundOrder } from "./refund-order.ts";

/** The changes that touch one or two fields. Edits, shipments and refunds have files of their own. */
export function changeNote(order: OrderPayload, source: ChangeSource, note?: string | null): OrderPayload {
  const next = changedCopy(order, source);
  next.note = note === undefined ? `${source.random.pick(notes)} (${source.random.integer(1, 999)})` : note;
  return next;
}

export function changeTags(order: OrderPayload, source: ChangeSource, tags: string): OrderPayload {
  return { ...changedCopy(order, source), tags };
}

export function markPaid(order: OrderPayload, source: ChangeSource): OrderPayload {
  const next = changedCopy(order, source);
  recalculateOrder(next, { received: parseMinor(next.current_total_price, next.currency) });
  next.financial_status = "paid";
  return next;
}

export interface CancelOrder {
  reason?: string;
  /** Gives the money back in the same step; a cancelled order may just as well stay paid. */
  refund?: boolean;
}

export function cancelOrder(order: OrderPayload, source: ChangeSource, request: CancelOrder = {}) {
  if (order.cancelled_at) throw new RangeError(`order ${order.name} is cancelled already`);
  const refunded = request.refund ? refundOrder(order, source, { full: true }) : null;
  const next = refunded ? refunded.order : changedCopy(order, source);
  next.cancelled_at = next.updated_at;
  next.closed_at = next.updated_at;
  next.cancel_reason = request.reason ?? source.random.pick(["customer", "inventory", "fraud", "other"]);
  if (["pending", "authorized"].includes(next.financial_status)) next.financial_status = "voided";
  return { order: next, refund: refunded?.refund ?? null };
}

const emptyAddress: Omit<Address, "country" | "country_code" | "province" | "province_code"> = {
  first_name: null,
  last_name: null,
  name: null,
  company: null,
  address1: null,
  address2: null,
  city: null,
  zip: null,
  phone: null,
  latitude: null,
  longitude: null,
};

/** What is left of an order after the platform has erased its customer. */
export function redactCustomer(order: OrderPayload, source: ChangeSource): OrderPayload {
  const next = changedCopy(order, source);
  Object.assign(next, {
    email: "",
    contact_email: null,
    phone: null,
    browser_ip: null,
    client_details: null,
    note: null,
  });
  if (next.customer) {
    Object.assign(next.customer, {
      first_name: null,
      last_name: null,
      email: null,
      phone: null,
      default_address: null,
    });
  }
  if (next.billing_address) Object.assign(next.billing_address, emptyAddress);
  if (next.shipping_address) Object.assign(next.shipping_address, emptyAddress);
  return next;
}
