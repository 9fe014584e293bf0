import { createHash } from "node:crypto";
import { normaliseText } from "../normalise-text.ts";
import type { Bill, BillAdjustment, BillLine } from "./bill.ts";
import { type BillPayload, billPayloadSchema, type RefundPayload } from "./bill-payload.ts";
import { mapBillLines } from "./map-bill-lines.ts";
import { isUnpaid } from "./payment-states.ts";
import { type AmountReader, readerOf } from "./read-amounts.ts";
import { taxSettingsSchema } from "./settings.ts";
import { add, fromText, isNothing, nothing, subtract, times, toText } from "./two-amounts.ts";

const defaults = taxSettingsSchema.parse({});
const defaultAttributes = [
  ...defaults.vatIdAttributes,
  ...defaults.companyAttributes,
  ...defaults.purchaseOrderAttributes,
];

/**
 * Maps Shopify's full order payload to what the order can be billed for as it stands.
 *
 * A bill holds no personal data but what the order's attributes say of the buyer's company (`attributes`, `company`,
 * `purchaseOrder`) and the notes of refunds; `eraseBill` takes those out when Shopify has a person erased.
 *
 * @param json the parsed payload, of a webhook or of `toOrderPayload`; ids beyond 2^53 as `bigint`
 * @param attributeNames which order attributes the shop reads (settings, `taxes.*Attributes`); others are not kept
 * @throws ZodError or RangeError when the payload cannot be an order; an amount that cannot be read is a `problem`
 */
export function mapBill(json: unknown, attributeNames: string[] = defaultAttributes): Bill {
  const order = billPayloadSchema.parse(json);
  const reader = readerOf(order);
  const lines = mapBillLines(order, reader);
  const total = order.current_total_price_set ?? order.total_price_set;
  const tax = order.current_total_tax_set ?? order.total_tax_set;
  const bill: Bill = {
    format: 1,
    currency: reader.currency,
    shopCurrency: reader.shopCurrency,
    taxesIncluded: order.taxes_included ?? false,
    taxExempt: order.tax_exempt ?? false,
    lines,
    current: {
      total: toText(reader.read(total, order.current_total_price ?? order.total_price, "the total")),
      tax: toText(reader.read(tax, order.current_total_tax ?? order.total_tax, "the tax")),
    },
    cashRounding: toText(mapCashRounding(order, reader)),
    adjustments: mapAdjustments(order, lines, reader),
    refunds: (order.refunds ?? []).map(mapRefund),
    outstanding: mapOutstanding(order, reader),
    gateways: (order.payment_gateway_names ?? []).flatMap((name) => name ?? []),
    locale: order.customer_locale,
    attributes: mapAttributes(order, attributeNames),
    purchaseOrder: order.po_number,
    company: order.company?.name ?? null,
    // Last: everything above may have found one.
    problem: normaliseText([...new Set(reader.problems)].join(" ")),
  };
  return owesNothing(order) ? emptied(bill) : bill;
}

/** Cancelled before any money came: nobody owes anything, also where Shopify goes on telling what it came to. */
const owesNothing = (order: BillPayload) => order.cancelled_at !== null && isUnpaid(order.financial_status);

function emptied(bill: Bill): Bill {
  const none = toText(nothing);
  return { ...bill, lines: [], adjustments: [], cashRounding: none, current: { total: none, tax: none } };
}

const mapCashRounding = (order: BillPayload, { read }: AmountReader) =>
  add(
    read(order.total_cash_rounding_payment_adjustment_set, null, "the cash rounding"),
    read(order.total_cash_rounding_refund_adjustment_set, null, "the cash rounding"),
  );

/**
 * Order adjustments. Payloads that tell what shipping costs now need no adjustment for refunded shipping: it would
 * count twice.
 */
function mapAdjustments(order: BillPayload, lines: BillLine[], { read }: AmountReader): BillAdjustment[] {
  const knowsShipping =
    lines.some(({ kind }) => kind === "shipping") === false ||
    (order.shipping_lines ?? []).some((line) => line.current_discounted_price_set) ||
    (order.refunds ?? []).some((refund) => (refund.refund_shipping_lines ?? []).length > 0);
  return (order.refunds ?? [])
    .flatMap((refund) => refund.order_adjustments ?? [])
    .filter(({ kind }) => kind !== "shipping_refund" || !knowsShipping)
    .map((one, at) => ({
      key: `adjustment:${one.id ?? `at-${at}`}`,
      reason: one.kind ?? "refund_discrepancy",
      amount: toText(read(one.amount_set, one.amount, "an adjustment")),
      tax: toText(read(one.tax_amount_set, one.tax_amount, "the tax of an adjustment")),
    }))
    .filter(({ amount, tax }) => !isNothing(add(fromText(amount), fromText(tax))));
}

const mapRefund = (refund: RefundPayload, at: number): Bill["refunds"][number] => ({
  id: `${refund.id ?? `at-${at}`}`,
  note: refund.note,
  items: (refund.refund_line_items ?? []).map((part) => ({
    key: `item:${part.line_item_id}`,
    title: part.line_item?.title ?? part.line_item?.name ?? "Untitled item",
    quantity: part.quantity ?? 0,
  })),
});

function mapOutstanding(order: BillPayload, reader: AmountReader): string | null {
  if (order.total_outstanding == null) return null;
  const set = { shop_money: { amount: order.total_outstanding }, presentment_money: { amount: "0" } };
  return reader.read(set, null, "the outstanding amount").shop.toString();
}

function mapAttributes(order: BillPayload, names: string[]): Bill["attributes"] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return (order.note_attributes ?? []).flatMap(({ name, value }) => {
    const text = typeof value === "string" ? normaliseText(value) : null;
    return name && text && wanted.has(name.toLowerCase()) ? [{ name, value: text }] : [];
  });
}

/** A bill without what it says of people, for `customers/redact`. What was issued keeps what the law makes it keep. */
export const eraseBill = (bill: Bill): Bill => ({
  ...bill,
  attributes: [],
  company: null,
  purchaseOrder: null,
  refunds: bill.refunds.map((refund) => ({ ...refund, note: null })),
});

/** What a line comes to: its quantity at its price, less its discount. Minor units of both currencies. */
export const lineAmount = (line: BillLine) =>
  subtract(times(fromText(line.unitPrice), line.quantity), fromText(line.discount));

/** SHA-256 (hex) of what the bill says. The order of keys does not matter: PostgreSQL's jsonb keeps another. */
export const hashBill = (bill: Bill): string =>
  createHash("sha256")
    .update(JSON.stringify(sortKeys(bill)))
    .digest("hex");

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
