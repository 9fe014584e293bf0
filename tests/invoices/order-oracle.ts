import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import type { ToldOrder } from "./order-extras.ts";

/** What an order's documents must say together, worked out from the payload by other means than the app's. */

type Side = "shop" | "presentment";
type Line = OrderPayload["line_items"][number] | OrderPayload["shipping_lines"][number];

const exponents: Record<string, number> = { JPY: 0, KWD: 3 };

const minor = (order: ToldOrder, side: Side, text: string) => {
  const exponent = exponents[side === "shop" ? order.currency : order.presentment_currency] ?? 2;
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(exponent, "0").slice(0, exponent));
};

const halfUp = (numerator: bigint, denominator: bigint) =>
  (2n * numerator + denominator) / (2n * denominator);

const money = (order: ToldOrder, side: Side, set: OrderPayload["total_price_set"]) =>
  minor(order, side, set[side === "shop" ? "shop_money" : "presentment_money"].amount);

export const currentTotal = (order: ToldOrder, side: Side) =>
  money(order, side, order.current_total_price_set);

export const currentTax = (order: ToldOrder, side: Side) => money(order, side, order.current_total_tax_set);

/** What a line comes to now: with tax where prices include it. */
function amountNow(order: ToldOrder, side: Side, line: Line): bigint {
  if (!("quantity" in line)) return money(order, side, line.current_discounted_price_set);
  const discount = line.discount_allocations.reduce(
    (sum, one) => sum + money(order, side, one.amount_set),
    0n,
  );
  const [now, ordered] = [BigInt(line.current_quantity), BigInt(line.quantity)];
  return money(order, side, line.price_set) * now - halfUp(discount * now, ordered);
}

/** What rates the duties bear: Shopify tells them at the lines. */
const dutyRates = (order: ToldOrder): number[] =>
  order.line_items
    .flatMap(({ duties }) => duties)
    .flatMap((duty) => (duty as { tax_lines: { rate: number }[] }).tax_lines)
    .map(({ rate }) => rate);

/** Base and tax by rate; rounded by line or, for lines with the same rates, together. */
export function taxesNow(order: ToldOrder, side: Side, rounding: "line" | "document") {
  const lines = [...order.line_items, ...order.shipping_lines].map((line) => ({
    rates: line.tax_lines.map(({ rate }) => toMillionths(rate)),
    amount: amountNow(order, side, line),
  }));
  if (order.current_total_duties_set) {
    const amount = money(order, side, order.current_total_duties_set);
    lines.push({ rates: dutyRates(order).map(toMillionths), amount });
  }
  const merged = new Map<string, { rates: bigint[]; amount: bigint }>();
  for (const [index, { rates, amount }] of lines.entries()) {
    const key = rounding === "line" ? String(index) : rates.join();
    merged.set(key, { rates, amount: (merged.get(key)?.amount ?? 0n) + amount });
  }
  const taxes = new Map<string, { base: bigint; tax: bigint }>();
  for (const { rates, amount } of merged.values()) {
    const parts = taxParts(amount, rates, order.taxes_included);
    const net = order.taxes_included ? amount - parts.reduce((sum, part) => sum + part, 0n) : amount;
    rates.forEach((rate, at) => {
      const key = (Number(rate) / 1e6).toString();
      const known = taxes.get(key) ?? { base: 0n, tax: 0n };
      taxes.set(key, { base: known.base + net, tax: known.tax + (parts[at] ?? 0n) });
    });
  }
  return taxes;
}

/** A rate of one as whole millionths: 0.19 is 190,000. */
export const toMillionths = (rate: number) => BigInt(Math.round(rate * 1e6));

/** The tax at each of some rates, given in millionths. */
export function taxParts(amount: bigint, rates: bigint[], included: boolean): bigint[] {
  if (!included) return rates.map((rate) => halfUp(amount * rate, 1_000_000n));
  const all = rates.reduce((sum, rate) => sum + rate, 0n);
  if (all === 0n) return [];
  const tax = halfUp(amount * all, 1_000_000n + all);
  const floors = rates.map((rate) => (tax * rate) / all);
  const missing = tax - floors.reduce((sum, floor) => sum + floor, 0n);
  // With two rates at most one unit is missing, and it belongs to the larger remainder.
  const remainders = rates.map((rate) => (tax * rate) % all);
  const largest = remainders.indexOf(remainders.reduce((most, one) => (one > most ? one : most), -1n));
  return floors.map((floor, at) => (at === largest ? floor + missing : floor));
}
