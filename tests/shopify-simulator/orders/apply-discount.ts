import type { Amount } from "./money.ts";
import { formatMinor, fromMoneySet, mapAmount, share, subtract, sum, toMoneySet } from "./money.ts";
import type { DiscountAllocation, OrderPayload } from "./order-payload.ts";
import { orderCurrencies } from "./recalculate-order.ts";

function allocation(order: OrderPayload, amount: Amount, index: number): DiscountAllocation {
  const currencies = orderCurrencies(order);
  return {
    amount: formatMinor(amount.shop, currencies.shop),
    amount_set: toMoneySet(amount, currencies),
    discount_application_index: index,
  };
}

/** A percentage code over all lines. The last line takes the rounding, so the allocations add up to the discount. */
export function applyPercentDiscount(order: OrderPayload, code: string, percent: number): void {
  const gross = order.line_items.map((line) =>
    mapAmount(fromMoneySet(line.price_set), (unit) => unit * line.quantity),
  );
  const total = share(sum(gross), percent, 100);
  const index = order.discount_applications.length;
  order.discount_applications.push({
    type: "discount_code",
    code,
    value: percent.toFixed(1),
    value_type: "percentage",
    allocation_method: "across",
    target_selection: "all",
    target_type: "line_item",
  });
  order.discount_codes.push({ code, amount: formatMinor(total.shop, order.currency), type: "percentage" });
  let left = total;
  order.line_items.forEach((line, at) => {
    const last = at === order.line_items.length - 1;
    const part = last ? left : share(gross[at] ?? { shop: 0, presentment: 0 }, percent, 100);
    left = subtract(left, part);
    line.discount_allocations.push(allocation(order, part, index));
  });
}

/** Free shipping by code: the line keeps its price and carries the allocation. */
export function applyFreeShipping(order: OrderPayload, code: string): void {
  const [line] = order.shipping_lines;
  if (!line) return;
  const index = order.discount_applications.length;
  order.discount_applications.push({
    type: "discount_code",
    code,
    value: "100.0",
    value_type: "percentage",
    allocation_method: "each",
    target_selection: "all",
    target_type: "shipping_line",
  });
  order.discount_codes.push({ code, amount: line.price, type: "shipping" });
  line.discount_allocations.push(allocation(order, fromMoneySet(line.price_set), index));
}
