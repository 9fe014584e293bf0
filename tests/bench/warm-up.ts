import { ingest } from "./ingest.ts";
import { contendersOf, type Stand } from "./stand.ts";

/** Deliveries that each contender applies before it is measured, so that code is compiled and tables have statistics. */
const warmUpDeliveries = 1_000;

const warm = new WeakSet<Stand>();

/** Lets each contender work for a moment, once for a stand. */
export async function warmUp(stand: Stand): Promise<void> {
  if (warm.has(stand)) return;
  warm.add(stand);
  for (const one of contendersOf(stand)) {
    await ingest(one, [stand.shopDomain], Math.ceil(warmUpDeliveries * stand.scale));
    await one.analyse();
  }
}
