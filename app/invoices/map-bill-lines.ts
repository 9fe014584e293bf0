import type { BillLine, BillTax } from "./bill.ts";
import type { BillPayload, LinePayload, RefundPayload, ShippingPayload } from "./bill-payload.ts";
import type { AmountReader } from "./read-amounts.ts";
import { type Both, isNothing, nothing, shareOf, subtract, sumOf, toText } from "./two-amounts.ts";

/** Everything that is left of the order to be billed, in the payload's order: items, shipping, tip, duties, fees. */
export function mapBillLines(order: BillPayload, reader: AmountReader): BillLine[] {
  const refunds = order.refunds ?? [];
  const tip = reader.read(null, order.total_tip_received, "the tip");
  const items = (order.line_items ?? []).map((line, at) => mapItem(line, at, refunds, reader));
  const isTip = (line: BillLine) => line.title === "Tip" && line.taxes.length === 0 && !isNothing(tip);
  const tipsAmongItems = items.some((line) => line && isTip(line));
  return [
    ...items.flatMap((line) => (line ? [isTip(line) ? { ...line, kind: "tip" as const } : line] : [])),
    ...(order.shipping_lines ?? []).flatMap((line, at) => mapShipping(line, at, refunds, reader) ?? []),
    ...(isNothing(tip) || tipsAmongItems ? [] : [extra("tip", "Tip", tip, [])]),
    ...mapDuties(order, reader),
    ...mapFees(order, reader),
  ];
}

function mapItem(line: LinePayload, at: number, refunds: RefundPayload[], reader: AmountReader) {
  const title = line.title ?? line.name ?? "Untitled item";
  const ordered = line.quantity ?? 0;
  const quantity = line.current_quantity ?? ordered - refundedQuantity(line, refunds);
  if (quantity <= 0) return null;
  const item: BillLine = {
    kind: "item",
    key: `item:${line.id ?? `at-${at}`}`,
    title,
    details: [line.variant_title, line.sku].filter(Boolean).join(" · ") || null,
    quantity,
    unitPrice: toText(reader.read(line.price_set, line.price, `the price of ${title}`)),
    discount: toText(currentDiscount(line, quantity, ordered, reader)),
    taxes: mapTaxes(line.tax_lines),
    taxable: line.taxable ?? true,
    giftCard: line.gift_card ?? false,
  };
  return item;
}

/**
 * Allocations are for the ordered quantity. What is left of the line keeps its part of their sum, rounded half up in
 * each currency: the remainder of a discount that does not divide stays with what was refunded, as at Shopify.
 */
function currentDiscount(line: LinePayload, quantity: number, ordered: number, reader: AmountReader): Both {
  const allocated = sumOf(
    (line.discount_allocations ?? []).map((part) => reader.read(part.amount_set, part.amount, "a discount")),
  );
  if (quantity >= ordered) return allocated;
  return shareOf(allocated, BigInt(quantity), BigInt(ordered));
}

/** For payloads before API 2024-01, which have no `current_quantity`. */
const refundedQuantity = (line: LinePayload, refunds: RefundPayload[]) =>
  refunds
    .flatMap((refund) => refund.refund_line_items ?? [])
    .filter((part) => line.id != null && part.line_item_id === line.id)
    .reduce((sum, part) => sum + (part.quantity ?? 0), 0);

/** Shipping at what it costs now. Free shipping stays as a line; shipping that was given back does not. */
function mapShipping(line: ShippingPayload, at: number, refunds: RefundPayload[], reader: AmountReader) {
  if (line.is_removed) return null;
  const price = reader.read(line.price_set, line.price, "the shipping price");
  const discounted =
    line.discounted_price_set != null || line.discounted_price != null
      ? reader.read(line.discounted_price_set, line.discounted_price, "the shipping price")
      : subtract(
          price,
          sumOf(
            (line.discount_allocations ?? []).map((part) =>
              reader.read(part.amount_set, part.amount, "a discount on shipping"),
            ),
          ),
        );
  const refunded = sumOf(
    refunds
      .flatMap((refund) => refund.refund_shipping_lines ?? [])
      .filter((part) => line.id != null && part.shipping_line_id === line.id)
      .map((part) => reader.read(part.subtotal_amount_set, null, "refunded shipping")),
  );
  const current = line.current_discounted_price_set
    ? reader.read(line.current_discounted_price_set, null, "the shipping price")
    : subtract(discounted, refunded);
  if (isNothing(current) && !isNothing(discounted)) return null;
  const shipping: BillLine = {
    kind: "shipping",
    key: `shipping:${line.id ?? `at-${at}`}`,
    title: line.title ?? "Shipping",
    details: null,
    quantity: 1,
    // A refund of a part lowers the price itself: nobody was given a discount.
    unitPrice: toText(subtract(price, subtract(discounted, current))),
    discount: toText(subtract(price, discounted)),
    taxes: mapTaxes(line.tax_lines),
    taxable: true,
    giftCard: false,
  };
  return shipping;
}

function mapDuties(order: BillPayload, reader: AmountReader): BillLine[] {
  if (order.duties_included) return [];
  const set = order.current_total_duties_set ?? order.original_total_duties_set;
  const amount = reader.read(set, null, "the duties");
  const taxLines = (order.line_items ?? []).flatMap((line) =>
    (line.duties ?? []).flatMap((duty) => duty.tax_lines ?? []),
  );
  return isNothing(amount) ? [] : [extra("duty", "Duties", amount, uniqueTaxes(mapTaxes(taxLines)))];
}

function mapFees(order: BillPayload, reader: AmountReader): BillLine[] {
  const set = order.current_total_additional_fees_set ?? order.original_total_additional_fees_set;
  const amount = reader.read(set, null, "the additional fees");
  return isNothing(amount) ? [] : [extra("fee", "Additional fees", amount, [])];
}

const extra = (kind: "tip" | "duty" | "fee", title: string, amount: Both, taxes: BillTax[]): BillLine => ({
  kind,
  key: kind,
  title,
  details: null,
  quantity: 1,
  unitPrice: toText(amount),
  discount: toText(nothing),
  taxes,
  taxable: taxes.length > 0,
  giftCard: false,
});

const mapTaxes = (lines: LinePayload["tax_lines"]): BillTax[] =>
  (lines ?? []).map(({ title, rate }) => ({ title: title ?? "Tax", rate: rateText(rate ?? 0) }));

const uniqueTaxes = (taxes: BillTax[]) =>
  taxes.filter(
    (tax, at) => taxes.findIndex((one) => one.title === tax.title && one.rate === tax.rate) === at,
  );

/** Decimal text without an exponent or needless zeros; what is no rate becomes "0" and shows as a difference. */
function rateText(rate: string | number): string {
  const text = String(rate).includes("e") ? Number(rate).toFixed(12) : String(rate);
  if (!/^\d+(\.\d+)?$/.test(text)) return "0";
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
