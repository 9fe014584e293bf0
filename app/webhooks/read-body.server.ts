import { createHash } from "node:crypto";
import { maxBodyBytes } from "./delivery.ts";

/**
 * Reads a request's raw bytes without trusting its Content-Length.
 * @returns null as soon as the body is known to be larger than {@link maxBodyBytes}
 */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  const declared = Number(request.headers.get("Content-Length"));
  if (declared > maxBodyBytes) return null;
  // With an honest length there is nothing to count.
  if (declared > 0) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.byteLength > maxBodyBytes ? null : bytes;
  }
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
