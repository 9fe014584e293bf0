import { setTimeout as sleep } from "node:timers/promises";
import type { Screens } from "./contenders/contender.ts";
import { planDeliveries } from "./load/plan-deliveries.ts";
import { summarise } from "./load/samples.ts";
import { sendDeliveries } from "./load/send-deliveries.ts";
import { isQuiet, residentMb, startMeter } from "./load/usage.ts";
import { describeRounds, rounded, type Section, whole } from "./report/section.ts";
import { nextSeed, type Stand } from "./stand.ts";

/** Below the limit of 500 streams of one shop on one process. */
const streamsPerShop = 400;
const wanted = 5_000;
const step = 1_000;
const settleMs = 3_000;

/** Opens idle streams on one web process, a thousand at a time, and then tells all of them something. */
export async function measureStreams(stand: Stand): Promise<Section> {
  const { ours } = stand;
  const total = Math.max(streamsPerShop, Math.round(wanted * stand.scale));
  const shops = await ours.addShops(Math.ceil(total / streamsPerShop));
  const opened: Screens[] = [];
  const heardAt = new Map<string, number>();
  const readUsage = startMeter(ours.processes());
  const rows: string[][] = [];
  await sleep(settleMs);
  const before = residentMb(ours.webPid);
  let count = 0;
  let refused = "";
  let perStreamKb = Number.NaN;
  try {
    for (const shop of shops) {
      const some = Math.min(streamsPerShop, total - count);
      const screens = await ours
        .openScreens(some, shop, () => heardAt.set(shop, performance.now()))
        .catch((error: unknown) => {
          refused = error instanceof Error ? error.message : String(error);
          return null;
        });
      if (!screens) break;
      opened.push(screens);
      count += some;
      if (count % step > streamsPerShop && count < total) continue;
      await sleep(settleMs);
      const megabytes = residentMb(ours.webPid);
      perStreamKb = ((megabytes - before) * 1_024) / count;
      rows.push([whole(count), whole(megabytes), rounded(perStreamKb, 1)]);
      stand.report(`streams: ${count} open, ${rounded(perStreamKb, 1)} KB each`);
    }
    const told = await tellAll(stand, shops.slice(0, opened.length), heardAt);
    const usage = readUsage();
    return {
      name: "streams",
      title: "Open streams",
      wasNoisy: !isQuiet(usage),
      words: [
        `Idle streams on one web process, over ${shops.length} shops, which held ${whole(before)} MB before. Memory is the process's resident size after ${settleMs / 1_000} s of rest, with whatever its garbage collector has not returned. ${told}`,
        refused ? `It ended early: ${refused}` : "All that were asked for were opened.",
        describeRounds({
          counted: [{ ours: usage }],
          run: 1,
          wasNoisy: !isQuiet(usage),
        }),
      ],
      goals: [
        {
          what: "idle stream: memory",
          ...{ least: 60, goal: 30, better: "lower", unit: " KB" },
          seen: perStreamKb,
        },
        { what: "streams on one process", ...{ least: 2_000, goal: 5_000, better: "higher" }, seen: count },
      ],
      tables: [{ head: ["streams", "MB resident", "KB a stream"], rows }],
    };
  } finally {
    for (const screens of opened) screens.close();
  }
}

/** One delivery for each shop: do streams still hear, and how soon does one of each shop? */
async function tellAll(stand: Stand, shops: string[], heardAt: Map<string, number>): Promise<string> {
  const { target, secret } = stand.ours;
  const plan = planDeliveries({
    count: shops.length,
    updates: 0,
    seed: nextSeed(),
    shopDomains: shops,
    target,
    secret,
  });
  heardAt.clear();
  const sentAt = performance.now();
  await sendDeliveries(plan.deliveries, { port: Number(target.port), connections: 1 });
  const deadline = performance.now() + 10_000;
  while (heardAt.size < shops.length && performance.now() < deadline) await sleep(20);
  const { max } = summarise([...heardAt.values()].map((at) => at - sentAt));
  return `With all of them open a delivery for each shop reached ${heardAt.size} of ${shops.length} shops' streams, the last after ${whole(max)} ms.`;
}
