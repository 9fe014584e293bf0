import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { isIPv6 } from "node:net";

/** 128 bits: nobody guesses it, whatever the number of links. */
const tokenBytes = 16;

/** A new link's secret, fit for an address. It is handed out once and kept nowhere. */
export const newLinkToken = (): string => randomBytes(tokenBytes).toString("base64url");

/** What is kept of a token, in hex. Whatever stands in an address is hashed alike, so that garbage costs what a token costs. */
export const hashLinkToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/**
 * Blurs a visitor's address with a salt that changes every day and follows from the encryption key, so that all
 * processes agree on it. Of IPv6 the network counts, because one visitor has all of its addresses.
 * @param day `2026-11-25`
 */
export function hashAddress(encryptionKey: Uint8Array, address: string, day: string): string {
  const salt = Buffer.from(hkdfSync("sha256", encryptionKey, day, "atomic-orders link address", 32));
  return createHmac("sha256", salt).update(networkOf(address)).digest("base64url");
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  // The URL parser writes each address in one way; a run of zeros is then spelt out to find the first four groups.
  const written = new URL(`http://[${address.replace(/%.*$/, "")}]/`).hostname.slice(1, -1);
  const [head = "", tail] = written.split("::");
  const groups = head ? head.split(":") : [];
  const rest = tail ? tail.split(":") : [];
  if (tail !== undefined) groups.push(...Array(8 - groups.length - rest.length).fill("0"), ...rest);
  return groups.slice(0, 4).join(":");
}
