import { setTimeout as sleep } from "node:timers/promises";
import { statusOf } from "../fleet.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

const offMs = 120_000;
const seconds = 10;

/**
 * One web process and one worker whose clock is two minutes ahead, beside others that are right; deliveries that
 * say they were triggered up to two minutes from now or before; session tokens of such a clock.
 */
export const clockOff: Fault = {
  name: "clock-off",
  title: "clocks two minutes off",
  async run(world) {
    const { fleet, ledger, sender, random, shops, scaled } = world;
    const env = {
      NODE_OPTIONS: `--import=${new URL("../shifted-clock.ts", import.meta.url).href}`,
      CLOCK_SHIFT_MS: String(offMs),
    };
    const [web, worker] = [await fleet.startWeb(env), await fleet.startWorker(env)];
    const endsAt = performance.now() + scaled(seconds * 1_000, 3_000);
    let sent = 0;
    while (performance.now() < endsAt) {
      const off = () => Date.now() + random.integer(-offMs, offMs);
      const given = { updatedMs: off(), triggeredAt: new Date(off()).toISOString() };
      const messages = shops.map((shop) => ledger.nextMessage(shop, given));
      await sender.deliverAll(messages, () => random.pick(fleet.webs).url);
      sent += messages.length;
      await sleep(50);
    }
    await trySkewedTokens(world, web.url);
    await Promise.all([fleet.endWeb(web, "SIGTERM"), fleet.endWorker(worker, "SIGTERM")]);
    return `${sent} deliveries with stamps off by up to two minutes, through a web process and a worker two minutes ahead`;
  },
};

/** A token is good for a minute, and ten seconds of difference are forgiven. More is refused with a way back, never a fault. */
async function trySkewedTokens({ fleet, token, shops, history }: World, shiftedUrl: string): Promise<void> {
  const [shop] = shops;
  const [right] = fleet.webs;
  if (!right) throw new Error("no web process runs");
  const ask = (url: string, now: number) =>
    statusOf(`${url}/app/orders?_data=routes%2Fapp.orders`, {
      headers: { Authorization: `Bearer ${token(shop, now)}` },
    });
  const answers = {
    ahead: await ask(right.url, Date.now() + offMs),
    behind: await ask(right.url, Date.now() - offMs),
    slightlyAhead: await ask(right.url, Date.now() + 5_000),
    shiftedProcess: await ask(shiftedUrl, Date.now()),
    shiftedBoth: await ask(shiftedUrl, Date.now() + offMs),
  };
  history.note("session tokens", answers);
  const expected = { ahead: 401, behind: 401, slightlyAhead: 200, shiftedProcess: 401, shiftedBoth: 200 };
  if (JSON.stringify(answers) !== JSON.stringify(expected))
    history.find("session tokens of clocks that differ were not answered as they should be", answers);
}
