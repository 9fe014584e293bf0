import { isDatabaseAway } from "../db.server.ts";
import { log } from "../log.server.ts";
import { deliveries } from "../metrics.server.ts";
import type { Shopify } from "../shopify.server.ts";
import { currentTraceparent } from "../trace.server.ts";
import { readDelivery } from "./delivery.ts";
import { TooManyWaiting } from "./group-commit.server.ts";
import { type ReadBody, sha256 } from "./read-body.server.ts";
import type { ReceiveWebhook } from "./receive-webhook.server.ts";

/** What the door needs of its process. */
export interface Door {
  shopify: Pick<Shopify, "isSigned">;
  receiveWebhook: ReceiveWebhook;
}

/** `sentence` is null when there is nothing to say. */
export interface DoorAnswer {
  status: number;
  sentence: string | null;
}

/**
 * The webhook door. 200 only after the commit; every other answer makes Shopify try again or tells it why not.
 * Never a redirect, which Shopify counts as a failure.
 * @param headers with lower-case names
 * @param readBody called once the request has shown a signature
 */
export async function answerDelivery(
  { shopify, receiveWebhook }: Door,
  headers: Record<string, string>,
  readBody: () => Promise<ReadBody>,
): Promise<DoorAnswer> {
  const signature = headers["x-shopify-hmac-sha256"];
  if (!signature) return { status: 401, sentence: "The signature is missing." };
  const body = await readBody();
  if (body === "too_large") return { status: 413, sentence: "The body is larger than 10 MB." };
  if (body === "busy") return { status: 503, sentence: "Too many bodies at once. Try again." };
  if (!shopify.isSigned(body.bytes, signature)) return { status: 401, sentence: "The signature is wrong." };

  const delivery = readDelivery(headers, body.bytes, sha256(body.bytes));
  try {
    deliveries.inc({
      outcome: await receiveWebhook({ ...delivery, traceparent: currentTraceparent() ?? null }),
    });
  } catch (error) {
    deliveries.inc({ outcome: "refused" });
    if (!(error instanceof TooManyWaiting) && !isDatabaseAway(error))
      log.error({ error }, "a delivery was not stored");
    return { status: 503, sentence: "The delivery could not be stored. Try again." };
  }
  return delivery.rejection ? { status: 400, sentence: delivery.rejection } : { status: 200, sentence: null };
}
