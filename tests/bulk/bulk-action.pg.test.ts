import { expect, test } from "vitest";
import type { BulkActionId, ChosenChange } from "../../app/bulk/bulk-action.ts";
import {
  type BulkActionDetail,
  findBulkAction,
  listBulkActions,
  previewBulkAction,
} from "../../app/bulk/bulk-actions.server.ts";
import { readSelection } from "../../app/bulk/bulk-selection.ts";
import { deleteOldItems } from "../../app/bulk/delete-old-items.server.ts";
import { draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { draftTracking } from "../../app/bulk/draft-tracking.server.ts";
import { listBulkItems } from "../../app/bulk/list-bulk-items.server.ts";
import { parseTrackingLines } from "../../app/bulk/parse-tracking-lines.ts";
import { runBulkAction } from "../../app/bulk/run-bulk-action.server.ts";
import { chooseBulkChange, startBulkAction } from "../../app/bulk/start-bulk-action.server.ts";
import { retryBulkAction, undoBulkAction } from "../../app/bulk/undo-bulk-action.server.ts";
import { wakeForBulkActions } from "../../app/bulk/wake-for-bulk-actions.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { withShop } from "../../app/db.server.ts";
import { changeTags } from "../../app/orders/change-tags.server.ts";
import { editOrder } from "../../app/orders/edit-order.server.ts";
import { type EditableFields, type OrderId, pickEditableFields } from "../../app/orders/order.ts";
import { findOrder } from "../../app/orders/orders.server.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { anna, ben, brokenTimelines, draftFor, snapshot, start, testShop } from "../support/bulk-actions.ts";
import {
  deliverAndProcess,
  delivery,
  nextOrderId,
  orderPayload,
  readTimeline,
} from "../support/deliveries.ts";
import { insertOrders } from "../support/insert-orders.ts";

const context = Object.assign(openAppContext(), { kinds: bulkKinds });

interface TestOrders {
  shopId: ShopId;
  domain: string;
  ids: OrderId[];
}

/** A shop with an order for each given payload, named #1, #2 and so on. */
async function createOrders(...payloads: object[]): Promise<TestOrders> {
  const { shopId, domain } = await createShop(context.db);
  const shopifyIds = payloads.map(nextOrderId);
  await deliverAndProcess(
    context,
    ...payloads.map((fields, index) =>
      delivery(domain, orderPayload({ id: shopifyIds[index], name: `#${index + 1}`, ...fields })),
    ),
  );
  const rows = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ id: OrderId }[]>`select id from orders order by shopify_order_id`,
  );
  return { shopId, domain, ids: rows.map(({ id }) => id) };
}

const pick = (ids: OrderId[]) => ({ kind: "ids" as const, ids });

async function run(shopId: ShopId, id: BulkActionId): Promise<BulkActionDetail> {
  await runBulkAction(context, shopId, id, new AbortController().signal);
  return find(shopId, id);
}

async function find(shopId: ShopId, id: BulkActionId): Promise<BulkActionDetail> {
  const action = await findBulkAction(context.db, bulkKinds, shopId, id);
  if (!action) throw new Error("the action is not there");
  return action;
}

/** Drafts, starts and runs an action. */
async function change({ shopId, ids }: TestOrders, what: ChosenChange): Promise<BulkActionDetail> {
  const id = await draftFor(context, shopId, pick(ids), what);
  await start(context, shopId, id);
  return run(shopId, id);
}

async function edit({ shopId }: TestOrders, orderId: OrderId | undefined, fields: Partial<EditableFields>) {
  if (!orderId) throw new Error("no such order");
  const order = await findOrder(context.db, shopId, orderId);
  if (!order) throw new Error("the order is not there");
  const { outcome } = await editOrder(context.db, {
    shopId,
    orderId,
    openedVersion: order.version,
    edit: { ...pickEditableFields(order), ...fields },
    actor: ben,
  });
  expect(outcome).toBe("saved");
}

async function itemsOf({ shopId }: TestOrders, id: BulkActionId) {
  const { items } = await listBulkItems(context.db, bulkKinds, testShop(shopId), await find(shopId, id), {
    state: null,
    after: 0,
  });
  return new Map(items.map((item) => [item.subject?.name, item]));
}

const ship = { kind: "set_status", status: "SHIPPED" } as const;
const shipInput = { kind: ship.kind, input: { status: ship.status } };

test("an action changes each order once, writes who did it, and says what stayed and what was refused", async () => {
  const orders = await createOrders(
    {},
    { fulfillment_status: "fulfilled" },
    { cancelled_at: "2026-11-01T09:30:00Z" },
  );
  const done = await change(orders, ship);
  expect(done).toMatchObject({
    state: "done",
    total: 3,
    changed: 1,
    unchanged: 1,
    refused: 1,
    conflicts: 0,
    failed: 0,
  });
  const items = await itemsOf(orders, done.id);
  expect(items.get("#1")).toMatchObject({
    state: "changed",
    before: { status: "PENDING" },
    after: { status: "SHIPPED" },
  });
  expect(items.get("#3")).toMatchObject({
    state: "refused",
    reason: "The order is cancelled, and that is final.",
  });
  const [first] = orders.ids;
  expect((await readTimeline(context, orders.shopId, first as OrderId)).at(-1)).toMatchObject({
    version: 2,
    kind: "edited",
    actor_kind: "merchant",
    actor_name: "Anna Berg",
    bulk_action_id: done.id,
    changes: { status: { from: "PENDING", to: "SHIPPED" } },
  });
  expect(await brokenTimelines(context.db, orders.shopId)).toEqual([]);
});

test("what somebody changed since the action was opened is reported with who and when, and stays", async () => {
  const orders = await createOrders({}, {}, {});
  // What was changed before the action was opened is what it was opened with.
  await edit(orders, orders.ids[2], { status: "CONFIRMED" });
  const id = await draftFor(context, orders.shopId, pick(orders.ids), ship);
  await edit(orders, orders.ids[0], { status: "CONFIRMED" });
  await edit(orders, orders.ids[1], { note: "Ring twice" });
  await start(context, orders.shopId, id);
  expect(await run(orders.shopId, id)).toMatchObject({ changed: 2, conflicts: 1 });
  const items = await itemsOf(orders, id);
  expect(items.get("#1")).toMatchObject({
    state: "conflict",
    reason: expect.stringMatching(
      /^Status was changed to Confirmed by Ben Costa on \d+ \w+ \d{4}, \d\d:\d\d\.$/,
    ),
  });
  const after = await snapshot(context.db, orders.shopId);
  expect(after.get(orders.ids[0] as string)).toMatchObject({ status: "CONFIRMED" });
  expect(after.get(orders.ids[1] as string)).toMatchObject({ status: "SHIPPED", note: "Ring twice" });
});

test("a preview tells what a run would do, for orders touched since as well", async () => {
  const orders = await createOrders(
    {},
    {},
    { fulfillment_status: "fulfilled" },
    { cancelled_at: "2026-11-01T09:30:00Z" },
  );
  const id = await draftFor(context, orders.shopId, pick(orders.ids), null);
  expect(await chooseBulkChange(context, orders.shopId, id, shipInput)).toBe(true);
  await edit(orders, orders.ids[0], { status: "CONFIRMED" });
  expect(
    await previewBulkAction(context.db, bulkKinds, orders.shopId, await find(orders.shopId, id)),
  ).toEqual({
    changed: 1,
    unchanged: 1,
    conflicts: 1,
    refused: [{ reason: "The order is cancelled, and that is final.", count: 1 }],
    gone: 0,
    undecided: 0,
  });
  const items = await itemsOf(orders, id);
  expect([1, 2, 3, 4].map((number) => items.get(`#${number}`)?.state)).toEqual([
    "conflict",
    "changed",
    "unchanged",
    "refused",
  ]);
});

test("all orders that a query matches are chosen by the query, at the versions they have", async () => {
  const orders = await createOrders({ financial_status: "paid" }, {}, { financial_status: "paid" });
  const q = "status:confirmed";
  const selection = { kind: "query" as const, query: parseOrderQuery(q, "Europe/Berlin").query, q };
  const id = await draftFor(context, orders.shopId, selection, ship);
  expect(await find(orders.shopId, id)).toMatchObject({ total: 2, query: q, state: "draft" });
  const none = "status:cancelled";
  const nothing = {
    kind: "query" as const,
    query: parseOrderQuery(none, "Europe/Berlin").query,
    q: none,
  };
  expect(
    await draftBulkAction(context, testShop(orders.shopId), {
      selection: nothing,
      change: shipInput,
      actor: anna,
    }),
  ).toEqual({ outcome: "empty" });
  expect(await listBulkActions(context.db, bulkKinds, orders.shopId)).toHaveLength(1);
});

test("an undo restores status, tracking, tags and note exactly", async () => {
  const orders = await createOrders({ tags: "gift, vip" }, { note: "Ring twice", tags: "VIP" }, {});
  const before = await snapshot(context.db, orders.shopId);
  const actions = [
    await change(orders, { kind: "set_status", status: "CANCELLED" }),
    await change(orders, { kind: "remove_tag", tag: "vip" }),
    await change(orders, { kind: "add_tag", tag: "hold" }),
  ];
  expect(await snapshot(context.db, orders.shopId)).not.toEqual(before);
  for (const { id } of actions.toReversed()) {
    const undone = await undoBulkAction(context, { shopId: orders.shopId, id, actor: ben });
    if (undone.outcome !== "drafted") throw new Error(undone.outcome);
    expect(await run(orders.shopId, undone.id)).toMatchObject({ state: "done", conflicts: 0, refused: 0 });
    expect(await find(orders.shopId, id)).toMatchObject({ undoneBy: undone.id });
  }
  expect(await snapshot(context.db, orders.shopId)).toEqual(before);
  const timeline = await readTimeline(context, orders.shopId, orders.ids[0] as OrderId);
  expect(timeline.at(-1)).toMatchObject({ kind: "restored", actor_name: "Ben Costa" });
  expect(await brokenTimelines(context.db, orders.shopId)).toEqual([]);
});

test("an undo leaves what somebody has changed since, and says so", async () => {
  const orders = await createOrders({}, {});
  const { id } = await change(orders, ship);
  await edit(orders, orders.ids[0], { status: "CONFIRMED" });
  const undone = await undoBulkAction(context, { shopId: orders.shopId, id, actor: anna });
  if (undone.outcome !== "drafted") throw new Error(undone.outcome);
  expect(await run(orders.shopId, undone.id)).toMatchObject({ kind: "undo", changed: 1, conflicts: 1 });
  const after = await snapshot(context.db, orders.shopId);
  expect(after.get(orders.ids[0] as string)).toMatchObject({ status: "CONFIRMED" });
  expect(after.get(orders.ids[1] as string)).toMatchObject({ status: "PENDING" });
});

test("of two people who undo at once one does it, and the other is led there", async () => {
  const orders = await createOrders({}, {});
  const { id } = await change(orders, ship);
  const request = { shopId: orders.shopId, id, actor: anna };
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => undoBulkAction(context, request)));
  expect(new Set(outcomes.map((outcome) => ("id" in outcome ? outcome.id : outcome.outcome))).size).toBe(1);
  expect(await undoBulkAction(context, request)).toMatchObject({ outcome: "undone" });
});

test("a retry takes the orders that were left, at their new versions", async () => {
  const orders = await createOrders({}, {});
  const id = await draftFor(context, orders.shopId, pick(orders.ids), ship);
  await edit(orders, orders.ids[0], { status: "CONFIRMED" });
  await start(context, orders.shopId, id);
  await run(orders.shopId, id);
  const retry = await retryBulkAction(context, { shopId: orders.shopId, id, actor: anna });
  if (retry.outcome !== "drafted") throw new Error(retry.outcome);
  expect(await find(orders.shopId, retry.id)).toMatchObject({ state: "draft", total: 1, kind: "set_status" });
  await start(context, orders.shopId, retry.id);
  expect(await run(orders.shopId, retry.id)).toMatchObject({ changed: 1, conflicts: 0 });
  expect(await retryBulkAction(context, { shopId: orders.shopId, id: retry.id, actor: anna })).toEqual({
    outcome: "empty",
  });
});

test("pasted tracking numbers reach their orders, and each other line has its verdict", async () => {
  const orders = await createOrders({}, {}, { name: "#4" }, { name: "#4" });
  const text = "order,tracking\n#1,DHL,T1\n2;T2\n#9,T9\n4,T4\n2,";
  const drafted = await draftTracking(context.db, orders.shopId, parseTrackingLines(text), anna);
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  await start(context, orders.shopId, drafted.id);
  const done = await run(orders.shopId, drafted.id);
  expect(done).toMatchObject({ kind: "set_tracking", changed: 2, problemCount: 3 });
  expect(done.problems.map(({ line, verdict }) => [line, verdict])).toEqual([
    [4, "unknown"],
    [5, "ambiguous"],
    [6, "empty"],
  ]);
  const after = await snapshot(context.db, orders.shopId);
  expect(after.get(orders.ids[0] as string)).toMatchObject({
    tracking_company: "DHL",
    tracking_number: "T1",
  });
});

test("thousands of pasted lines find their orders", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, 1_000);
  const text = Array.from({ length: 1_100 }, (_, index) => `#${index + 1};T${index}`).join("\n");
  const drafted = await draftTracking(context.db, shopId, parseTrackingLines(text), anna);
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  expect(await find(shopId, drafted.id)).toMatchObject({ total: 1_000, problemCount: 100 });
});

test("garbage that no database can hold gets a verdict like any other line", async () => {
  const orders = await createOrders({});
  const garbage = ["1,T1", "\0,\0", "\ud800,T2", `${"☕".repeat(199)}🙂,T3`, '"', ",,,,"].join("\n");
  const drafted = await draftTracking(context.db, orders.shopId, parseTrackingLines(garbage), anna);
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  expect(await find(orders.shopId, drafted.id)).toMatchObject({ total: 1, problemCount: 5 });
  const form = new FormData();
  form.set("all", "1");
  form.set("q", "status:pending \0\ud800");
  const posted = readSelection(form);
  const q = posted?.q ?? "";
  const selection = { kind: "query" as const, query: { terms: [] }, q };
  expect(await draftFor(context, orders.shopId, selection, null)).toEqual(expect.any(String));
});

test("an order that was deleted meanwhile is told so and holds up no other", async () => {
  const orders = await createOrders({}, {});
  const id = await draftFor(context, orders.shopId, pick(orders.ids), ship);
  await withShop(
    context.db,
    orders.shopId,
    (tx) => tx.sql`update orders set deleted_at = now() where id = ${orders.ids[0] as string}`,
  );
  expect(
    await previewBulkAction(context.db, bulkKinds, orders.shopId, await find(orders.shopId, id)),
  ).toMatchObject({
    gone: 1,
    changed: 1,
  });
  await start(context, orders.shopId, id);
  expect(await run(orders.shopId, id)).toMatchObject({ state: "done", changed: 1, refused: 1 });
  const { items } = await listBulkItems(
    context.db,
    bulkKinds,
    testShop(orders.shopId),
    await find(orders.shopId, id),
    {
      state: "refused",
      after: 0,
    },
  );
  expect(items.map(({ subjectId, state }) => [subjectId, state])).toEqual([[orders.ids[0], "gone"]]);
});

test("an order that cannot be saved fails alone", async () => {
  const orders = await createOrders({}, {}, {});
  const id = await draftFor(context, orders.shopId, pick(orders.ids), ship);
  // A version that is taken already in the timeline: the database refuses the row.
  await withShop(
    context.db,
    orders.shopId,
    (tx) => tx.sql`
      insert into order_events (shop_id, order_id, version, kind, actor_kind, actor_name, changes)
      values (${orders.shopId}, ${orders.ids[1] as string}, 2, 'edited', 'job', 'A mistake', '{}')`,
  );
  await start(context, orders.shopId, id);
  expect(await run(orders.shopId, id)).toMatchObject({ state: "done", changed: 2, failed: 1 });
  expect((await itemsOf(orders, id)).get("#2")).toMatchObject({ state: "failed" });
});

test("five jobs of one action at once change nothing twice, beside merchants and deliveries", async () => {
  const orders = await createOrders(...Array.from({ length: 450 }, () => ({})));
  const id = await draftFor(context, orders.shopId, pick(orders.ids), { kind: "add_tag", tag: "hold" });
  await start(context, orders.shopId, id);
  await Promise.all([
    ...Array.from({ length: 5 }, () => run(orders.shopId, id)),
    ...orders.ids.slice(0, 20).map((orderId) => edit(orders, orderId, { note: "beside it" })),
    ...orders.ids
      .slice(100, 120)
      .map((orderId) =>
        changeTags(context.db, { shopId: orders.shopId, orderId, change: { add: "vip" }, actor: ben }),
      ),
  ]);
  expect(await find(orders.shopId, id)).toMatchObject({
    state: "done",
    changed: 450,
    conflicts: 0,
    failed: 0,
  });
  expect(await brokenTimelines(context.db, orders.shopId)).toEqual([]);
  const twice = await withShop(
    context.db,
    orders.shopId,
    (tx) => tx.sql`
      select order_id from order_events where bulk_action_id = ${id} group by order_id having count(*) <> 1`,
  );
  expect(twice).toHaveLength(0);
});

test("a stranger's action and orders are not found", async () => {
  const mine = await createOrders({});
  const theirs = await createOrders({});
  const { id } = await change(theirs, ship);
  const request = { shopId: mine.shopId, id, actor: anna };
  expect(await findBulkAction(context.db, bulkKinds, mine.shopId, id)).toBeNull();
  expect(await listBulkActions(context.db, bulkKinds, mine.shopId)).toEqual([]);
  expect(await undoBulkAction(context, request)).toEqual({ outcome: "not_found" });
  expect(await retryBulkAction(context, request)).toEqual({ outcome: "empty" });
  const draft = await draftFor(context, theirs.shopId, pick(theirs.ids), null);
  expect(await chooseBulkChange(context, mine.shopId, draft, shipInput)).toBe(false);
  expect(await startBulkAction(context, { ...request, id: draft })).toBe(false);
  expect(
    await draftBulkAction(context, testShop(mine.shopId), {
      selection: pick(theirs.ids),
      change: shipInput,
      actor: anna,
    }),
  ).toEqual({ outcome: "empty" });
});

test("an action whose job died gets another one, and only one while it waits", async () => {
  const orders = await createOrders({});
  const id = await draftFor(context, orders.shopId, pick(orders.ids), ship);
  await start(context, orders.shopId, id);
  const jobs = () =>
    context.db.sql`select state from pgboss.job where name = 'run-bulk-action' and singleton_key = ${id}`;
  const standStill = () =>
    withShop(
      context.db,
      orders.shopId,
      (tx) => tx.sql`update bulk_actions set worked_at = now() - interval '1 minute' where id = ${id}`,
    );
  expect(await jobs()).toHaveLength(1);
  await context.db.sql`update pgboss.job set state = 'active' where singleton_key = ${id}`;
  await wakeForBulkActions(context.db, context.queue);
  expect(await jobs()).toHaveLength(1);
  for (let turn = 0; turn < 3; turn += 1) {
    await standStill();
    await wakeForBulkActions(context.db, context.queue);
  }
  expect(await jobs()).toHaveLength(2);
});

test("tags are changed on one order whatever others do to them meanwhile", async () => {
  const orders = await createOrders({ tags: "gift" });
  const order = { shopId: orders.shopId, orderId: orders.ids[0] as OrderId, actor: anna };
  expect(await changeTags(context.db, { ...order, change: { add: "vip" } })).toEqual({
    outcome: "saved",
    version: 2,
  });
  expect(await changeTags(context.db, { ...order, change: { add: "VIP" } })).toEqual({
    outcome: "unchanged",
  });
  expect(await changeTags(context.db, { ...order, change: { remove: "GIFT" } })).toMatchObject({
    version: 3,
  });
  const timeline = await readTimeline(context, orders.shopId, order.orderId);
  expect(timeline.at(-1)?.changes).toEqual({ tags: { from: ["gift", "vip"], to: ["vip"] } });
  const { shopId } = await createShop(context.db);
  expect(await changeTags(context.db, { ...order, shopId, change: { add: "x" } })).toEqual({
    outcome: "not_found",
  });
});

test("a payload that says nothing new about tags leaves what a merchant made of them", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(context, delivery(domain, orderPayload({ id, tags: "gift" })));
  const [orderId] = [...(await snapshot(context.db, shopId)).keys()];
  await changeTags(context.db, {
    shopId,
    orderId: orderId as OrderId,
    change: { remove: "gift" },
    actor: anna,
  });
  const later = orderPayload({ id, tags: "gift", note: "new", updatedAt: "2026-11-01T11:00:00Z" });
  await deliverAndProcess(context, delivery(domain, later, { triggeredAt: "2026-11-01T11:00:00Z" }));
  expect((await snapshot(context.db, shopId)).get(orderId as string)).toMatchObject({
    tags: [],
    note: "new",
  });
});

test("a draft that nobody starts is gone after a day with its orders; what was started stays", async () => {
  const { shopId, ids } = await createOrders({}, {});
  const change: ChosenChange = { kind: "add_tag", tag: "x" };
  const draft = () => draftFor(context, shopId, { kind: "ids", ids }, change);
  const [old, started, fresh] = [await draft(), await draft(), await draft()];
  await start(context, shopId, started);
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update bulk_actions set created_at = now() - interval '25 hours' where id <> ${fresh}`,
  );
  await deleteOldItems(context.db);
  const find = (id: BulkActionId) => findBulkAction(context.db, bulkKinds, shopId, id);
  expect([await find(old), (await find(started))?.total, (await find(fresh))?.total]).toEqual([null, 2, 2]);
  const items = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select from bulk_items where bulk_action_id = ${old}`,
  );
  expect(items).toHaveLength(0);
});

test("what a day of collecting has not ended is given up; a stopped action stays while its orders are taken over", async () => {
  const { shopId, ids } = await createOrders({}, {});
  const change: ChosenChange = { kind: "add_tag", tag: "x" };
  const draft = () => draftFor(context, shopId, { kind: "ids", ids }, change);
  const [stuck, stopped, successor] = [await draft(), await draft(), await draft()];
  await withShop(context.db, shopId, async ({ sql }) => {
    await sql`update bulk_actions set state = 'collecting', created_at = now() - interval '25 hours' where id = ${stuck}`;
    await sql`update bulk_actions set state = 'cancelled', created_at = now() - interval '25 hours' where id = ${stopped}`;
    await sql`update bulk_actions set state = 'collecting', source_id = ${stopped} where id = ${successor}`;
  });
  await deleteOldItems(context.db);
  const find = (id: BulkActionId) => findBulkAction(context.db, bulkKinds, shopId, id);
  expect(await find(stuck)).toBeNull();
  expect((await find(stopped))?.total).toBe(2);
});
