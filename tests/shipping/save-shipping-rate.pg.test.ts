import { expect, test } from "vitest";
import { readLastChange } from "../../app/live/last-change.server.ts";
import { findOrder } from "../../app/orders/orders.server.ts";
import { saveShippingRate } from "../../app/shipping/save-shipping-rate.server.ts";
import type { ShippingRate } from "../../app/shipping/shipping-rate.ts";
import { findShippingRate } from "../../app/shipping/shipping-rates.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "../support/deliveries.ts";

const context = openAppContext();
const anna: Actor = { kind: "merchant", id: "1", name: "Anna" };
const ben: Actor = { kind: "merchant", id: "2", name: "Ben" };
const rate = (flatFeeMinor: string): ShippingRate => ({
  currency: "EUR",
  flatFeeMinor,
  freeFromMinor: null,
  weightSteps: [
    { upToGrams: 1000, feeMinor: "490" },
    { upToGrams: null, feeMinor: "990" },
  ],
});
const save = (shopId: ShopId, openedVersion: number, flatFee: string, actor = anna) =>
  saveShippingRate(context.db, { shopId, openedVersion, rate: rate(flatFee), actor });

test("a first rate is version 1, a save of the same changes nothing and tells nobody", async () => {
  const { shopId } = await createShop(context.db);
  expect(await save(shopId, 0, "100")).toEqual({ outcome: "saved", version: 1 });
  const change = await readLastChange(context.db, shopId);
  expect(change).toBe(1);
  expect(await save(shopId, 1, "100")).toEqual({ outcome: "unchanged", version: 1 });
  expect(await readLastChange(context.db, shopId)).toBe(change);
  expect(await findShippingRate(context.db, shopId)).toMatchObject({
    rate: rate("100"),
    version: 1,
    updatedBy: "Anna",
  });
});

test("a save that was opened at an older version changes nothing and gets theirs", async () => {
  const { shopId } = await createShop(context.db);
  await save(shopId, 0, "100");
  await save(shopId, 1, "200", ben);
  expect(await save(shopId, 1, "300")).toMatchObject({
    outcome: "conflict",
    theirs: { version: 2, updatedBy: "Ben", rate: { flatFeeMinor: "200" } },
  });
  // Decided against what was seen, it goes through.
  expect(await save(shopId, 2, "300")).toEqual({ outcome: "saved", version: 3 });
});

test("of ten first saves in the same instant exactly one wins", async () => {
  const { shopId } = await createShop(context.db);
  const saves = await Promise.all(Array.from({ length: 10 }, (_, at) => save(shopId, 0, `${at + 1}00`)));
  expect(saves.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
  expect((await findShippingRate(context.db, shopId))?.version).toBe(1);
});

test("another shop's rate is neither seen nor changed", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  await save(theirs.shopId, 0, "100");
  expect(await findShippingRate(context.db, mine.shopId)).toBeNull();
  await save(mine.shopId, 0, "900");
  expect((await findShippingRate(context.db, theirs.shopId))?.rate.flatFeeMinor).toBe("100");
});

test("an order knows how many shipping lines it has, and whether anybody said", async () => {
  const { shopId, domain } = await createShop(context.db);
  const linesOf = async (fields: object) => {
    const id = nextOrderId();
    await deliverAndProcess(context, delivery(domain, orderPayload({ id, ...fields })));
    const order = await readOrder(context, shopId, id);
    return (order && (await findOrder(context.db, shopId, order.id)))?.shippingLines;
  };
  const line = { id: 1, price: "5.00", discounted_price: "0.00" };
  expect(await linesOf({ shipping_lines: [line] })).toBe(1);
  expect(await linesOf({ shipping_lines: [] })).toBe(0);
  expect(await linesOf({ shipping_lines: undefined })).toBeNull();
  expect(await linesOf({ shipping_lines: [{ ...line, is_removed: true }] })).toBe(0);
});

test("a payload that only says how many shipping lines there are makes no new version", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(context, delivery(domain, orderPayload({ id, shipping_lines: undefined })));
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id, shipping_lines: [], updatedAt: "2026-11-02T10:00:00Z" })),
  );
  const order = await readOrder(context, shopId, id);
  expect(order?.version).toBe(1);
  expect(order && (await findOrder(context.db, shopId, order.id))?.shippingLines).toBe(0);
});
