import { setTimeout as sleep } from "node:timers/promises";
import { statusOf } from "../fleet.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

const probeEveryMs = 1_000;

/** PostgreSQL is stopped in an orderly way and is back after so many seconds. */
export const databaseStopped = (seconds: number): Fault => ({
  name: `database-stopped-${seconds}`,
  title: `PostgreSQL away for ${seconds} s`,
  async run(world) {
    const { database, history, scaled } = world;
    const awayMs = scaled(seconds * 1_000, 4_000);
    await sleep(1_000);
    history.note("stop the database");
    await database.stop();
    const backAt = performance.now() + awayMs;
    let probes = 0;
    while (performance.now() < backAt) {
      await probe(world);
      probes += 1;
      await sleep(probeEveryMs);
    }
    history.note("start the database");
    await database.start();
    return `away for ${Math.round(awayMs / 1_000)} s, ${probes} rounds of probes`;
  },
});

/** While the database is away every web process says so, to each who asks, within the five seconds Shopify waits. */
async function probe({ fleet, ledger, sender, shops, token, random, history }: World): Promise<void> {
  const shop = random.pick(shops);
  const headers = { Authorization: `Bearer ${token(shop)}` };
  const message = ledger.nextMessage(shop);
  for (const { url } of fleet.webs) {
    const startedAt = performance.now();
    const [delivery, page, alive, ready] = await Promise.all([
      sender.send(message, url),
      statusOf(`${url}/app/orders?_data=routes%2Fapp.orders`, { headers }),
      statusOf(`${url}/healthz`),
      statusOf(`${url}/readyz`),
    ]);
    const expected = { delivery: 503, page: 503, alive: 200, ready: 503 };
    const answered = { delivery, page, alive, ready };
    history.note("probe", { ...answered, tookMs: Math.round(performance.now() - startedAt) });
    if (JSON.stringify(answered) !== JSON.stringify(expected))
      history.find("a web process did not answer 503 while the database was away", answered);
  }
  sender.later(message);
}
