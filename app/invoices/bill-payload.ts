import { z } from "zod/v4";
import { normaliseText } from "../normalise-text.ts";
import { shopifyIdSchema } from "../orders/order-payload.ts";

/**
 * The part of Shopify's order payload that a bill is made from, parsed as leniently as the order itself: unknown keys
 * are dropped, missing and null ones are fine.
 */

const text = z
  .string()
  .transform(normaliseText)
  .nullish()
  .transform((value) => value ?? null);
const amount = z.union([z.string(), z.number()]).nullish();
const money = z.object({ amount }).nullish();
const moneySet = z.object({ shop_money: money, presentment_money: money }).nullish();
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .nullish();
const quantity = z.number().int().nullish();

const taxLine = z.object({ title: text, rate: z.union([z.string(), z.number()]).nullish() });
const allocation = z.object({ amount, amount_set: moneySet });

const lineItem = z.object({
  id: shopifyIdSchema.nullish(),
  title: text,
  name: text,
  variant_title: text,
  sku: text,
  quantity,
  current_quantity: quantity,
  price: amount,
  price_set: moneySet,
  taxable: z.boolean().nullish(),
  gift_card: z.boolean().nullish(),
  tax_lines: z.array(taxLine).nullish(),
  discount_allocations: z.array(allocation).nullish(),
  duties: z.array(z.object({ tax_lines: z.array(taxLine).nullish() })).nullish(),
});

const shippingLine = z.object({
  id: shopifyIdSchema.nullish(),
  title: text,
  price: amount,
  price_set: moneySet,
  discounted_price: amount,
  discounted_price_set: moneySet,
  current_discounted_price_set: moneySet,
  is_removed: z.boolean().nullish(),
  discount_allocations: z.array(allocation).nullish(),
  tax_lines: z.array(taxLine).nullish(),
});

const refund = z.object({
  id: shopifyIdSchema.nullish(),
  note: text,
  refund_line_items: z
    .array(
      z.object({
        line_item_id: shopifyIdSchema.nullish(),
        quantity,
        line_item: z.object({ title: text, name: text }).nullish(),
      }),
    )
    .nullish(),
  refund_shipping_lines: z
    .array(z.object({ shipping_line_id: shopifyIdSchema.nullish(), subtotal_amount_set: moneySet }))
    .nullish(),
  order_adjustments: z
    .array(
      z.object({
        id: shopifyIdSchema.nullish(),
        kind: text,
        amount,
        amount_set: moneySet,
        tax_amount: amount,
        tax_amount_set: moneySet,
      }),
    )
    .nullish(),
});

export const billPayloadSchema = z.object({
  currency,
  presentment_currency: currency,
  taxes_included: z.boolean().nullish(),
  tax_exempt: z.boolean().nullish(),
  duties_included: z.boolean().nullish(),
  cancelled_at: text,
  financial_status: text,
  current_total_price: amount,
  current_total_price_set: moneySet,
  total_price: amount,
  total_price_set: moneySet,
  current_total_tax: amount,
  current_total_tax_set: moneySet,
  total_tax: amount,
  total_tax_set: moneySet,
  total_tip_received: amount,
  total_outstanding: amount,
  current_total_duties_set: moneySet,
  original_total_duties_set: moneySet,
  current_total_additional_fees_set: moneySet,
  original_total_additional_fees_set: moneySet,
  total_cash_rounding_payment_adjustment_set: moneySet,
  total_cash_rounding_refund_adjustment_set: moneySet,
  payment_gateway_names: z.array(text).nullish(),
  customer_locale: text,
  note_attributes: z.array(z.object({ name: text, value: z.unknown() })).nullish(),
  po_number: text,
  /** Webhooks name only ids; the company's name is in the address then. */
  company: z.object({ name: text }).nullish(),
  line_items: z.array(lineItem).nullish(),
  shipping_lines: z.array(shippingLine).nullish(),
  refunds: z.array(refund).nullish(),
});

export type BillPayload = z.output<typeof billPayloadSchema>;
export type LinePayload = NonNullable<BillPayload["line_items"]>[number];
export type ShippingPayload = NonNullable<BillPayload["shipping_lines"]>[number];
export type RefundPayload = NonNullable<BillPayload["refunds"]>[number];
export type SetPayload = BillPayload["current_total_price_set"];
export type AmountPayload = BillPayload["current_total_price"];
