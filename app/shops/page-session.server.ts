import { errors, jwtVerify, SignJWT } from "jose";
import type { VerifiedToken } from "../shopify.server.ts";

const audience = "atomic-orders page";
const lifetime = "30 minutes";

/**
 * Signs the session that a rendered page carries for browsers without JavaScript, which cannot run App Bridge
 * and so cannot attach a session token to a form or a link. It travels in a hidden form field, and in links only
 * while no script runs; it names shop and person, and expires like any other.
 */
export function signPageSession(key: Uint8Array, { shopDomain, userId }: VerifiedToken): Promise<string> {
  return new SignJWT({ dest: shopDomain })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setAudience(audience)
    .setExpirationTime(lifetime)
    .sign(key);
}

/** @returns null when the session is not ours or has expired */
export async function verifyPageSession(key: Uint8Array, session: string): Promise<VerifiedToken | null> {
  const verified = await jwtVerify(session, key, { algorithms: ["HS256"], audience }).catch(() => null);
  const { dest, sub } = verified?.payload ?? {};
  return typeof dest === "string" && sub ? { shopDomain: dest, userId: sub } : null;
}

/**
 * The shop of a session of ours that has expired. It proves nothing any more, but it tells whose admin may frame
 * the page that says so.
 */
export async function endedPageSessionShop(key: Uint8Array, session: string): Promise<string | null> {
  try {
    await jwtVerify(session, key, { algorithms: ["HS256"], audience });
    return null;
  } catch (error) {
    const dest = error instanceof errors.JWTExpired ? error.payload.dest : null;
    return typeof dest === "string" ? dest : null;
  }
}
