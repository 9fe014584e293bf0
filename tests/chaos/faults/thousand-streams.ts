import { type Listener, listen } from "../reader.ts";
import { until } from "../wait.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";
import { countStreams, percentile, residentMb } from "./measure.ts";

const streams = 1_000;
const atOnce = 25;
const hearLimitMs = 20_000;

/** A thousand open screens on one process, of three shops. */
export const thousandStreams: Fault = {
  name: "thousand-streams",
  title: `${streams} open streams on one process`,
  async run(world) {
    const { fleet, shops, ledger, sender, merchants, history, scaled } = world;
    const web = fleet.webs[0];
    if (!web) throw new Error("no web process runs");
    const mbBefore = residentMb(web.process.pid);
    const wanted = scaled(streams, 100);
    const listeners = await openMany(world, web.url, wanted);
    // The lists that are open all along come and go by themselves: a stream lives five minutes.
    const open = listeners.filter(({ isOpen }) => isOpen).length;
    const counted = await countStreams(web.url);
    if (open < wanted || counted < wanted)
      history.find(`only ${open} of ${wanted} streams are open, and the process counts ${counted}`);
    const mb = residentMb(web.process.pid) - mbBefore;

    // From here on only three deliveries, so that what is heard is one of them.
    await Promise.all([sender.stop(), merchants.stop()]);
    const sentAt = performance.now();
    await sender.deliverAll(shops.map((shop) => ledger.nextMessage(shop)));
    const heardAt = ({ events }: Listener) =>
      events.find(({ at, event }) => at > sentAt && event.type === "ORDER_SYNCED")?.at;
    await until(() => listeners.every((listener) => heardAt(listener) !== undefined), hearLimitMs);
    const delays = listeners.flatMap((listener) => {
      const at = heardAt(listener);
      return at === undefined ? [] : [at - sentAt];
    });
    if (delays.length < wanted)
      history.find(`${wanted - delays.length} of ${wanted} streams did not hear of a delivery`);
    for (const listener of listeners) listener.close();
    const closed = await until(async () => (await countStreams(web.url)) <= world.readers.length, 20_000);
    if (closed === null) history.find("closed streams are still counted as open");
    const p95 = Math.round(percentile(delays, 0.95));
    history.note("streams", { wanted, open, mb, p95 });
    return `${wanted} streams, ${Math.round((mb * 1_024) / wanted)} KB each, all heard, p95 ${p95} ms`;
  },
};

async function openMany({ shops, token }: World, url: string, wanted: number): Promise<Listener[]> {
  const listeners: Listener[] = [];
  let next = 0;
  const lane = async () => {
    while (next < wanted) {
      const shop = shops[next++ % shops.length] ?? shops[0];
      listeners.push(await listen({ url, token: () => token(shop) }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return listeners;
}
