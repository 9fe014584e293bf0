import type { SimulatorConfig } from "../config.ts";
import type { Delivery } from "./delivery.ts";
import { signWebhook } from "./sign-webhook.ts";

/** Shopify gives an answer five seconds in all. */
const TIMEOUT_MS = 5_000;

export const WEBHOOK_API_VERSION = "2026-10";

export function webhookHeaders(delivery: Delivery, secret: string): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "User-Agent": "Shopify-Captain-Hook",
    "X-Shopify-Topic": delivery.topic,
    "X-Shopify-Hmac-Sha256": signWebhook(delivery.body, secret),
    "X-Shopify-Shop-Domain": delivery.shop,
    "X-Shopify-API-Version": WEBHOOK_API_VERSION,
    "X-Shopify-Webhook-Id": delivery.webhookId,
    "X-Shopify-Event-Id": delivery.eventId,
    "X-Shopify-Triggered-At": delivery.triggeredAt,
  };
}

export type SendOutcome = { ok: boolean; statusCode: number | null; error: string | null };

/** One attempt. A redirect is a failure like any other answer outside 2xx: the platform does not follow it. */
export async function sendDelivery(
  config: SimulatorConfig,
  delivery: Delivery,
  corrupt: boolean,
): Promise<SendOutcome> {
  const secret = corrupt ? `not-${config.apiSecret}` : config.apiSecret;
  try {
    const response = await fetch(`${config.appUrl}/webhooks/shopify`, {
      method: "POST",
      body: delivery.body,
      headers: webhookHeaders(delivery, secret),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // The body must be read, or the connection is not kept alive for the next delivery.
    await response.arrayBuffer();
    return { ok: response.ok, statusCode: response.status, error: null };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { ok: false, statusCode: null, error: cause };
  }
}
