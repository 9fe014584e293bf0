import { withSystem } from "../../app/db.server.ts";
import { consultOracle } from "./oracle.ts";
import { listen, readList } from "./reader.ts";
import { until } from "./wait.ts";
import type { World } from "./world.ts";

/** How long the app may take to be well again once the fault is over. */
const readyLimitMs = 45_000;
const emptyLimitMs = 60_000;
const hearLimitMs = 20_000;

/** What pg-boss keeps of a worker that was killed goes to another one when its heart has not beaten for ten seconds. */
const queueLimitMs = 60_000;

/** Ends the load, waits until everything has come to rest, and looks whether all is as it must be. */
export async function settle(world: World): Promise<{ readyMs: number | null }> {
  const { history, fleet, sender, merchants } = world;
  const readyMs = await fleet.untilReady(readyLimitMs);
  if (readyMs === null) history.find(`a web process was not ready ${readyLimitMs / 1_000} s after the fault`);
  await Promise.all([merchants.stop(), sender.stop()]);
  const emptyMs = await until(async () => (await countOpen(world)) === 0, emptyLimitMs);
  if (emptyMs === null)
    history.find(`${await countOpen(world)} deliveries were still open after ${emptyLimitMs / 1_000} s`);
  await everyProcessHears(world);
  await readersAreRight(world);
  await consultOracle(world);
  history.note("settled", { readyMs, emptyMs });
  return { readyMs };
}

/** At the very end no job may be left that nobody will ever run. */
export async function expectEmptyQueue(world: World): Promise<void> {
  const count = () =>
    world.database.asAdmin(async (sql) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from pgboss.job
        where name = 'process-order' and state < 'completed' and start_after <= now()`;
      return row?.count ?? 0;
    });
  if ((await until(async () => (await count()) === 0, queueLimitMs)) === null)
    world.history.find(`${await count()} jobs that apply deliveries are left in the queue`);
}

const countOpen = ({ db }: World): Promise<number> =>
  withSystem(
    db,
    async ({ sql }) => (await sql`select from webhook_events where status = 'received' limit 1000`).length,
  );

/** A delivery is told to a stream on each web process: whatever its LISTEN went through, it hears again. */
async function everyProcessHears({ fleet, shops, token, ledger, sender, history }: World): Promise<void> {
  const [shop] = shops;
  const listeners = await Promise.all(
    fleet.webs.map(({ url }) => listen({ url, token: () => token(shop) }).catch(() => null)),
  );
  await sender.deliverAll([ledger.nextMessage(shop)]);
  const heard = () =>
    listeners.every((one) => one?.events.some(({ event }) => event.type === "ORDER_SYNCED"));
  if ((await until(heard, hearLimitMs)) === null)
    history.find("a stream on one of the web processes did not hear of a delivery", {
      heard: listeners.map((one) => one?.events.map(({ event }) => event.type) ?? "refused"),
    });
  for (const listener of listeners) listener?.close();
}

/** The lists that were open all the time show what a fresh one shows. */
async function readersAreRight({ readers, fleet, token, history }: World): Promise<void> {
  for (const { shop, reader } of readers) {
    const parts = { url: fleet.url, token: () => token(shop) };
    const isRight = async () => reader.page === (await readList(parts).catch(() => "no answer"));
    if ((await until(isRight, hearLimitMs)) === null)
      history.find(`the open list of ${shop.domain} is not what the server has`, { reads: reader.reads });
  }
}
