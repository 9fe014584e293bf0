import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createDb, withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { processOpenEvents } from "../../app/webhooks/process-events.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  deliverAndProcess,
  delivery,
  orderPayload,
  process,
  readDeliveries,
  receiveMany,
} from "../support/deliveries.ts";
import { asSuperuser } from "../support/superuser.ts";

const context = openAppContext();

const statusesOf = async (shopId: ShopId) =>
  (await readDeliveries(context, shopId)).map(({ status }) => status);

/** Until so many batches wait for the row that a test has locked. */
const untilBlocked = (batches: number) =>
  asSuperuser(context, (admin) =>
    expect
      .poll(
        () => admin`select 1 from pg_stat_activity where datname = current_database()
                      and wait_event_type = 'Lock' and query like '%shop_changes%'`,
      )
      .toHaveLength(batches),
  );

/** Runs `meanwhile` while open deliveries are processed and the batches of this shop wait, and lets them end then. */
async function whileWaiting(
  shopId: ShopId,
  meanwhile: () => Promise<void>,
  { start = () => process(context), batches = 1 } = {},
): Promise<void> {
  let running = Promise.resolve();
  await withShop(context.db, shopId, async ({ sql }) => {
    await sql`select 1 from shop_changes where shop_id = ${shopId} for update`;
    running = start();
    await untilBlocked(batches);
    await meanwhile();
  });
  await running;
}

test("a batch that has to wait does not hold up what arrives for another shop meanwhile", async () => {
  const [slow, quick] = await Promise.all([createShop(context.db), createShop(context.db)]);
  // Counted once, so that there is a row to wait for.
  await deliverAndProcess(context, delivery(slow.domain, orderPayload()));
  await context.receive(delivery(slow.domain, orderPayload()));
  await whileWaiting(slow.shopId, async () => {
    await context.receive(delivery(quick.domain, orderPayload()));
    await expect.poll(() => statusesOf(quick.shopId)).toEqual(["applied"]);
    expect(await statusesOf(slow.shopId)).toEqual(["applied", "received"]);
  });
  expect(await statusesOf(slow.shopId)).toEqual(["applied", "applied"]);
});

test("nor does it hold up what arrives for a shop of the same batch whose turn has not come", async () => {
  const pair = await Promise.all([createShop(context.db), createShop(context.db)]);
  const [slow, quick] = pair.sort((a, b) => (a.shopId < b.shopId ? -1 : 1));
  if (!slow || !quick) throw new Error("two shops were made");
  await deliverAndProcess(context, delivery(slow.domain, orderPayload()));
  for (const { domain } of pair) await context.receive(delivery(domain, orderPayload()));
  await whileWaiting(slow.shopId, async () => {
    await context.receive(delivery(quick.domain, orderPayload()));
    await expect.poll(() => statusesOf(quick.shopId)).toEqual(["received", "applied"]);
  });
  expect(await statusesOf(quick.shopId)).toEqual(["applied", "applied"]);
});

test("a run whose claims fail ends with the first failure and counts no attempt", async () => {
  const { shopId, domain } = await createShop(context.db);
  await context.receive(delivery(domain, orderPayload()));
  const impatient = createDb(`${context.url}?lock_timeout=300`, { max: 5, name: "impatient" });
  await asSuperuser(context, (admin) =>
    admin.begin(async (sql) => {
      await sql`lock table webhook_events in access exclusive mode`;
      // The timeout is longer than the pause between two looks: there would be another lane until the run's twenty seconds.
      const run = processOpenEvents(impatient, context.queue, {
        lanes: 5,
        stopping: new AbortController().signal,
      });
      const outcome = run.catch(({ message }: Error) => message);
      expect(await Promise.race([outcome, sleep(8_000, "still trying")])).toMatch(/lock timeout/);
    }),
  );
  await impatient.close();
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "received", attempts: 0 }]);
  await process(context);
});

test("a flood of three hundred of one shop is applied once each, whatever lanes it takes", async () => {
  const { shopId, domain } = await createShop(context.db);
  await receiveMany(context, domain, 300);
  await process(context);
  expect(new Set(await statusesOf(shopId))).toEqual(new Set(["applied"]));
  const versions = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ version: number; events: number }[]>`
      select o.version, count(*)::int as events from orders o
      join order_events e on e.shop_id = o.shop_id and e.order_id = o.id
      where o.shop_id = ${shopId} group by o.id, o.version`,
  );
  expect(versions).toHaveLength(300);
  expect(versions.every(({ version, events }) => version === 1 && events === 1)).toBe(true);
});

const fiveLanes = { lanes: 5, stopping: new AbortController().signal };

/** A worker of five lanes. */
async function withFiveLanes(run: (start: () => Promise<void>) => Promise<void>): Promise<void> {
  const db = createDb(context.url, { max: 5, name: "five lanes" });
  await run(() => processOpenEvents(db, context.queue, fiveLanes));
  await db.close();
}

test("while all batches of a flood wait, another shop's deliveries are applied", async () => {
  const [flooding, quiet] = await Promise.all([createShop(context.db), createShop(context.db)]);
  await deliverAndProcess(context, delivery(flooding.domain, orderPayload()));
  await receiveMany(context, flooding.domain, 500);
  const applyQuiet = async () => {
    await context.receive(delivery(quiet.domain, orderPayload()));
    await expect.poll(async () => new Set(await statusesOf(quiet.shopId))).toEqual(new Set(["applied"]));
  };
  await withFiveLanes((start) =>
    whileWaiting(
      flooding.shopId,
      async () => {
        await applyQuiet();
        await applyQuiet();
      },
      { start, batches: 3 },
    ),
  );
  const statuses = await statusesOf(flooding.shopId);
  expect(statuses).toHaveLength(501);
  expect(new Set(statuses)).toEqual(new Set(["applied"]));
});

test("a flood that has calmed down is seen to by whoever walks by, in the same run", async () => {
  const [slow, flooding] = await Promise.all([createShop(context.db), createShop(context.db)]);
  await deliverAndProcess(context, delivery(slow.domain, orderPayload()));
  await context.receive(delivery(slow.domain, orderPayload()));
  const applied = async () =>
    (await statusesOf(flooding.shopId)).filter((status) => status === "applied").length;
  await withFiveLanes((start) =>
    whileWaiting(
      slow.shopId,
      async () => {
        await receiveMany(context, flooding.domain, 300);
        await expect.poll(applied).toBe(300);
        await receiveMany(context, flooding.domain, 1);
        await expect.poll(applied).toBe(301);
      },
      { start },
    ),
  );
});

test("after a lane has failed the lanes of a flood see to the other shops too, and not after it", async () => {
  const [flooding, quiet] = await Promise.all([createShop(context.db), createShop(context.db)]);
  await deliverAndProcess(context, delivery(flooding.domain, orderPayload()));
  await receiveMany(context, flooding.domain, 1_200);
  let outcome = "";
  await withFiveLanes((start) =>
    whileWaiting(
      flooding.shopId,
      async () => {
        // The oldest of the batches fails: its connection is cut, as at a failover.
        await asSuperuser(
          context,
          (admin) => admin`
            select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'five lanes' and wait_event_type = 'Lock' order by backend_start limit 1`,
        );
        await context.receive(delivery(quiet.domain, orderPayload()));
      },
      {
        start: async () => {
          outcome = await start().then(
            () => "done",
            () => "failed",
          );
        },
        batches: 3,
      },
    ),
  );
  expect(outcome).toBe("failed");
  const [row] = await asSuperuser(
    context,
    (admin) => admin<{ later: number }[]>`
      select count(*)::int as later from webhook_events flood join webhook_events quiet
        on quiet.shop_id = ${quiet.shopId} and quiet.processed_at < flood.processed_at
      where flood.shop_id = ${flooding.shopId}`,
  );
  expect(row?.later).toBeGreaterThan(100);
  await process(context);
});
