import { createHash } from "node:crypto";
import { maxBodyBytes } from "./delivery.ts";

/** What the bodies being read may take together: nobody has proven yet that they are Shopify's. */
const maxUnverifiedBytes = 128 * 1024 * 1024;
let unverifiedBytes = 0;

/** "too_large" is this body's fault; "busy" means that too many large ones are being read at once. */
export type ReadBody = { bytes: Uint8Array } | "too_large" | "busy";

/** Reads a request's raw bytes without trusting its Content-Length. */
export async function readBody(request: Request): Promise<ReadBody> {
  const declared = Number(request.headers.get("Content-Length"));
  if (declared > maxBodyBytes) return "too_large";
  const reserved = declared || maxBodyBytes;
  if (unverifiedBytes + reserved > maxUnverifiedBytes) return "busy";
  unverifiedBytes += reserved;
  try {
    const bytes = declared > 0 ? new Uint8Array(await request.arrayBuffer()) : await readChunks(request);
    return bytes === null || bytes.byteLength > maxBodyBytes ? "too_large" : { bytes };
  } finally {
    unverifiedBytes -= reserved;
  }
}

async function readChunks(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
