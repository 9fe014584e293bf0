import { createHmac } from "node:crypto";

/** What Shopify puts into X-Shopify-Hmac-Sha256: it covers the body's bytes and nothing else. */
export const signWebhook = (body: string, secret: string) =>
  createHmac("sha256", secret).update(body, "utf8").digest("base64");
