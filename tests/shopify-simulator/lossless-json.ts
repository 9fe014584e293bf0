/**
 * JSON whose 64-bit ids survive.
 *
 * Shopify sends ids as bare numbers, and some are above 2^53 (its own sample order is 820982911946154508), so a
 * plain JSON.parse turns them into another order's id. Ids are bigint here whatever their size: comparing two of
 * them must never depend on how large they happen to be.
 */
type SourceReviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

const isIdKey = (key: string) => key === "id" || key.endsWith("_id");

const reviveIntegers: SourceReviver = (key, value, { source }) => {
  if (typeof value !== "number" || source === undefined || !/^-?\d+$/.test(source)) return value;
  return isIdKey(key) || !Number.isSafeInteger(value) ? BigInt(source) : value;
};

export function parseLosslessJson(text: string): unknown {
  return JSON.parse(text, reviveIntegers as (this: unknown, key: string, value: unknown) => unknown);
}

export function stringifyLosslessJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? rawJson(String(inner)) : inner,
  );
}
