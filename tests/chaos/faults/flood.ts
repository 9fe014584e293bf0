import { setTimeout as sleep } from "node:timers/promises";
import { type Listener, listen } from "../reader.ts";
import { until } from "../wait.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";
import { percentile } from "./measure.ts";

const quietRounds = 40;
const floodSeconds = 25;
const floodLanes = 12;
const pauseMs = 150;

/** A neighbour may wait this many times as long as alone, and this long in any case: two cores carry all of it here. */
const allowedTimes = 5;
const allowedMs = 1_000;

/** One shop sends as fast as it is answered; another one's delivery is timed until its screen hears. */
export const flood: Fault = {
  name: "flood",
  title: "one shop floods while another is timed",
  async run(world) {
    const { fleet, shops, ledger, sender, merchants, token, history, scaled } = world;
    const [loud, quiet] = shops;
    await Promise.all([sender.stop(), merchants.stop()]);
    const listener = await listen({ url: fleet.url, token: () => token(quiet) });
    const alone: number[] = [];
    for (let round = 0; round < scaled(quietRounds, 10); round += 1) {
      alone.push(await timeOne(world, listener));
      await sleep(pauseMs);
    }
    let running = true;
    let flooded = 0;
    const lanes = Array.from({ length: floodLanes }, async () => {
      while (running) {
        await sender.deliverAll([ledger.nextMessage(loud)]);
        flooded += 1;
      }
    });
    const beside: number[] = [];
    const seconds = scaled(floodSeconds, 5);
    const endsAt = performance.now() + seconds * 1_000;
    while (performance.now() < endsAt) {
      beside.push(await timeOne(world, listener));
      await sleep(pauseMs);
    }
    running = false;
    await Promise.all(lanes);
    listener.close();
    const [p95Alone, p95Beside] = [Math.round(percentile(alone, 0.95)), Math.round(percentile(beside, 0.95))];
    history.note("flood", { flooded, seconds, p95Alone, p95Beside, timed: beside.length });
    if (p95Beside > Math.max(allowedMs, allowedTimes * p95Alone))
      history.find(`beside a flood a delivery took ${p95Beside} ms to be heard, alone ${p95Alone} ms (p95)`);
    return `${Math.round(flooded / seconds)}/s of one shop; another's p95 ${p95Beside} ms, alone ${p95Alone} ms`;
  },
};

const limitMs = 20_000;

/** One delivery of the quiet shop. @returns milliseconds until its stream hears */
async function timeOne({ ledger, sender, shops, history }: World, listener: Listener): Promise<number> {
  const heardBefore = listener.events.length;
  const startedAt = performance.now();
  await sender.deliverAll([ledger.nextMessage(shops[1])]);
  const heard = () => listener.events.slice(heardBefore).find(({ event }) => event.type === "ORDER_SYNCED");
  if ((await until(() => heard() !== undefined, limitMs)) === null) {
    history.find("a stream did not hear of a delivery", { isOpen: listener.isOpen });
    return limitMs;
  }
  return (heard()?.at ?? 0) - startedAt;
}
