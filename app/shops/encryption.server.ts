import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret for storage with AES-256-GCM.
 * @param key 32 bytes
 * @param context where the secret belongs (shop and column); it must be given again to decrypt, so that a
 *   ciphertext copied to another shop's row is worthless there
 * @returns version, nonce, tag and ciphertext in one buffer
 */
export function encrypt(key: Buffer, context: string, plaintext: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([formatVersion]), nonce, cipher.getAuthTag(), ciphertext]);
}

/**
 * Decrypts what {@link encrypt} made.
 * @throws Error when the key or the context is another one, or the bytes were altered
 */
export function decrypt(key: Buffer, context: string, encrypted: Buffer): string {
  if (encrypted[0] !== formatVersion)
    throw new Error("The secret was encrypted in a format this version does not know.");
  const nonce = encrypted.subarray(1, 1 + nonceBytes);
  const tag = encrypted.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
  return (
    decipher.update(encrypted.subarray(1 + nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8")
  );
}
