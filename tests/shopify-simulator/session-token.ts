import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("base64url");

const claimsSchema = z.object({
  iss: z.string(),
  dest: z.string(),
  aud: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number(),
  iat: z.number(),
  jti: z.string(),
  sid: z.string(),
});
export type SessionClaims = z.infer<typeof claimsSchema>;

interface SignSessionToken {
  shop: string;
  userId: number | string;
  apiKey: string;
  apiSecret: string;
  lifetimeSeconds?: number;
  /** Milliseconds; a time in the past makes a token that has expired. */
  now?: number;
  /** Overrides single claims, to make tokens that must be refused. */
  claims?: Partial<SessionClaims>;
}

/** The id token that App Bridge hands to the app: HS256, one minute, a new one for every request. */
export function signSessionToken({
  shop,
  userId,
  apiKey,
  apiSecret,
  lifetimeSeconds = 60,
  now = Date.now(),
  claims,
}: SignSessionToken): string {
  const issued = Math.floor(now / 1000);
  const payload: SessionClaims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: apiKey,
    sub: String(userId),
    exp: issued + lifetimeSeconds,
    nbf: issued,
    iat: issued,
    jti: randomUUID(),
    sid: randomUUID(),
    ...claims,
  };
  const body = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
  return `${body}.${sign(body, apiSecret)}`;
}

/** The claims of a token that this app's admin signed and that is still valid; null for any other. */
export function verifySessionToken(
  token: string,
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
): SessionClaims | null {
  const [header, payload, signature] = token.split(".");
  if (!header || !payload || !signature) return null;
  const expected = Buffer.from(sign(`${header}.${payload}`, apiSecret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  const now = Date.now() / 1000;
  if (!claims.success || claims.data.aud !== apiKey) return null;
  return claims.data.exp > now && claims.data.nbf <= now + 10 ? claims.data : null;
}
