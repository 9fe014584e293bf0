/** A webhook delivery as it came in: signed, not yet understood. */
export interface Delivery {
  shopDomain: string | null;
  webhookId: string | null;
  eventId: string | null;
  topic: string | null;
  apiVersion: string | null;
  /** ISO 8601 as Shopify wrote it, with up to nine decimals; null when missing or unreadable. */
  triggeredAt: string | null;
  headers: Record<string, string>;
  /** The raw bytes as text when they are JSON. */
  body: string | null;
  /** The raw bytes of a body that is not. */
  rejectedBody: Uint8Array | null;
  bodySha256: string;
  /** Why it is refused although its signature is right; null when it is accepted. */
  rejection: string | null;
}

/** What the door promises of a delivery, once it is committed. */
export type Receipt = "received" | "duplicate" | "ignored" | "rejected";

/** The largest body we read. Orders with hundreds of lines stay far below it. */
export const maxBodyBytes = 10 * 1024 * 1024;

const requiredHeaders = {
  topic: "x-shopify-topic",
  shopDomain: "x-shopify-shop-domain",
  apiVersion: "x-shopify-api-version",
  webhookId: "x-shopify-webhook-id",
} as const;

/**
 * Reads a delivery whose signature has been verified.
 * @param headers with lower-case names
 * @param bytes the raw body
 * @param bodySha256 of the raw body, hex
 */
export function readDelivery(
  headers: Record<string, string>,
  bytes: Uint8Array,
  bodySha256: string,
): Delivery {
  const body = decodeJson(bytes);
  const missing = Object.values(requiredHeaders).filter((name) => !headers[name]);
  const rejection =
    missing.length > 0 ? `Missing header: ${missing.join(", ")}.` : body === null ? notJson : null;
  return {
    topic: headers[requiredHeaders.topic] ?? null,
    shopDomain: headers[requiredHeaders.shopDomain]?.trim().toLowerCase() ?? null,
    webhookId: headers[requiredHeaders.webhookId] ?? null,
    apiVersion: headers[requiredHeaders.apiVersion] ?? null,
    eventId: headers["x-shopify-event-id"] ?? null,
    triggeredAt: readInstant(headers["x-shopify-triggered-at"]),
    headers,
    body,
    rejectedBody: body === null ? bytes : null,
    bodySha256,
    rejection,
  };
}

const notJson = "The body is not JSON in UTF-8.";
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeJson(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    return null; // the caller keeps the bytes and the reason
  }
}

/** Accepts what Shopify has been seen to send, from whole seconds to nanoseconds. PostgreSQL keeps microseconds. */
function readInstant(value: string | undefined): string | null {
  if (!value || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/.test(value)) return null;
  return Number.isNaN(Date.parse(value)) ? null : value;
}
