import { v7 as uuidv7 } from "uuid";
import { z } from "zod/v4";
import type { Tx } from "../db.server.ts";
import { parseLosslessJson } from "../lossless-json.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** The topics that privacy law makes mandatory (Shopify: "Privacy law compliance"). */
export const complianceTopics = ["customers/data_request", "customers/redact", "shop/redact"] as const;
export type ComplianceTopic = (typeof complianceTopics)[number];

const bigintId = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^\d+$/)])
  .transform((id) => BigInt(id))
  .refine((id) => id > 0n && id < 2n ** 63n, "is no Shopify id");
const orderIds = z
  .array(bigintId)
  .nullish()
  .transform((ids) => ids ?? []);
const customer = z.object({ id: bigintId });

/** Each topic with what it cannot do without: a request about a customer that names none is refused. */
const requestSchema = z.discriminatedUnion("topic", [
  z.object({
    topic: z.literal("customers/data_request"),
    payload: z.object({ customer, orders_requested: orderIds }),
  }),
  z.object({
    topic: z.literal("customers/redact"),
    payload: z.object({ customer, orders_to_redact: orderIds }),
  }),
  z.object({ topic: z.literal("shop/redact"), payload: z.object({}) }),
]);
type ComplianceRequest = z.infer<typeof requestSchema>;

/**
 * Records a compliance request and, for an erasure, adds the job that carries it out. The request names the
 * customer and the orders by id only; the payload's e-mail address and phone number are not copied.
 * @throws ZodError when the payload is not one of Shopify's
 */
export async function recordPrivacyRequest(
  tx: Tx,
  queue: Queue,
  shopId: ShopId,
  topic: ComplianceTopic,
  body: string,
): Promise<void> {
  const named = readNamed(requestSchema.parse({ topic, payload: parseLosslessJson(body) }));
  const requestId = uuidv7();
  await tx.sql`
    insert into privacy_requests (shop_id, id, topic, shopify_customer_id, shopify_order_ids)
    values (${shopId}, ${requestId}, ${topic}, ${named.customer?.toString() ?? null},
      ${named.orders.map(String)}::bigint[])`;
  if (topic !== "customers/data_request")
    await enqueue(queue, tx, "erase-personal-data", { shopId, requestId });
}

function readNamed(request: ComplianceRequest): { customer: bigint | null; orders: bigint[] } {
  switch (request.topic) {
    case "customers/data_request":
      return { customer: request.payload.customer.id, orders: request.payload.orders_requested };
    case "customers/redact":
      return { customer: request.payload.customer.id, orders: request.payload.orders_to_redact };
    case "shop/redact":
      return { customer: null, orders: [] };
  }
}
