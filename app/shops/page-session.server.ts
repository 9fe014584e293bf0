import { hkdfSync } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { VerifiedToken } from "../shopify.server.ts";

const audience = "atomic-orders page";
const lifetime = "30 minutes";

/** However often it is renewed, a page session ends this long after the session token it came from. */
const longestMs = 8 * 3_600_000;

/** A key of its own, so that a leaked page session key would decrypt nothing. */
const keyOf = (encryptionKey: Uint8Array) =>
  new Uint8Array(hkdfSync("sha256", encryptionKey, "", audience, 32));

/**
 * Signs the session that a rendered page carries for browsers without JavaScript, which cannot run App Bridge
 * and so cannot attach a session token to a form or a link. It travels in a hidden form field, and in links only
 * while no script runs; it names shop and person, and expires like any other.
 */
export function signPageSession(encryptionKey: Uint8Array, token: VerifiedToken): Promise<string> {
  return new SignJWT({ dest: token.shopDomain, auth_time: Math.floor(token.signedInAt.getTime() / 1_000) })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(token.userId)
    .setAudience(audience)
    .setExpirationTime(lifetime)
    .sign(keyOf(encryptionKey));
}

/** @returns null when the session is not ours or has expired */
export async function verifyPageSession(
  encryptionKey: Uint8Array,
  session: string,
): Promise<VerifiedToken | null> {
  const verified = await jwtVerify(session, keyOf(encryptionKey), { algorithms: ["HS256"], audience }).catch(
    () => null,
  );
  const { dest, sub, auth_time: authTime } = verified?.payload ?? {};
  if (typeof dest !== "string" || !sub || typeof authTime !== "number") return null;
  const signedInAt = new Date(authTime * 1_000);
  return Date.now() - signedInAt.getTime() < longestMs ? { shopDomain: dest, userId: sub, signedInAt } : null;
}

/**
 * The shop of a session of ours that has expired. It proves nothing any more, but it tells whose admin may frame
 * the page that says so.
 */
export async function endedPageSessionShop(
  encryptionKey: Uint8Array,
  session: string,
): Promise<string | null> {
  try {
    await jwtVerify(session, keyOf(encryptionKey), { algorithms: ["HS256"], audience });
    return null;
  } catch (error) {
    const dest = error instanceof errors.JWTExpired ? error.payload.dest : null;
    return typeof dest === "string" ? dest : null;
  }
}
