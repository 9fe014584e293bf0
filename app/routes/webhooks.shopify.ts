import type { ActionFunctionArgs } from "@remix-run/node";
import { isDatabaseAway } from "../db.server.ts";
import { log } from "../log.server.ts";
import { deliveries } from "../metrics.server.ts";
import { currentTraceparent } from "../trace.server.ts";
import { webProcess } from "../web-process.server.ts";
import { readDelivery } from "../webhooks/delivery.ts";
import { TooManyWaiting } from "../webhooks/group-commit.server.ts";
import { readBody, sha256 } from "../webhooks/read-body.server.ts";

/**
 * The webhook door. 200 only after the commit; every other answer makes Shopify try again or tells it why not.
 * Never a redirect, which Shopify counts as a failure.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== "POST") return loader();
  const signature = request.headers.get("X-Shopify-Hmac-Sha256");
  if (!signature) return answer(401, "The signature is missing.");
  const body = await readBody(request);
  if (body === "too_large") return answer(413, "The body is larger than 10 MB.");
  if (body === "busy") return answer(503, "Too many large bodies at once. Try again.");
  const { shopify, receiveWebhook } = webProcess();
  if (!shopify.isSigned(body.bytes, signature)) return answer(401, "The signature is wrong.");

  const delivery = readDelivery(Object.fromEntries(request.headers), body.bytes, sha256(body.bytes));
  try {
    deliveries.inc({
      outcome: await receiveWebhook({ ...delivery, traceparent: currentTraceparent() ?? null }),
    });
  } catch (error) {
    deliveries.inc({ outcome: "refused" });
    if (!(error instanceof TooManyWaiting) && !isDatabaseAway(error))
      log.error({ error }, "a delivery was not stored");
    return answer(503, "The delivery could not be stored. Try again.");
  }
  return delivery.rejection ? answer(400, delivery.rejection) : new Response(null, { status: 200 });
}

export function loader(): Response {
  return answer(405, "Only POST.", { Allow: "POST" });
}

function answer(status: number, sentence: string, headers: Record<string, string> = {}): Response {
  return new Response(sentence, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}
