import { z } from "zod/v4";
import { normaliseText } from "./order.ts";

/**
 * The part of Shopify's order payload that we read, parsed leniently: unknown keys are dropped, missing and
 * null ones are fine. Only what the order cannot do without is required: its id.
 */

/** A 64-bit id: a safe number, a `bigint` where JSON held more digits, or text. */
export const shopifyIdSchema = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^\d+$/)])
  .transform((id) => BigInt(id))
  .refine((id) => id > 0n && id < 2n ** 63n, "is no Shopify id");

const text = z
  .string()
  .transform(normaliseText)
  .nullish()
  .transform((value) => value ?? null);
const amount = z.union([z.string(), z.number()]).nullish();
const integer = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
const instant = z
  .string()
  .nullish()
  .transform((value, context) => {
    if (!value) return null;
    const ms = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(ms)) return new Date(ms).toISOString();
    context.addIssue({ code: "custom", message: "is no date" });
    return z.NEVER;
  });

const money = z.object({ amount: z.union([z.string(), z.number()]) }).nullish();
const moneySet = z.object({ shop_money: money, presentment_money: money }).nullish();

const address = z
  .object({
    name: text,
    first_name: text,
    last_name: text,
    company: text,
    address1: text,
    address2: text,
    zip: text,
    city: text,
    province: text,
    country: text,
    country_code: text,
    phone: text,
  })
  .nullish();

const taxLine = z.object({ price: amount });
const discountAllocation = z.object({ amount });

const lineItem = z.object({
  id: shopifyIdSchema.nullish(),
  title: text,
  name: text,
  variant_title: text,
  sku: text,
  quantity: integer.nullish(),
  current_quantity: integer.nullish(),
  price: amount,
  taxable: z.boolean().nullish(),
  tax_lines: z.array(taxLine).nullish(),
  discount_allocations: z.array(discountAllocation).nullish(),
});

const shippingLine = z.object({
  price: amount,
  discounted_price: amount,
  is_removed: z.boolean().nullish(),
  discount_allocations: z.array(discountAllocation).nullish(),
});

const fulfillment = z.object({
  id: shopifyIdSchema.nullish(),
  status: text,
  tracking_company: text,
  tracking_number: text,
  tracking_url: text,
  shipment_status: text,
  created_at: instant,
  updated_at: instant,
  /** Not in the webhook; the GraphQL API knows both. */
  in_transit_at: instant,
  delivered_at: instant,
});

/** A fulfilment event (topic `fulfillment_events/create`). Where it happened is personal and not read. */
export const fulfillmentEventSchema = z.object({
  fulfillment_id: shopifyIdSchema,
  order_id: shopifyIdSchema,
  status: z
    .string()
    .min(1)
    .max(60)
    .transform((status) => status.toLowerCase()),
  happened_at: instant,
  created_at: instant,
});

const customer = z
  .object({
    id: shopifyIdSchema,
    first_name: text,
    last_name: text,
    email: text,
    phone: text,
    updated_at: instant,
  })
  .nullish();

export const orderPayloadSchema = z.object({
  id: shopifyIdSchema,
  name: text,
  order_number: z.union([z.number().transform(String), text]),
  email: text,
  note: text,
  tags: z.union([z.string(), z.array(z.string())]).nullish(),
  test: z.boolean().nullish(),
  source_name: text,
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  presentment_currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  financial_status: text,
  fulfillment_status: text,
  cancelled_at: instant,
  closed_at: instant,
  created_at: instant,
  processed_at: instant,
  updated_at: instant,
  taxes_included: z.boolean().nullish(),
  total_price: amount,
  current_total_price: amount,
  current_total_price_set: moneySet,
  total_price_set: moneySet,
  subtotal_price: amount,
  current_subtotal_price: amount,
  total_tax: amount,
  current_total_tax: amount,
  total_discounts: amount,
  current_total_discounts: amount,
  total_tip_received: amount,
  total_weight: integer.nullish(),
  original_total_duties_set: moneySet,
  original_total_additional_fees_set: moneySet,
  total_cash_rounding_payment_adjustment_set: moneySet,
  customer,
  shipping_address: address,
  billing_address: address,
  line_items: z.array(lineItem).nullish(),
  shipping_lines: z.array(shippingLine).nullish(),
  fulfillments: z.array(fulfillment).nullish(),
});

export type OrderPayload = z.output<typeof orderPayloadSchema>;
export type AddressPayload = OrderPayload["shipping_address"];
