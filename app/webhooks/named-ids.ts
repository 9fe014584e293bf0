import { z } from "zod/v4";
import { parseLosslessJson } from "../lossless-json.ts";
import { shopifyIdSchema } from "../orders/order-payload.ts";

const id = shopifyIdSchema
  .transform(String)
  .nullish()
  .transform((value) => value ?? null)
  .catch(null);
const namingSchema = z.object({
  id,
  order_id: id,
  order_edit: z.object({ order_id: id }).nullish().catch(null),
  customer: z.object({ id }).nullish().catch(null),
});

export interface NamedIds {
  shopifyOrderId: string | null;
  shopifyCustomerId: string | null;
}

/**
 * The order and the customer that a payload names, also one that is ignored or cannot be applied: its raw bytes
 * are kept, and an erasure has to find them. What it does not tell is null; it never fails.
 */
export function readNamedIds(topic: string, body: string): NamedIds {
  const payload = namingSchema.safeParse(parseOrNull(body));
  if (!payload.success) return { shopifyOrderId: null, shopifyCustomerId: null };
  const { order_id, order_edit, customer } = payload.data;
  const own = (subject: string) => (topic.startsWith(`${subject}/`) ? payload.data.id : null);
  return {
    shopifyOrderId: order_edit?.order_id ?? order_id ?? own("orders"),
    shopifyCustomerId: customer?.id ?? own("customers"),
  };
}

function parseOrNull(body: string): unknown {
  try {
    return parseLosslessJson(body);
  } catch {
    return null; // a body that is not JSON names nobody
  }
}
