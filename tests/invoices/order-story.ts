import fc from "fast-check";
import { createIdSource } from "../shopify-simulator/ids.ts";
import { buildOrderPayload } from "../shopify-simulator/orders/build-order-payload.ts";
import { cancelOrder } from "../shopify-simulator/orders/change-order.ts";
import { editOrder } from "../shopify-simulator/orders/edit-order.ts";
import { formatMinor, toMoneySet } from "../shopify-simulator/orders/money.ts";
import type { ChangeSource } from "../shopify-simulator/orders/order-change.ts";
import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import { orderCurrencies, recalculateOrder } from "../shopify-simulator/orders/recalculate-order.ts";
import { refundOrder } from "../shopify-simulator/orders/refund-order.ts";
import { createRandom } from "../shopify-simulator/random.ts";

/** Random orders and what happens to them, told by the simulator's own actions on payloads. */

const rateSets = [[], [0.19], [0.07], [0.2], [0.04, 0.04875], [0.05, 0.09975], [0.0725]];

const line = fc.record({
  priceMinor: fc.integer({ min: 100, max: 500_000 }),
  quantity: fc.integer({ min: 1, max: 7 }),
  rates: fc.constantFrom(...rateSets),
});

export const happening = fc.oneof(
  fc.record({
    kind: fc.constant("refund" as const),
    line: fc.nat(5),
    quantity: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constant("refund_shipping" as const) }),
  fc.record({ kind: fc.constant("remove" as const), line: fc.nat(5), quantity: fc.nat(3) }),
  fc.record({
    kind: fc.constant("more" as const),
    line: fc.nat(5),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant("add" as const), add: line }),
  fc.record({ kind: fc.constant("swap" as const), line: fc.nat(5), add: line }),
  fc.record({ kind: fc.constant("refund_all" as const) }),
  fc.record({ kind: fc.constant("cancel" as const) }),
);

export const story = fc.record({
  seed: fc.nat(),
  shopCurrency: fc.constantFrom("EUR", "USD", "JPY", "KWD"),
  presentmentCurrency: fc.constantFrom("EUR", "USD", "JPY", "KWD", "GBP"),
  sameCurrency: fc.boolean(),
  taxesIncluded: fc.boolean(),
  rounding: fc.constantFrom("line" as const, "document" as const),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  shippingMinor: fc.option(fc.integer({ min: 100, max: 2_000 })),
  shippingRates: fc.constantFrom(...rateSets),
  discountPercent: fc.constantFrom(0, 0, 3, 10, 33, 50),
  happenings: fc.array(happening, { minLength: 1, maxLength: 4 }),
});

export type Story = typeof story extends fc.Arbitrary<infer Told> ? Told : never;
export type Happening = Story["happenings"][number];
type LineWish = Story["lines"][number];

const at = new Date("2026-11-25T10:00:00Z");

export function sourceOf({ seed }: Pick<Story, "seed">): ChangeSource {
  const random = createRandom(seed);
  return { at, timeZone: "Europe/Berlin", random, ids: createIdSource(random, 0.1) };
}

/** The order as it was placed. */
export function placeOrder(told: Story, source: ChangeSource): OrderPayload {
  const { shopCurrency, presentmentCurrency, sameCurrency, taxesIncluded } = told;
  const shop = { domain: "story.myshopify.com", currency: shopCurrency, timeZone: "UTC", taxesIncluded };
  const order = buildOrderPayload(
    { shop, number: 1, random: source.random, ids: source.ids, now: at },
    {
      financialStatus: "paid",
      lines: told.lines.map(({ priceMinor, quantity }) => ({ priceMinor, quantity, taxRate: 0 })),
      shippingMinor: told.shippingMinor,
      discountPercent: told.discountPercent,
      presentmentCurrency: sameCurrency ? shopCurrency : presentmentCurrency,
      sourceName: "web",
    },
  );
  for (const [index, item] of order.line_items.entries())
    setRates(order, item, told.lines[index]?.rates ?? []);
  for (const shipping of order.shipping_lines) setRates(order, shipping, told.shippingRates);
  recalculateOrder(order, { received: 0 });
  return order;
}

/** What happens next; the order itself when it cannot. */
export function happen(order: OrderPayload, what: Happening, source: ChangeSource): OrderPayload {
  const pick = (index: number) => order.line_items[index % order.line_items.length];
  switch (what.kind) {
    case "refund": {
      const item = pick(what.line);
      if (!item || item.current_quantity === 0) return order;
      const lines = [{ lineItemId: item.id, quantity: what.quantity }];
      return refundOrder(order, source, { lines }).order;
    }
    case "refund_shipping":
      return hasShipping(order) ? refundOrder(order, source, { lines: [], shipping: true }).order : order;
    case "remove":
    case "more": {
      const item = pick(what.line);
      if (!item) return order;
      const quantity = what.kind === "more" ? item.current_quantity + what.quantity : what.quantity;
      if (what.kind === "remove" && quantity >= item.current_quantity) return order;
      return editOrder(order, source, { quantities: [{ lineItemId: item.id, quantity }] }).order;
    }
    case "add":
      return addLine(order, what.add, source);
    case "swap": {
      const item = pick(what.line);
      const quantities = item ? [{ lineItemId: item.id, quantity: 0 }] : [];
      return addLine(editOrder(order, source, { quantities }).order, what.add, source);
    }
    case "refund_all":
      return isEmpty(order) ? order : refundOrder(order, source, { full: true }).order;
    case "cancel":
      if (order.cancelled_at) return order;
      return cancelOrder(order, source, { refund: !isEmpty(order) }).order;
  }
}

function addLine(order: OrderPayload, { priceMinor, quantity, rates }: LineWish, source: ChangeSource) {
  const { order: next } = editOrder(order, source, { add: [{ priceMinor, quantity, taxRate: 0 }] });
  const added = next.line_items.at(-1);
  if (added) setRates(next, added, rates);
  recalculateOrder(next, { received: 0 });
  return next;
}

const hasShipping = (order: OrderPayload) =>
  order.shipping_lines.some((one) => Number(one.current_discounted_price_set.shop_money.amount) > 0);

const isEmpty = (order: OrderPayload) =>
  order.line_items.every((one) => one.current_quantity === 0) && !hasShipping(order);

function setRates(
  order: OrderPayload,
  target: OrderPayload["line_items"][number] | OrderPayload["shipping_lines"][number],
  rates: number[],
) {
  const nothing = toMoneySet({ shop: 0, presentment: 0 }, orderCurrencies(order));
  target.tax_lines = rates.map((rate) => ({
    title: `Tax ${rate}`,
    rate,
    price: formatMinor(0, order.currency),
    price_set: nothing,
    channel_liable: false,
  }));
  if ("taxable" in target) target.taxable = rates.length > 0;
}
