import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createDb, withShop } from "../../app/db.server.ts";
import { readLastChange } from "../../app/live/last-change.server.ts";
import { LiveHub } from "../../app/live/live-hub.server.ts";
import type { EditableField, OrderId } from "../../app/orders/order.ts";
import { reportPresence } from "../../app/orders/report-presence.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { uninstallShop } from "../../app/shops/uninstall-shop.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "../support/deliveries.ts";

const context = openAppContext();
const anna: Actor = { kind: "merchant", id: "1001", name: "Anna" };
const ben: Actor = { kind: "merchant", id: "1002", name: "Ben" };

async function createOrder(shop?: { shopId: ShopId; domain: string }) {
  const { shopId, domain } = shop ?? (await createShop(context.db));
  const id = nextOrderId();
  await deliverAndProcess(context, delivery(domain, orderPayload({ id })));
  const order = await readOrder(context, shopId, id);
  if (!order) throw new Error("the order was not stored");
  return { shopId, domain, orderId: order.id };
}

/** A tab of a person at an order. */
function openTab(shopId: ShopId, orderId: OrderId, actor: Actor, db = context.db) {
  const tabId = randomUUID();
  const report = (field: EditableField | null, leaving: boolean) =>
    reportPresence(db, { shopId, orderId, actor, report: { tabId, field, leaving } });
  return {
    at: async (field: EditableField | null = null) => {
      const result = await report(field, false);
      return result.outcome === "present" ? result.others : result.outcome;
    },
    leave: () => report(null, true),
  };
}

const age = (shopId: ShopId, seconds: number) =>
  withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update presences set seen_at = seen_at - make_interval(secs => ${seconds})
                   where shop_id = ${shopId}`,
  );

test("two people see each other and the field each is in, through two processes", async () => {
  const { shopId, orderId } = await createOrder();
  const otherProcess = createDb(context.url, { max: 2, name: "another web process" });
  const [first, second] = [openTab(shopId, orderId, anna), openTab(shopId, orderId, ben, otherProcess)];
  expect(await first.at()).toEqual([]);
  expect(await second.at("note")).toEqual([{ name: "Anna", field: null, isYou: false }]);
  expect(await first.at("status")).toEqual([{ name: "Ben", field: "note", isYou: false }]);
  await otherProcess.close();
});

test("the same person's other tab is named as theirs, and a person counts once however many tabs", async () => {
  const { shopId, orderId } = await createOrder();
  const [tab, other, third] = [anna, anna, anna].map((person) => openTab(shopId, orderId, person));
  await other?.at();
  await third?.at("note");
  expect(await tab?.at()).toEqual([{ name: "Anna", field: "note", isYou: true }]);
});

test("who has left is gone at once, who fell silent after six seconds", async () => {
  const { shopId, orderId } = await createOrder();
  const [first, second] = [openTab(shopId, orderId, anna), openTab(shopId, orderId, ben)];
  await second.at();
  await second.leave();
  expect(await first.at()).toEqual([]);
  await second.at();
  await age(shopId, 5);
  expect(await first.at()).toHaveLength(1);
  await age(shopId, 2);
  expect(await first.at()).toEqual([]);
});

test("rows of tabs that never said goodbye are cleared away", async () => {
  const { shopId, orderId } = await createOrder();
  await openTab(shopId, orderId, ben).at();
  await age(shopId, 61);
  await openTab(shopId, orderId, anna).at();
  const rows = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select name from presences where shop_id = ${shopId}`,
  );
  expect([...rows]).toEqual([{ name: "Anna" }]);
});

test("only who comes, goes or changes fields is told of, and nothing of it counts as a change", async () => {
  const { shopId, domain, orderId } = await createOrder();
  const { orderId: markerId } = await createOrder({ shopId, domain });
  const hub = new LiveHub(context.db, context.url);
  const heard: string[][] = [];
  let listening = () => {};
  const ready = new Promise<void>((resolve) => {
    listening = resolve;
  });
  hub.subscribe(shopId, {
    changed: ({ presences, orders }) => {
      expect(orders).toEqual([]);
      heard.push(presences ?? []);
    },
    resync: () => listening(),
    heartbeat: () => {},
    ended: () => {},
    restarting: () => {},
  });
  await ready;
  const change = await readLastChange(context.db, shopId);
  const tab = openTab(shopId, orderId, anna);
  /** What was told since the last time: hints leave in order, so the marker's comes after all that was due before. */
  const toldBefore = async (marker: Promise<unknown>) => {
    await marker;
    await expect.poll(() => heard.flat()).toContain(markerId);
    return heard
      .splice(0)
      .flat()
      .filter((id) => id !== markerId);
  };
  const marker = openTab(shopId, markerId, ben);
  await tab.at();
  expect(await toldBefore(marker.at())).toEqual([orderId]);
  await tab.at();
  await tab.at();
  expect(await toldBefore(marker.at("note"))).toEqual([]);
  await tab.at("note");
  expect(await toldBefore(marker.at("status"))).toEqual([orderId]);
  await tab.at("note");
  expect(await toldBefore(marker.at("note"))).toEqual([]);
  await tab.leave();
  expect(await toldBefore(marker.at("status"))).toEqual([orderId]);
  await tab.leave();
  expect(await toldBefore(marker.leave())).toEqual([]);
  expect(await readLastChange(context.db, shopId)).toBe(change);
  await hub.close();
});

test("another shop's order is not found, and nobody there is seen", async () => {
  const [mine, theirs] = [await createOrder(), await createOrder()];
  await openTab(theirs.shopId, theirs.orderId, ben).at();
  expect(await openTab(mine.shopId, theirs.orderId, anna).at()).toBe("not_found");
  expect(await openTab(mine.shopId, randomUUID() as OrderId, anna).at()).toBe("not_found");
});

test("nobody speaks for another person's tab", async () => {
  const { shopId, orderId } = await createOrder();
  const tabId = randomUUID();
  const report = (actor: Actor, leaving = false) =>
    reportPresence(context.db, { shopId, orderId, actor, report: { tabId, field: "note", leaving } });
  await report(ben);
  await report(anna);
  await report(anna, true);
  expect(await openTab(shopId, orderId, anna).at()).toEqual([{ name: "Ben", field: "note", isYou: false }]);
});

test("uninstalling the app forgets who was there", async () => {
  const { shopId, orderId } = await createOrder();
  await openTab(shopId, orderId, anna).at();
  await withShop(context.db, shopId, (tx) => uninstallShop(tx, shopId, null));
  const rows = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select from presences where shop_id = ${shopId}`,
  );
  expect(rows).toHaveLength(0);
});
