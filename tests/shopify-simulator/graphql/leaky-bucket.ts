import type { GraphqlKnobs } from "../knobs.ts";

interface Bucket {
  available: number;
  at: number;
}

/** One bucket for each shop: it refills by the second and is emptied by what queries cost. */
export function createLeakyBuckets(limits: () => Pick<GraphqlKnobs, "maximumAvailable" | "restoreRate">) {
  const buckets = new Map<string, Bucket>();
  function refill(shop: string): Bucket {
    const { maximumAvailable, restoreRate } = limits();
    const now = Date.now();
    const bucket = buckets.get(shop) ?? { available: maximumAvailable, at: now };
    bucket.available = Math.min(
      maximumAvailable,
      bucket.available + ((now - bucket.at) / 1000) * restoreRate,
    );
    bucket.at = now;
    buckets.set(shop, bucket);
    return bucket;
  }
  return {
    /** false when the shop has to wait. */
    take(shop: string, cost: number): boolean {
      const bucket = refill(shop);
      if (bucket.available < cost) return false;
      bucket.available -= cost;
      return true;
    },
    giveBack(shop: string, cost: number) {
      refill(shop).available += cost;
    },
    status(shop: string) {
      const { maximumAvailable, restoreRate } = limits();
      return { maximumAvailable, currentlyAvailable: Math.floor(refill(shop).available), restoreRate };
    },
  };
}

export type LeakyBuckets = ReturnType<typeof createLeakyBuckets>;
