import { z } from "zod";

const id = z
  .union([z.bigint(), z.string().regex(/^\d+$/), z.number().int()])
  .transform((value) => BigInt(value));

export const lineRequestSchema = z.object({
  title: z.string().optional(),
  variantTitle: z.string().nullable().optional(),
  sku: z.string().nullable().optional(),
  quantity: z.number().int().positive().optional(),
  priceMinor: z.number().int().min(0).optional(),
  taxRate: z.number().min(0).optional(),
  requiresShipping: z.boolean().optional(),
});

const lineQuantity = z.object({ lineItemId: id, quantity: z.number().int().min(0) });
const tracking = {
  company: z.string().nullable().optional(),
  number: z.string().nullable().optional(),
  url: z.string().nullable().optional(),
  shipmentStatus: z.string().optional(),
};

/** What each action on an order takes. Whatever is left out is drawn from the generator. */
export const orderActionSchemas = {
  edit: z.object({
    quantities: z.array(lineQuantity).optional(),
    add: z.array(lineRequestSchema).optional(),
  }),
  note: z.object({ note: z.string().nullable().optional() }),
  tags: z.object({ tags: z.string() }),
  fulfil: z.object({ ...tracking, lines: z.array(lineQuantity).optional(), partial: z.boolean().optional() }),
  track: z.object({ ...tracking, fulfillmentId: id.optional() }),
  deliver: z.object({
    fulfillmentId: id.optional(),
    inTransitAt: z.coerce.date().optional(),
    deliveredAt: z.coerce.date().optional(),
  }),
  refund: z.object({
    full: z.boolean().optional(),
    lines: z.array(lineQuantity).optional(),
    shipping: z.boolean().optional(),
    note: z.string().nullable().optional(),
  }),
  paid: z.object({}),
  cancel: z.object({ reason: z.string().optional(), refund: z.boolean().optional() }),
  /** Sends `orders/updated` with nothing changed: the echo that must change nothing. */
  touch: z.object({}),
  delete: z.object({}),
  redact: z.object({}),
};

export type OrderAction = keyof typeof orderActionSchemas;
export type ActionInput<Name extends OrderAction> = z.infer<(typeof orderActionSchemas)[Name]>;

export const isOrderAction = (name: string): name is OrderAction => Object.hasOwn(orderActionSchemas, name);

export const orderRequestSchema = z.object({
  id: id.optional(),
  email: z.string().nullable().optional(),
  phone: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
  tags: z.string().optional(),
  test: z.boolean().optional(),
  customer: z
    .object({
      firstName: z.string().nullable().optional(),
      lastName: z.string().nullable().optional(),
      email: z.string().nullable().optional(),
    })
    .nullable()
    .optional(),
  createdAt: z.coerce.date().optional(),
  financialStatus: z.enum(["paid", "pending", "authorized"]).optional(),
  lines: z.array(lineRequestSchema).min(1).optional(),
  shippingMinor: z.number().int().min(0).nullable().optional(),
  discountPercent: z.number().int().min(0).max(100).optional(),
  presentmentCurrency: z.string().length(3).optional(),
  sourceName: z.enum(["web", "pos"]).optional(),
});
