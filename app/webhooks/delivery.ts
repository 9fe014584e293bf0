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
  /** The trace of the request that brought it (W3C `traceparent`), when there is one. */
  traceparent: string | null;
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
  const rejection = refuseHeaders(headers) ?? (body === null ? notJson : null);
  return {
    topic: short(headers[requiredHeaders.topic]),
    shopDomain: short(headers[requiredHeaders.shopDomain]?.trim().toLowerCase()),
    webhookId: short(headers[requiredHeaders.webhookId]),
    apiVersion: short(headers[requiredHeaders.apiVersion]),
    eventId: short(headers["x-shopify-event-id"]),
    triggeredAt: readInstant(headers["x-shopify-triggered-at"]),
    headers,
    body,
    rejectedBody: body === null ? bytes : null,
    bodySha256,
    rejection,
    traceparent: null,
  };
}

/** Longer than any id or name Shopify sends, short enough for every index. */
const maxHeaderLength = 255;

function refuseHeaders(headers: Record<string, string>): string | null {
  const required = Object.values(requiredHeaders);
  const missing = required.filter((name) => !headers[name]);
  if (missing.length > 0) return `Missing header: ${missing.join(", ")}.`;
  const long = required.filter((name) => (headers[name]?.length ?? 0) > maxHeaderLength);
  return long.length > 0 ? `Header too long: ${long.join(", ")}.` : null;
}

/** What goes into an indexed column; the whole of it stays in `headers`. */
const short = (value: string | undefined) => value?.slice(0, maxHeaderLength) ?? null;

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

const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Accepts what Shopify has been seen to send, from whole seconds to nanoseconds, and writes it in UTC to the
 * microsecond, which is what PostgreSQL keeps. A date that is none (30 February) would fail everybody's commit.
 */
function readInstant(value: string | undefined): string | null {
  const [, seconds, fraction = "", zone] = instant.exec(value ?? "") ?? [];
  const at = new Date(`${seconds}${zone}`);
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 2000) return null;
  // Date carries a day that does not exist over into the next month.
  if (zone === "Z" && !at.toISOString().startsWith(seconds ?? "")) return null;
  return at.toISOString().replace(/\.000Z$/, `${fraction.slice(0, 7)}Z`);
}
