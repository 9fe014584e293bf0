import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { maxBodyBytes } from "./delivery.ts";

/**
 * What the bodies being read may take together: nobody has proven yet that they are Shopify's. Small ones, as nearly all
 * orders are, have room of their own, so that a dozen large ones that never end do not close the door to them.
 */
const maxSmallBytes = 256 * 1024;
const small = { bytes: 64 * 1024 * 1024, taken: 0 };
const large = { bytes: 128 * 1024 * 1024, taken: 0 };

/** "too_large" is this body's fault; "busy" means that too many are being read at once. */
export type ReadBody = { bytes: Uint8Array } | "too_large" | "busy";

/**
 * Reads a request's raw bytes without trusting its Content-Length.
 * @param contentLength as the sender declares it; undefined when it does not
 * @throws Error when the connection is lost before the end
 */
export async function readBody(body: Readable, contentLength: string | undefined): Promise<ReadBody> {
  const declared = Number(contentLength);
  if (declared > maxBodyBytes) return "too_large";
  const reserved = declared || maxBodyBytes;
  const room = reserved <= maxSmallBytes ? small : large;
  if (room.taken + reserved > room.bytes) return "busy";
  room.taken += reserved;
  try {
    const bytes = await readChunks(body);
    return bytes ? { bytes } : "too_large";
  } finally {
    room.taken -= reserved;
  }
}

/** By events: iterating over a stream costs a promise for each chunk. */
function readChunks(body: Readable): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      // What is left of it is thrown away when the answer ends.
      if (size > maxBodyBytes) resolve(null);
      else chunks.push(chunk);
    });
    body.once("end", () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    body.once("error", reject);
    body.once("close", () => reject(new Error("the connection was lost before the body's end")));
  });
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
