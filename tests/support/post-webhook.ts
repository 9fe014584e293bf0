import { createHmac, randomUUID } from "node:crypto";

export interface WebhookPost {
  appUrl: string;
  secret: string;
  shopDomain: string;
  body: string | Buffer;
  topic?: string;
  webhookId?: string;
  /** Replaces or, with null, removes headers. */
  headers?: Record<string, string | null>;
  method?: string;
}

/** Posts a webhook as Shopify does: signed over the bytes, with every header, following no redirect. */
export async function postWebhook({
  appUrl,
  secret,
  shopDomain,
  body,
  topic = "orders/updated",
  webhookId = randomUUID(),
  headers = {},
  method = "POST",
}: WebhookPost): Promise<{ status: number; text: string; headers: Headers }> {
  const all: Record<string, string | null> = {
    "Content-Type": "application/json",
    "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("base64"),
    "X-Shopify-Topic": topic,
    "X-Shopify-Shop-Domain": shopDomain,
    "X-Shopify-API-Version": "2026-10",
    "X-Shopify-Webhook-Id": webhookId,
    "X-Shopify-Event-Id": randomUUID(),
    "X-Shopify-Triggered-At": new Date().toISOString(),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  const withBody = method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(Buffer.from(body)) };
  const answer = await fetch(`${appUrl}/webhooks/shopify`, {
    method,
    headers: given,
    redirect: "manual",
    // Shopify gives up after five seconds.
    signal: AbortSignal.timeout(5_000),
    ...withBody,
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
