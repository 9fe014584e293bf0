import { globalId } from "../ids.ts";
import type { Amount } from "./money.ts";
import { formatMinor, fromMoneySet, nothing, subtract, toMoneySet } from "./money.ts";
import type { ChangeSource } from "./order-change.ts";
import { changedCopy, financialStatus, fulfillmentStatus } from "./order-change.ts";
import type { OrderPayload, Refund, RefundLineItem } from "./order-payload.ts";
import { lineAmounts, orderCurrencies, recalculateOrder, receivedMinor } from "./recalculate-order.ts";

export interface RefundOrder {
  /** Everything that is left, shipping included. */
  full?: boolean;
  lines?: { lineItemId: bigint; quantity: number }[];
  shipping?: boolean;
  note?: string | null;
}

function chosenLines(order: OrderPayload, request: RefundOrder) {
  if (request.lines) return request.lines;
  const left = order.line_items.filter((line) => line.current_quantity > 0);
  if (request.full) return left.map((line) => ({ lineItemId: line.id, quantity: line.current_quantity }));
  return left.slice(0, 1).map((line) => ({ lineItemId: line.id, quantity: 1 }));
}

function takeLine(
  next: OrderPayload,
  source: ChangeSource,
  lineItemId: bigint,
  quantity: number,
): RefundLineItem | null {
  const line = next.line_items.find((one) => one.id === lineItemId);
  const count = Math.min(quantity, line?.current_quantity ?? 0);
  if (!line || count <= 0) return null;
  const before = lineAmounts(line, next.taxes_included);
  const unshipped = Math.min(count, line.fulfillable_quantity);
  line.current_quantity -= count;
  line.fulfillable_quantity -= unshipped;
  const after = lineAmounts(line, next.taxes_included);
  const currencies = orderCurrencies(next);
  const subtotal = subtract(before.currentNet, after.currentNet);
  const tax = subtract(before.currentTax, after.currentTax);
  return {
    id: source.ids.next(),
    line_item_id: line.id,
    location_id: 68001n,
    quantity: count,
    restock_type: unshipped > 0 ? "cancel" : "return",
    subtotal: formatMinor(subtotal.shop, currencies.shop),
    subtotal_set: toMoneySet(subtotal, currencies),
    total_tax: formatMinor(tax.shop, currencies.shop),
    total_tax_set: toMoneySet(tax, currencies),
    line_item: structuredClone(line),
  };
}

/**
 * Refunds part or all of an order. Money flows back only as far as it was received: refunding an unpaid order
 * just takes the items off it.
 */
export function refundOrder(order: OrderPayload, source: ChangeSource, request: RefundOrder = {}) {
  const next = changedCopy(order, source);
  const currencies = orderCurrencies(next);
  const received = receivedMinor(order);
  const id = source.ids.next();
  const refund: Refund = {
    id,
    admin_graphql_api_id: globalId("Refund", id),
    created_at: next.updated_at,
    processed_at: next.updated_at,
    order_id: next.id,
    note: request.note ?? null,
    user_id: 1001n,
    restock: true,
    return: null,
    duties: [],
    total_duties_set: toMoneySet(nothing, currencies),
    order_adjustments: [],
    refund_line_items: chosenLines(next, request)
      .map(({ lineItemId, quantity }) => takeLine(next, source, lineItemId, quantity))
      .filter((line) => line !== null),
    refund_shipping_lines: [],
    transactions: [],
  };
  if (request.shipping ?? request.full) {
    for (const line of next.shipping_lines) {
      const left = fromMoneySet(line.current_discounted_price_set);
      if (left.shop <= 0) continue;
      refund.refund_shipping_lines.push({
        id: source.ids.next(),
        shipping_line_id: line.id,
        subtotal_amount_set: toMoneySet(left, currencies),
      });
    }
  }
  if (refund.refund_line_items.length + refund.refund_shipping_lines.length === 0) {
    throw new RangeError(`order ${order.name} has nothing left to refund`);
  }
  next.refunds.push(refund);
  recalculateOrder(next, { received });
  const value: Amount = subtract(
    fromMoneySet(order.current_total_price_set),
    fromMoneySet(next.current_total_price_set),
  );
  const paidBack = Math.min(value.shop, received);
  if (paidBack > 0) {
    const presentment = Math.round((value.presentment * paidBack) / value.shop);
    const transactionId = source.ids.next();
    refund.transactions.push({
      id: transactionId,
      admin_graphql_api_id: globalId("OrderTransaction", transactionId),
      amount: formatMinor(presentment, currencies.presentment),
      currency: currencies.presentment,
      created_at: next.updated_at,
      processed_at: next.updated_at,
      gateway: next.payment_gateway_names[0] ?? "manual",
      kind: "refund",
      status: "success",
      order_id: next.id,
      test: next.test,
    });
    recalculateOrder(next, { received: received - paidBack });
  }
  next.financial_status = financialStatus(next);
  next.fulfillment_status = fulfillmentStatus(next);
  return { order: next, refund };
}
