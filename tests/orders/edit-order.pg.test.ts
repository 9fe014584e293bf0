import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { type EditOrder, editOrder } from "../../app/orders/edit-order.server.ts";
import type { EditableFields, OrderId } from "../../app/orders/order.ts";
import { markReviewed, restoreOverwritten } from "../../app/orders/review-order.server.ts";
import { enqueue } from "../../app/queue.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  deliverAndProcess,
  delivery,
  nextOrderId,
  orderPayload,
  readOrder,
  readTimeline,
} from "../support/deliveries.ts";

const context = openAppContext();
const anna: Actor = { kind: "merchant", id: "1001", name: "Anna Berg" };
const ben: Actor = { kind: "merchant", id: "1002", name: "Ben Costa" };
const blank: EditableFields = { status: "PENDING", trackingCompany: null, trackingNumber: null, note: null };

async function createOrder(fields: object = {}) {
  const { shopId, domain } = await createShop(context.db);
  const shopifyOrderId = nextOrderId();
  await deliverAndProcess(context, delivery(domain, orderPayload({ id: shopifyOrderId, ...fields })));
  const order = await readOrder(context, shopId, shopifyOrderId);
  if (!order) throw new Error("the order was not stored");
  return { shopId, domain, shopifyOrderId, orderId: order.id };
}

const edit = (
  order: { shopId: ShopId; orderId: OrderId },
  openedVersion: number,
  fields: Partial<EditableFields>,
  more: Partial<EditOrder> = {},
) => editOrder(context.db, { ...order, openedVersion, edit: { ...blank, ...fields }, actor: anna, ...more });

test("a save raises the version by one and writes who changed what", async () => {
  const order = await createOrder();
  expect(await edit(order, 1, { note: "call first", status: "CONFIRMED" })).toMatchObject({
    outcome: "saved",
    version: 2,
  });
  const timeline = await readTimeline(context, order.shopId, order.orderId);
  expect(timeline[1]).toMatchObject({
    version: 2,
    kind: "edited",
    actor_name: "Anna Berg",
    changes: { note: { from: null, to: "call first" }, status: { from: "PENDING", to: "CONFIRMED" } },
  });
});

test("a save that changes nothing does not raise the version", async () => {
  const order = await createOrder();
  expect(await edit(order, 1, {})).toEqual({ outcome: "unchanged", version: 1, takenOver: [] });
});

test("different fields edited at once are both saved, and the second hears what it kept", async () => {
  const order = await createOrder();
  await edit(order, 1, { note: "from Anna" });
  expect(await edit(order, 1, { trackingNumber: "T1" }, { actor: ben })).toEqual({
    outcome: "saved",
    version: 3,
    takenOver: ["note"],
  });
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    note: "from Anna",
    tracking_number: "T1",
  });
});

test("the same field edited at once comes back with base, mine, theirs, who and when; nothing is written", async () => {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "from Anna" });
  expect(await edit(order, 1, { note: "from Ben", trackingNumber: "T1" }, { actor: ben })).toEqual({
    outcome: "conflict",
    version: 2,
    merged: { ...blank, note: "from Anna", trackingNumber: "T1" },
    conflicts: [
      {
        field: "note",
        base: "base",
        mine: "from Ben",
        theirs: "from Anna",
        changedBy: "Anna Berg",
        changedAt: expect.any(String),
      },
    ],
  });
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    version: 2,
    tracking_number: null,
  });
});

test.each([
  ["mine", { note: "from Ben", version: 3 }],
  ["theirs", { note: "from Anna", version: 3 }],
] as const)(
  "deciding for %s saves that value and my other changes as one new version",
  async (choice, expected) => {
    const order = await createOrder({ note: "base" });
    await edit(order, 1, { note: "from Anna" });
    const decision = { actor: ben, choices: { note: choice }, decidedVersion: 2 };
    expect(await edit(order, 1, { note: "from Ben", trackingNumber: "T1" }, decision)).toMatchObject({
      outcome: "saved",
      version: 3,
    });
    expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
      ...expected,
      tracking_number: "T1",
    });
  },
);

test("a forced write is a new version like any other and says so in the timeline", async () => {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "from Anna" });
  await edit(order, 1, { note: "from Ben" }, { actor: ben, choices: { note: "mine" }, decidedVersion: 2 });
  const timeline = await readTimeline(context, order.shopId, order.orderId);
  expect(timeline[2]).toMatchObject({
    version: 3,
    kind: "forced",
    changes: { note: { from: "from Anna", to: "from Ben" } },
  });
});

test("a field that changed once more after the decision conflicts once more", async () => {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "second" });
  await edit(order, 2, { note: "third" });
  const decision = { actor: ben, choices: { note: "mine" as const }, decidedVersion: 2 };
  expect(await edit(order, 1, { note: "from Ben" }, decision)).toMatchObject({
    outcome: "conflict",
    version: 3,
    conflicts: [{ field: "note", theirs: "third" }],
  });
});

test("a move that is not allowed is refused with what is", async () => {
  const order = await createOrder({ cancelled_at: "2026-11-01T09:30:00Z" });
  expect(await edit(order, 1, { status: "PENDING" })).toEqual({
    outcome: "refused",
    version: 1,
    reason: "The order is cancelled, and that is final.",
  });
});

test("another shop's order is not found, for reading the conflict too", async () => {
  const order = await createOrder();
  const stranger = await createShop(context.db);
  expect(await edit({ ...order, shopId: stranger.shopId }, 1, { note: "x" })).toEqual({
    outcome: "not_found",
  });
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    version: 1,
    note: null,
  });
});

test("fifty racing writers give fifty versions and lose no update", async () => {
  const order = await createOrder();
  const write = async (writer: number): Promise<void> => {
    // Each writer reads, appends its mark and saves; on a conflict it reads again, as a person would.
    for (;;) {
      const current = await readOrder(context, order.shopId, order.shopifyOrderId);
      if (!current) throw new Error("the order is gone");
      const note = `${current.note ?? ""}[${writer}]`;
      const result = await edit(order, current.version, { note });
      if (result.outcome === "saved") return;
      expect(result.outcome).toBe("conflict");
    }
  };
  await Promise.all(Array.from({ length: 50 }, (_, writer) => write(writer)));
  const final = await readOrder(context, order.shopId, order.shopifyOrderId);
  expect(final?.version).toBe(51);
  const marks = [...(final?.note ?? "").matchAll(/\[(\d+)\]/g)]
    .map(([, mark]) => Number(mark))
    .sort((a, b) => a - b);
  expect(marks).toEqual(Array.from({ length: 50 }, (_, writer) => writer));
  const timeline = await readTimeline(context, order.shopId, order.orderId);
  expect(timeline.map(({ version }) => version)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
});

test("of twenty saves of one field at the same version exactly one wins", async () => {
  const order = await createOrder();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => edit(order, 1, { note: `save ${index}` })),
  );
  expect(outcomes.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === "conflict")).toHaveLength(19);
});

test("a merchant's save and Shopify's update at the same time both count, one version each", async () => {
  const order = await createOrder();
  await Promise.all([
    edit(order, 1, { trackingNumber: "T1" }),
    deliverAndProcess(
      context,
      delivery(
        order.domain,
        orderPayload({ id: order.shopifyOrderId, note: "Shopify", updatedAt: "2026-11-02T00:00:00Z" }),
      ),
    ),
  ]);
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    version: 3,
    note: "Shopify",
    tracking_number: "T1",
  });
});

test("what Shopify overwrote can be restored with one click, and the next payload leaves it", async () => {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "mine" });
  const say = (note: string, updatedAt: string) =>
    deliverAndProcess(
      context,
      delivery(order.domain, orderPayload({ id: order.shopifyOrderId, note, updatedAt })),
    );
  await say("theirs", "2026-11-02T00:00:00Z");
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    note: "theirs",
    needs_review: true,
  });
  expect(
    await restoreOverwritten(context.db, { ...order, openedVersion: 3, actor: anna, version: 3 }),
  ).toEqual({
    remark: null,
    outcome: "saved",
    version: 4,
  });
  await say("theirs", "2026-11-03T00:00:00Z");
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    note: "mine",
    needs_review: false,
    version: 4,
  });
});

test("looking at a flagged order takes the flag away, once", async () => {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "mine" });
  await deliverAndProcess(
    context,
    delivery(
      order.domain,
      orderPayload({ id: order.shopifyOrderId, note: "theirs", updatedAt: "2026-11-02T00:00:00Z" }),
    ),
  );
  expect(await markReviewed(context.db, { ...order, openedVersion: 3, actor: ben })).toEqual({
    outcome: "saved",
    remark: null,
    version: 4,
  });
  expect(await markReviewed(context.db, { ...order, openedVersion: 3, actor: ben })).toEqual({
    outcome: "unchanged",
    version: 4,
  });
});

/** Anna's note was overwritten by Shopify in version 3. */
async function createOverwritten(shopify: object = {}) {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "anna" });
  const body = orderPayload({
    id: order.shopifyOrderId,
    note: "theirs",
    updatedAt: "2026-11-02T00:00:00Z",
    ...shopify,
  });
  await deliverAndProcess(context, delivery(order.domain, body));
  return order;
}

test("restoring from a page that is behind leaves what a colleague has written since", async () => {
  const order = await createOverwritten();
  await edit(order, 3, { note: "ben's work" }, { actor: ben });
  const stale = { ...order, openedVersion: 3, actor: anna, version: 3 };
  expect(await restoreOverwritten(context.db, stale)).toEqual({
    outcome: "refused",
    reason: "Notes was changed by Ben Costa meanwhile and stays.",
  });
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    note: "ben's work",
    version: 4,
  });
});

test("a status that cannot be restored keeps no other field from being restored", async () => {
  const order = await createOrder({ note: "base" });
  await edit(order, 1, { note: "anna", status: "SHIPPED" });
  const cancelled = {
    note: "theirs",
    cancelled_at: "2026-11-01T23:00:00Z",
    updatedAt: "2026-11-02T00:00:00Z",
  };
  await deliverAndProcess(
    context,
    delivery(order.domain, orderPayload({ id: order.shopifyOrderId, ...cancelled })),
  );
  expect(
    await restoreOverwritten(context.db, { ...order, openedVersion: 3, actor: anna, version: 3 }),
  ).toEqual({
    outcome: "saved",
    version: 4,
    remark: "The status stays. The order is cancelled, and that is final.",
  });
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({
    note: "anna",
    status: "CANCELLED",
  });
});

test("a flag that was raised once more after the page was shown is not taken away unseen", async () => {
  const order = await createOverwritten();
  await edit(order, 3, { note: "anna again" });
  const body = orderPayload({
    id: order.shopifyOrderId,
    note: "theirs again",
    updatedAt: "2026-11-03T00:00:00Z",
  });
  await deliverAndProcess(context, delivery(order.domain, body));
  expect(await markReviewed(context.db, { ...order, openedVersion: 3, actor: ben })).toMatchObject({
    outcome: "refused",
  });
  expect(await readOrder(context, order.shopId, order.shopifyOrderId)).toMatchObject({ needs_review: true });
});

test("a rollback leaves no job, a commit exactly one", async () => {
  const { shopId } = await createShop(context.db);
  const count = async () => {
    const [row] = await context.db.sql<{ count: number }[]>`
      select count(*)::int as count from pgboss.job where name = 'reconcile-orders' and data->>'shopId' = ${shopId}`;
    return row?.count;
  };
  const failing = withShop(context.db, shopId, async (tx) => {
    await enqueue(context.queue, tx, "reconcile-orders", { shopId });
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect(await count()).toBe(0);
  await withShop(context.db, shopId, (tx) => enqueue(context.queue, tx, "reconcile-orders", { shopId }));
  expect(await count()).toBe(1);
});

test("an unknown id is not found", async () => {
  const { shopId } = await createShop(context.db);
  expect(await edit({ shopId, orderId: randomUUID() as OrderId }, 1, {})).toEqual({ outcome: "not_found" });
});
