import { expect, test } from "vitest";
import { withShop, withSystem } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { claimEvents, claimEventsOf } from "../../app/webhooks/claim-events.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  deliverAndProcess,
  delivery,
  orderPayload,
  process,
  readDeliveries,
  receiveMany,
} from "../support/deliveries.ts";

const context = openAppContext();
const options = { limit: 200, perShop: 50, afterShop: null };

test("a shop's flood leaves room for every other shop in the same claim, and takes all of it only when it is alone", async () => {
  const flooding = await createShop(context.db);
  const quiet = await Promise.all(Array.from({ length: 5 }, () => createShop(context.db)));
  await receiveMany(context, flooding.domain, 300);
  for (const { domain } of quiet) await receiveMany(context, domain, 2);
  const claimed = await withSystem(context.db, (tx) => claimEvents(tx, options));
  const count = (shopId: ShopId) => claimed.filter((event) => event.shopId === shopId).length;
  expect(count(flooding.shopId)).toBe(50);
  expect(new Set(claimed.map(({ id }) => id)).size).toBe(60);
  for (const { shopId } of quiet) expect(count(shopId)).toBe(2);
  const alone = await withSystem(context.db, (tx) =>
    claimEvents(tx, { ...options, exceptShops: quiet.map(({ shopId }) => shopId) }),
  );
  expect(alone).toHaveLength(200);
  expect(new Set(alone.map(({ id, shopId }) => `${shopId} ${id}`)).size).toBe(200);
  await process(context);
  expect((await readDeliveries(context, flooding.shopId)).every(({ status }) => status === "applied")).toBe(
    true,
  );
});

test("shops take turns: a claim goes on after the shop at which the last one ended", async () => {
  const shops = await Promise.all(Array.from({ length: 6 }, () => createShop(context.db)));
  for (const { domain } of shops) await receiveMany(context, domain, 4);
  const order = shops.map(({ shopId }) => shopId).sort();
  const claimAfter = (afterShop: ShopId | null) =>
    withSystem(context.db, async (tx) => {
      const events = await claimEvents(tx, { limit: 4, perShop: 2, afterShop });
      return [...new Set(events.map((event) => event.shopId))];
    });
  expect(await claimAfter(null)).toEqual(order.slice(0, 2));
  expect(await claimAfter(order[1] ?? null)).toEqual(order.slice(2, 4));
  expect(await claimAfter(order[5] ?? null)).toEqual([]);
  await process(context);
});

test("a claim of one shop takes its oldest and of nobody else, and passes by what others hold", async () => {
  const [flooding, other] = await Promise.all([createShop(context.db), createShop(context.db)]);
  await receiveMany(context, flooding.domain, 5);
  await receiveMany(context, other.domain, 1);
  const [first, rest] = await withSystem(context.db, async (tx) => [
    await claimEventsOf(tx, flooding.shopId, 2),
    await withSystem(context.db, (beside) => claimEventsOf(beside, flooding.shopId, 10)),
  ]);
  if (!first || !rest) throw new Error("there are two claims");
  expect([first.length, rest.length]).toEqual([2, 3]);
  const all = [...first, ...rest];
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => a - b));
  expect(new Set(all.map(({ shopId }) => shopId))).toEqual(new Set([flooding.shopId]));
  await process(context);
});

test("what one transaction has claimed another does not see, and it is open again after a rollback", async () => {
  const { domain, shopId } = await createShop(context.db);
  await receiveMany(context, domain, 3);
  const first = withSystem(context.db, async (tx) => {
    expect(await claimEvents(tx, options)).toHaveLength(3);
    await withSystem(context.db, async (other) => expect(await claimEvents(other, options)).toHaveLength(0));
    throw new Error("the worker died");
  });
  await expect(first).rejects.toThrow("the worker died");
  await deliverAndProcess(context);
  expect((await readDeliveries(context, shopId)).map(({ status }) => status)).toEqual([
    "applied",
    "applied",
    "applied",
  ]);
});

test("ten workers at once apply each delivery once, whatever order they take them in", async () => {
  const shops = await Promise.all(Array.from({ length: 3 }, () => createShop(context.db)));
  for (const { domain } of shops) {
    const bodies = Array.from({ length: 60 }, (_, index) =>
      orderPayload({
        id: String(9_000_000_000 + (index % 6)),
        updatedAt: `2026-11-01T10:${String(index).padStart(2, "0")}:00Z`,
        note: `n${index}`,
      }),
    );
    await Promise.all(bodies.map((body) => context.receive(delivery(domain, body))));
  }
  await Promise.all(Array.from({ length: 10 }, () => process(context)));
  for (const { shopId } of shops) {
    const orders = await readOrders(shopId);
    expect(orders.map(({ note }) => note).sort()).toEqual(["n54", "n55", "n56", "n57", "n58", "n59"]);
    for (const { version, rows } of orders) expect(rows).toBe(version);
  }
});

async function readOrders(shopId: ShopId) {
  return withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ note: string; version: number; rows: number }[]>`
    select note, version, (select count(*)::int from order_events e where e.order_id = o.id) as rows from orders o`,
  );
}
