import fc from "fast-check";
import {
  type Amount,
  convertMinor,
  formatMinor,
  fromMoneySet,
  mapAmount,
  nothing,
  subtract,
  sum,
  toMoneySet,
} from "../shopify-simulator/orders/money.ts";
import type { ChangeSource } from "../shopify-simulator/orders/order-change.ts";
import type { MoneySet, OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import { orderCurrencies } from "../shopify-simulator/orders/recalculate-order.ts";
import { taxParts, toMillionths } from "./order-oracle.ts";
import { type Happening, happen, placeOrder, type Story, sourceOf } from "./order-story.ts";

/** What the simulator's orders do not have, laid over them: a tip, duties, and refunds of an amount without any line. */

const rateSets = [[], [0.19], [0.05, 0.09975]];

export const extras = fc.record({
  tipMinor: fc.option(fc.integer({ min: 50, max: 3_000 })),
  dutyMinor: fc.option(fc.integer({ min: 50, max: 20_000 })),
  dutyRates: fc.constantFrom(...rateSets),
  /** Whether Shopify's totals have refunds by amount in them: it depends on their kind and on the version of the API. */
  countsRefunds: fc.boolean(),
  tellsRefundTax: fc.boolean(),
});

export type Extras = typeof extras extends fc.Arbitrary<infer Told> ? Told : never;

/** A refund of a part of what the order comes to. */
export const amountRefund = fc.record({
  kind: fc.constant("refund_amount" as const),
  percent: fc.integer({ min: 1, max: 100 }),
});

export type AmountRefund = typeof amountRefund extends fc.Arbitrary<infer Told> ? Told : never;

/** With its tax in `tax`, not in `amount`; negative for what went back. */
interface Adjustment {
  id: bigint;
  amount: Amount;
  tax: Amount;
}

/** A payload with the extras: the simulator's own never has duties. */
export type ToldOrder = Omit<OrderPayload, "current_total_duties_set" | "original_total_duties_set"> & {
  current_total_duties_set: MoneySet | null;
  original_total_duties_set: MoneySet | null;
};

const isGone = (order: OrderPayload) =>
  order.line_items.every((line) => line.current_quantity === 0) &&
  order.shipping_lines.every((line) => fromMoneySet(line.current_discounted_price_set).shop === 0);

/** The payload as Shopify would tell it. An order of which nothing is left has neither tip nor duties any more. */
function tellOrder(base: OrderPayload, wish: Extras, adjustments: Adjustment[]): ToldOrder {
  const order: ToldOrder = structuredClone(base);
  const currencies = orderCurrencies(base);
  const both = (minor: number | null): Amount =>
    minor === null || isGone(base)
      ? nothing
      : { shop: minor, presentment: convertMinor(minor, currencies.shop, currencies.presentment) };
  const [tip, duty] = [both(wish.tipMinor), both(wish.dutyMinor)];
  const dutyTax = taxOn(duty, wish.dutyRates, base.taxes_included);
  const counted = wish.countsRefunds ? adjustments : [];
  const lower = sum(counted.map(({ amount, tax }) => sum([amount, tax])));
  const total = sum([
    fromMoneySet(base.current_total_price_set),
    tip,
    duty,
    base.taxes_included ? nothing : dutyTax,
    lower,
  ]);
  const tax = sum([fromMoneySet(base.current_total_tax_set), dutyTax, ...counted.map((one) => one.tax)]);
  order.current_total_price_set = toMoneySet(total, currencies);
  order.current_total_price = formatMinor(total.shop, currencies.shop);
  order.current_total_tax_set = toMoneySet(tax, currencies);
  order.current_total_tax = formatMinor(tax.shop, currencies.shop);
  order.total_tip_received = formatMinor(tip.shop, currencies.shop);
  order.current_total_duties_set = toMoneySet(duty, currencies);
  const [first] = order.line_items;
  if (first && duty.shop !== 0) {
    first.duties = [{ tax_lines: wish.dutyRates.map((rate) => ({ title: `Tax ${rate}`, rate })) }];
  }
  if (adjustments.length > 0) order.refunds.push(refundOf(base, adjustments));
  return order;
}

function taxOn(amount: Amount, rates: number[], included: boolean): Amount {
  const millionths = rates.map(toMillionths);
  return mapAmount(amount, (minor) =>
    taxParts(BigInt(minor), millionths, included).reduce((all, tax) => all + Number(tax), 0),
  );
}

function refundOf(base: OrderPayload, adjustments: Adjustment[]) {
  const currencies = orderCurrencies(base);
  return {
    id: 1n,
    admin_graphql_api_id: "gid://shopify/Refund/1",
    created_at: base.updated_at,
    processed_at: base.updated_at,
    order_id: base.id,
    note: null,
    user_id: null,
    restock: false,
    return: null,
    duties: [],
    total_duties_set: toMoneySet(nothing, currencies),
    order_adjustments: adjustments.map(({ id, amount, tax }) => ({
      id,
      kind: "refund_discrepancy",
      amount: formatMinor(amount.shop, currencies.shop),
      amount_set: toMoneySet(amount, currencies),
      tax_amount: formatMinor(tax.shop, currencies.shop),
      tax_amount_set: toMoneySet(tax, currencies),
    })),
    refund_line_items: [],
    refund_shipping_lines: [],
    transactions: [],
  };
}

/** Refunds a part of what the order comes to now. */
function refundAmount(
  told: ToldOrder,
  { percent }: AmountRefund,
  tellsTax: boolean,
  { ids }: ChangeSource,
): Adjustment[] {
  const part = (set: MoneySet) =>
    mapAmount(fromMoneySet(set), (minor) => Math.floor((minor * percent) / 100));
  const gross = part(told.current_total_price_set);
  if (gross.shop <= 0 || gross.presentment <= 0) return [];
  const tax = tellsTax ? part(told.current_total_tax_set) : nothing;
  return [{ id: ids.next(), amount: subtract(tax, gross), tax: subtract(nothing, tax) }];
}

/** Where more was refunded than the lines that went were worth, Shopify tells how much less the rest has brought back. */
function settleRefunds(told: ToldOrder, { ids }: ChangeSource): Adjustment[] {
  const total = fromMoneySet(told.current_total_price_set);
  if (total.shop >= 0 && total.presentment >= 0) return [];
  const tax = mapAmount(fromMoneySet(told.current_total_tax_set), (minor) => Math.max(0, -minor));
  return [{ id: ids.next(), amount: subtract(subtract(nothing, total), tax), tax }];
}

/** An order's life as Shopify tells it: what it is now, and what it is after something has happened. */
export interface ToldLife {
  order: ToldOrder;
  /** Whether an amount was refunded that Shopify's totals have in them. */
  isLowered: boolean;
  after: (what: Happening | AmountRefund) => ToldLife;
}

export function beginLife(told: Story, wish: Extras): ToldLife {
  const source = sourceOf(told);
  const live = (base: OrderPayload, adjustments: Adjustment[]): ToldLife => {
    const settled = [...adjustments, ...settleRefunds(tellOrder(base, wish, adjustments), source)];
    const order = tellOrder(base, wish, settled);
    return {
      order,
      isLowered: wish.countsRefunds && settled.length > 0,
      after: (what) =>
        what.kind === "refund_amount"
          ? live(base, [...settled, ...refundAmount(order, what, wish.tellsRefundTax, source)])
          : live(happen(base, what, source), settled),
    };
  };
  return live(placeOrder(told, source), []);
}
