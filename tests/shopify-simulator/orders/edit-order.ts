import type { LineRequest } from "./make-line-item.ts";
import { makeLineItem } from "./make-line-item.ts";
import type { ChangeSource } from "./order-change.ts";
import { changedCopy, financialStatus, fulfillmentStatus } from "./order-change.ts";
import type { OrderPayload } from "./order-payload.ts";
import { orderCurrencies, recalculateOrder, receivedMinor } from "./recalculate-order.ts";

export interface OrderEdit {
  quantities?: { lineItemId: bigint; quantity: number }[];
  add?: LineRequest[];
}

export interface EditDelta {
  additions: { id: bigint; delta: number }[];
  removals: { id: bigint; delta: number }[];
}

const drawEdit = (order: OrderPayload, { random }: ChangeSource): OrderEdit => {
  const line = order.line_items.find((one) => one.fulfillable_quantity > 0);
  if (!line || random.chance(0.5)) return { add: [{}] };
  return { quantities: [{ lineItemId: line.id, quantity: line.current_quantity + 1 }] };
};

/**
 * An order edit. A line that shrinks keeps its `quantity` and loses `current_quantity`, as at Shopify; items
 * already shipped cannot be taken away.
 */
export function editOrder(
  order: OrderPayload,
  source: ChangeSource,
  edit: OrderEdit = drawEdit(order, source),
) {
  const next = changedCopy(order, source);
  const received = receivedMinor(order);
  const delta: EditDelta = { additions: [], removals: [] };
  for (const { lineItemId, quantity } of edit.quantities ?? []) {
    const line = next.line_items.find((one) => one.id === lineItemId);
    if (!line) throw new RangeError(`order ${order.name} has no line ${lineItemId}`);
    const fulfilled = line.current_quantity - line.fulfillable_quantity;
    const change = Math.max(quantity, fulfilled) - line.current_quantity;
    if (change === 0) continue;
    line.current_quantity += change;
    line.fulfillable_quantity += change;
    if (change > 0) line.quantity += change;
    delta[change > 0 ? "additions" : "removals"].push({ id: line.id, delta: Math.abs(change) });
  }
  for (const request of edit.add ?? []) {
    const { ids, random } = source;
    const line = makeLineItem(
      { ids, random, currencies: orderCurrencies(next), taxesIncluded: next.taxes_included },
      request,
    );
    next.line_items.push(line);
    delta.additions.push({ id: line.id, delta: line.quantity });
  }
  recalculateOrder(next, { received });
  next.financial_status = financialStatus(next);
  next.fulfillment_status = fulfillmentStatus(next);
  return { order: next, delta };
}
