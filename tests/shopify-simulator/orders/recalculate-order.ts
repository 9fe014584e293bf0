import type { Amount, Currencies } from "./money.ts";
import {
  formatMinor,
  fromMoneySet,
  mapAmount,
  nothing,
  parseMinor,
  share,
  subtract,
  sum,
  toMoneySet,
} from "./money.ts";
import type { DiscountAllocation, LineItem, OrderPayload, ShippingLine, TaxLine } from "./order-payload.ts";

/** Rates are whole millionths here, so that 8.875 % never meets a float's rounding. */
const MILLION = 1_000_000;

export const orderCurrencies = (order: OrderPayload): Currencies => ({
  shop: order.currency,
  presentment: order.presentment_currency,
});

const millionths = (rate: number) => Math.round(rate * MILLION);

/** One rate's tax. A price that includes taxes includes all of the line's rates at once. */
const taxOn = (net: Amount, rate: number, lines: TaxLine[], included: boolean): Amount => {
  const all = lines.reduce((sum, line) => sum + millionths(line.rate), 0);
  return share(net, millionths(rate), included ? MILLION + all : MILLION);
};

const allocated = (allocations: DiscountAllocation[]) =>
  sum(allocations.map((one) => fromMoneySet(one.amount_set)));

function writeTaxLines(lines: TaxLine[], net: Amount, included: boolean, currencies: Currencies) {
  for (const line of lines) {
    const tax = taxOn(net, line.rate, lines, included);
    line.price = formatMinor(tax.shop, currencies.shop);
    line.price_set = toMoneySet(tax, currencies);
  }
}

export interface LineAmounts {
  gross: Amount;
  net: Amount;
  tax: Amount;
  currentNet: Amount;
  currentTax: Amount;
  currentDiscount: Amount;
}

/** A line as ordered, and as it stands after edits and refunds. */
export function lineAmounts(line: LineItem, taxesIncluded: boolean): LineAmounts {
  const unit = fromMoneySet(line.price_set);
  const gross = mapAmount(unit, (minor) => minor * line.quantity);
  const discount = allocated(line.discount_allocations);
  const currentDiscount = share(discount, line.current_quantity, line.quantity);
  const net = subtract(gross, discount);
  const currentNet = subtract(
    mapAmount(unit, (minor) => minor * line.current_quantity),
    currentDiscount,
  );
  const taxes = (base: Amount) =>
    sum(line.tax_lines.map(({ rate }) => taxOn(base, rate, line.tax_lines, taxesIncluded)));
  return { gross, net, tax: taxes(net), currentNet, currentTax: taxes(currentNet), currentDiscount };
}

function shippingAmounts(line: ShippingLine, order: OrderPayload) {
  const discount = allocated(line.discount_allocations);
  const net = subtract(fromMoneySet(line.price_set), discount);
  const refunded = sum(
    order.refunds
      .flatMap((refund) => refund.refund_shipping_lines)
      .filter((part) => part.shipping_line_id === line.id)
      .map((part) => fromMoneySet(part.subtotal_amount_set)),
  );
  const currentNet = subtract(net, refunded);
  const taxes = (base: Amount) =>
    sum(line.tax_lines.map(({ rate }) => taxOn(base, rate, line.tax_lines, order.taxes_included)));
  return { net, tax: taxes(net), currentNet, currentTax: taxes(currentNet), discount };
}

function collectTaxLines(order: OrderPayload, currencies: Currencies): TaxLine[] {
  const byTitle = new Map<string, { line: TaxLine; total: Amount }>();
  for (const line of [...order.line_items, ...order.shipping_lines].flatMap((one) => one.tax_lines)) {
    const key = `${line.title} ${line.rate}`;
    const total = sum([byTitle.get(key)?.total ?? nothing, fromMoneySet(line.price_set)]);
    byTitle.set(key, { line, total });
  }
  return [...byTitle.values()].map(({ line, total }) => ({
    ...line,
    price: formatMinor(total.shop, currencies.shop),
    price_set: toMoneySet(total, currencies),
  }));
}

/** What the customer has paid and not got back: the one figure that the lines alone cannot tell. */
export const receivedMinor = (order: OrderPayload) =>
  parseMinor(order.current_total_price, order.currency) - parseMinor(order.total_outstanding, order.currency);

/**
 * Writes every total of the order from its lines, in shop money and presentment money separately.
 *
 * `total_*` describe the order before returns, `current_*` the order now. Converting one currency's total into the
 * other's would be off by a minor unit here and there, as merchants' books have shown; so each is summed by itself.
 */
export function recalculateOrder(order: OrderPayload, { received }: { received: number }): void {
  const currencies = orderCurrencies(order);
  const included = order.taxes_included;
  for (const line of order.line_items) {
    writeTaxLines(line.tax_lines, lineAmounts(line, included).net, included, currencies);
  }
  for (const line of order.shipping_lines) {
    const { net, currentNet } = shippingAmounts(line, order);
    writeTaxLines(line.tax_lines, net, included, currencies);
    line.discounted_price = formatMinor(net.shop, currencies.shop);
    line.discounted_price_set = toMoneySet(net, currencies);
    line.current_discounted_price_set = toMoneySet(currentNet, currencies);
  }

  const lines = order.line_items.map((line) => lineAmounts(line, included));
  const shipping = order.shipping_lines.map((line) => shippingAmounts(line, order));
  const tip = parseMinor(order.total_tip_received, currencies.shop);
  const tipAmount: Amount = { shop: tip, presentment: tip };
  const all = [...lines, ...shipping];
  const tax = sum(all.map((one) => one.tax));
  const currentTax = sum(all.map((one) => one.currentTax));
  const subtotal = sum(lines.map((line) => line.net));
  const currentSubtotal = sum(lines.map((line) => line.currentNet));
  const shippingNet = sum(shipping.map((line) => line.net));
  const currentShipping = sum(shipping.map((line) => line.currentNet));
  const shippingDiscount = sum(shipping.map((line) => line.discount));

  const put = (name: AmountName, amount: Amount) => {
    order[name] = formatMinor(amount.shop, currencies.shop);
    order[`${name}_set`] = toMoneySet(amount, currencies);
  };
  put("total_line_items_price", sum(lines.map((line) => line.gross)));
  put("subtotal_price", subtotal);
  put("total_discounts", sum([...lines.map((line) => subtract(line.gross, line.net)), shippingDiscount]));
  put("total_tax", tax);
  put("total_price", sum([subtotal, shippingNet, included ? nothing : tax, tipAmount]));
  put("current_subtotal_price", currentSubtotal);
  put("current_total_discounts", sum([...lines.map((line) => line.currentDiscount), shippingDiscount]));
  put("current_total_tax", currentTax);
  const currentTotal = sum([currentSubtotal, currentShipping, included ? nothing : currentTax, tipAmount]);
  put("current_total_price", currentTotal);
  order.total_shipping_price_set = toMoneySet(shippingNet, currencies);
  order.current_shipping_price_set = toMoneySet(currentShipping, currencies);
  order.tax_lines = collectTaxLines(order, currencies);
  order.total_weight = order.line_items.reduce(
    (grams, line) => grams + line.grams * line.current_quantity,
    0,
  );
  order.total_outstanding = formatMinor(currentTotal.shop - received, currencies.shop);
}

type AmountName =
  | "total_line_items_price"
  | "subtotal_price"
  | "total_discounts"
  | "total_tax"
  | "total_price"
  | "current_subtotal_price"
  | "current_total_discounts"
  | "current_total_tax"
  | "current_total_price";
