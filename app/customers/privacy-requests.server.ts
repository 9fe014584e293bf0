import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Tx } from "../db.server.ts";
import { parseLosslessJson } from "../lossless-json.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** The topics that privacy law makes mandatory (Shopify: "Privacy law compliance"). */
export const complianceTopics = ["customers/data_request", "customers/redact", "shop/redact"] as const;
export type ComplianceTopic = (typeof complianceTopics)[number];

const bigintId = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^\d+$/)])
  .transform((id) => BigInt(id));
const payloadSchema = z.object({ customer: z.object({ id: bigintId }).nullish() });

/**
 * Records a compliance request and, for an erasure, adds the job that carries it out. The request names the
 * customer by id only; the payload's e-mail address and phone number are not copied.
 * @throws ZodError when the payload is not one of Shopify's
 */
export async function recordPrivacyRequest(
  tx: Tx,
  queue: Queue,
  shopId: ShopId,
  topic: ComplianceTopic,
  body: string,
): Promise<void> {
  const { customer } = payloadSchema.parse(parseLosslessJson(body));
  const requestId = uuidv7();
  await tx.sql`
    insert into privacy_requests (shop_id, id, topic, shopify_customer_id)
    values (${shopId}, ${requestId}, ${topic}, ${customer?.id.toString() ?? null})`;
  if (topic !== "customers/data_request")
    await enqueue(queue, tx, "erase-personal-data", { shopId, requestId });
}
