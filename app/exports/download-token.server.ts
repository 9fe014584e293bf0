import { hkdfSync } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { ShopId } from "../shops/shop.ts";

const audience = "atomic-orders export";
const lifetime = "15 minutes";

/** A key of its own, as for page sessions. */
const keyOf = (encryptionKey: Uint8Array) =>
  new Uint8Array(hkdfSync("sha256", encryptionKey, "", audience, 32));

const claimsSchema = z.object({
  sub: z.string().uuid(),
  shop: z
    .string()
    .uuid()
    .transform((id) => id as ShopId),
});

/**
 * Signs the right to download one file of one shop for a while. It travels in the link, because a browser that
 * downloads sends neither a session token nor a form.
 */
export function signDownload(
  encryptionKey: Uint8Array,
  { shopId, fileId }: { shopId: ShopId; fileId: string },
  expiresAt: Date | string = lifetime,
): Promise<string> {
  return new SignJWT({ shop: shopId })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(fileId)
    .setAudience(audience)
    .setExpirationTime(expiresAt)
    .sign(keyOf(encryptionKey));
}

export type DownloadRight =
  | { outcome: "granted"; shopId: ShopId }
  | { outcome: "expired" }
  | { outcome: "refused" };

/** What a link's token allows. One that was made for another file is refused, like one we never made. */
export async function verifyDownload(
  encryptionKey: Uint8Array,
  fileId: string,
  token: string,
): Promise<DownloadRight> {
  const verified = await jwtVerify(token, keyOf(encryptionKey), { algorithms: ["HS256"], audience }).catch(
    (error: unknown) => (error instanceof errors.JWTExpired ? { payload: error.payload, ended: true } : null),
  );
  const claims = claimsSchema.safeParse(verified?.payload);
  if (!verified || !claims.success || claims.data.sub !== fileId) return { outcome: "refused" };
  if ("ended" in verified) return { outcome: "expired" };
  return { outcome: "granted", shopId: claims.data.shop };
}
