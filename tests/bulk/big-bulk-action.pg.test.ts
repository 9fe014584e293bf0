import { expect, test } from "vitest";
import type { BulkActionId } from "../../app/bulk/bulk-action.ts";
import {
  type BulkActionDetail,
  findBulkAction,
  previewBulkAction,
} from "../../app/bulk/bulk-actions.server.ts";
import { type BulkKind, type BulkKinds, requireKind } from "../../app/bulk/bulk-kind.ts";
import { cancelAction } from "../../app/bulk/cancel-bulk-action.server.ts";
import { deleteOldItems } from "../../app/bulk/delete-old-items.server.ts";
import { type BulkSelection, insertAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { runBulkAction } from "../../app/bulk/run-bulk-action.server.ts";
import { chooseBulkChange } from "../../app/bulk/start-bulk-action.server.ts";
import { retryBulkAction, undoBulkAction } from "../../app/bulk/undo-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { withShop } from "../../app/db.server.ts";
import { editOrder } from "../../app/orders/edit-order.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import { emptyQuery } from "../../app/search/query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { anna, ben, brokenTimelines, draftFor, snapshot, start } from "../support/bulk-actions.ts";
import { insertOrders } from "../support/insert-orders.ts";

const context = Object.assign(openAppContext(), { kinds: bulkKinds, waitedFor: 1_000 });

/** More than are taken down and counted while a person waits, and several chunks of everything. */
const orderCount = 1_100;
const pace = { run: 80, copy: 30, count: 200, forMs: Number.POSITIVE_INFINITY };

const everyOrder: BulkSelection = { kind: "query", query: emptyQuery, q: "" };
const ship = { kind: "set_status", status: "SHIPPED" } as const;
const shipInput = { kind: "set_status", input: { status: "SHIPPED" } };

async function createBig() {
  const { shopId } = await createShop(context.db);
  const ids = await insertOrders(context.db, shopId, orderCount);
  return { shopId, ids };
}

async function find(shopId: ShopId, id: BulkActionId): Promise<BulkActionDetail> {
  const action = await findBulkAction(context.db, bulkKinds, shopId, id);
  if (!action) throw new Error("the action is not there");
  return action;
}

async function work(shopId: ShopId, id: BulkActionId, kinds = context.kinds, stop = new AbortController()) {
  await runBulkAction({ ...context, kinds }, shopId, id, stop.signal, pace);
  return find(shopId, id);
}

/** The kinds, with something that happens before a step of setting the status. */
function before(
  step: "preview" | "applyChunk",
  happens: (time: number) => Promise<unknown> | unknown,
): BulkKinds {
  const kind = requireKind(bulkKinds, "set_status");
  let time = 0;
  const wrapped: BulkKind = {
    ...kind,
    preview: async (...asked) => {
      if (step === "preview") await happens(++time);
      return kind.preview(...asked);
    },
    applyChunk: async (...asked) => {
      if (step === "applyChunk") await happens(++time);
      return kind.applyChunk(...asked);
    },
  };
  return { ...bulkKinds, set_status: wrapped };
}

async function confirm(shopId: ShopId, orderId: OrderId | undefined) {
  const { outcome } = await editOrder(context.db, {
    shopId,
    orderId: orderId as OrderId,
    openedVersion: 1,
    edit: { status: "CONFIRMED", trackingCompany: null, trackingNumber: null, note: null },
    actor: ben,
  });
  expect(outcome).toBe("saved");
}

test("a big action goes through workers that stop in every phase, does what its preview said, and is undone", async () => {
  const { shopId, ids } = await createBig();
  const original = await snapshot(context.db, shopId);
  const id = await draftFor(context, shopId, everyOrder, null);
  const planted = [ids[3], ids[540], ids[1_099]];
  for (const orderId of planted) await confirm(shopId, orderId);
  expect(await chooseBulkChange(context, shopId, id, shipInput)).toBe(true);
  expect(await find(shopId, id)).toMatchObject({ state: "counting", preview: null });

  const stop = new AbortController();
  const half = await work(
    shopId,
    id,
    before("preview", (time) => time === 3 && stop.abort()),
    stop,
  );
  expect(half).toMatchObject({ state: "counting", preview: { changed: 598, conflicts: 2 } });
  const counted = await work(shopId, id);
  expect(counted).toMatchObject({
    state: "draft",
    preview: { changed: orderCount - 3, conflicts: 3, unchanged: 0, gone: 0, undecided: 0, refused: [] },
  });
  expect(await previewBulkAction(context.db, bulkKinds, shopId, counted)).toEqual(counted.preview);

  await start(context, shopId, id);
  const stopAgain = new AbortController();
  const running = before("applyChunk", (time) => time === 4 && stopAgain.abort());
  expect(await work(shopId, id, running, stopAgain)).toMatchObject({ state: "running", changed: 319 });
  expect(await work(shopId, id)).toMatchObject({
    state: "done",
    changed: orderCount - 3,
    conflicts: 3,
  });

  const undo = await undoBulkAction(context, { shopId, id, actor: anna });
  if (undo.outcome !== "drafted") throw new Error(undo.outcome);
  expect(await find(shopId, undo.id)).toMatchObject({ state: "collecting", total: 1_000, expected: 1_097 });
  expect(await find(shopId, id)).toMatchObject({ undoneBy: undo.id });
  expect(await work(shopId, undo.id)).toMatchObject({ state: "done", changed: 1_097, conflicts: 0 });
  const after = await snapshot(context.db, shopId);
  for (const orderId of planted) after.set(String(orderId), original.get(String(orderId)) ?? {});
  expect(after).toEqual(original);
  expect(await brokenTimelines(context.db, shopId)).toEqual([]);
});

test("a preview of a change that is no longer wanted is thrown away", async () => {
  const { shopId } = await createBig();
  const id = await draftFor(context, shopId, everyOrder, null);
  await chooseBulkChange(context, shopId, id, shipInput);
  const pending = { kind: "set_status", input: { status: "PENDING" } };
  const changedMind = before("preview", async (time) => {
    if (time === 2) await chooseBulkChange(context, shopId, id, pending);
  });
  expect(await work(shopId, id, changedMind)).toMatchObject({
    state: "draft",
    input: { status: "PENDING" },
    preview: { changed: 0, unchanged: orderCount },
  });
});

test("three jobs that count one preview at once count each order once", async () => {
  const { shopId } = await createBig();
  const id = await draftFor(context, shopId, everyOrder, null);
  await chooseBulkChange(context, shopId, id, shipInput);
  await Promise.all([work(shopId, id), work(shopId, id), work(shopId, id)]);
  expect(await find(shopId, id)).toMatchObject({ state: "draft", preview: { changed: orderCount } });
});

test("what is stopped changes nothing more: the chunk under way is taken back, the rest can go on, the done be undone", async () => {
  const { shopId, ids } = await createBig();
  const id = await draftFor(context, shopId, everyOrder, ship);
  await start(context, shopId, id);
  const stopped = before("applyChunk", async (time) => {
    if (time === 3) expect(await cancelAction(context.db, shopId, id)).toBe(true);
  });
  expect(await work(shopId, id, stopped)).toMatchObject({
    state: "cancelled",
    total: orderCount,
    changed: 160,
  });
  expect(await work(shopId, id)).toMatchObject({ state: "cancelled", changed: 160 });
  const shipped = [...(await snapshot(context.db, shopId)).values()].filter(
    (order) => "status" in order && order.status === "SHIPPED",
  );
  expect(shipped).toHaveLength(160);
  expect(await cancelAction(context.db, shopId, id)).toBe(false);

  // Somebody has changed an order that was not reached: to go on does not overwrite it.
  await confirm(shopId, ids[1_000]);
  const rest = await retryBulkAction(context, { shopId, id, actor: anna });
  if (rest.outcome !== "drafted") throw new Error(rest.outcome);
  expect(await find(shopId, rest.id)).toMatchObject({ state: "draft", total: 940 });
  await start(context, shopId, rest.id);
  expect(await work(shopId, rest.id)).toMatchObject({ state: "done", changed: 939, conflicts: 1 });

  const undo = await undoBulkAction(context, { shopId, id, actor: anna });
  if (undo.outcome !== "drafted") throw new Error(undo.outcome);
  expect(await work(shopId, undo.id)).toMatchObject({ state: "done", changed: 160, conflicts: 0 });
  expect(await brokenTimelines(context.db, shopId)).toEqual([]);
});

test("an undo that was stopped before it had all its orders has undone nothing, and can be asked for again", async () => {
  const { shopId } = await createBig();
  const id = await draftFor(context, shopId, everyOrder, ship);
  await start(context, shopId, id);
  await work(shopId, id);
  const undo = await undoBulkAction(context, { shopId, id, actor: anna });
  if (undo.outcome !== "drafted") throw new Error(undo.outcome);
  expect(await cancelAction(context.db, shopId, undo.id)).toBe(true);
  expect(await work(shopId, undo.id)).toMatchObject({ state: "cancelled", changed: 0, total: 1_000 });
  expect(await find(shopId, id)).toMatchObject({ undoneBy: null });
  expect(await retryBulkAction(context, { shopId, id: undo.id, actor: anna })).toEqual({ outcome: "empty" });
  expect(await undoBulkAction(context, { shopId, id, actor: anna })).toMatchObject({ outcome: "drafted" });
});

/** Makes the shop's actions so many days old. */
const age = (shopId: ShopId, days: number) =>
  withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      update bulk_actions set created_at = now() - make_interval(days => ${days}),
        finished_at = now() - make_interval(days => ${days})`,
  );

test("what was done long ago keeps its counts and loses its items, and cannot be undone any more", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, 30);
  const id = await draftFor(context, shopId, everyOrder, ship);
  await start(context, shopId, id);
  await work(shopId, id);
  const items = () => withShop(context.db, shopId, (tx) => tx.sql`select from bulk_items`);
  await age(shopId, 89);
  await deleteOldItems(context.db);
  expect(await items()).toHaveLength(30);
  await age(shopId, 91);
  await deleteOldItems(context.db);
  expect(await items()).toHaveLength(0);
  expect(await find(shopId, id)).toMatchObject({ changed: 30, canUndo: false, forgotten: true });
  expect(await undoBulkAction(context, { shopId, id, actor: anna })).toEqual({ outcome: "not_found" });
});

test("an undo asked for while old items are being forgotten keeps what it still has to take over", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, 30);
  const id = await draftFor(context, shopId, everyOrder, ship);
  await start(context, shopId, id);
  await work(shopId, id);
  await age(shopId, 91);
  let forgetting: Promise<void> | undefined;
  // An undo of which the request takes over nothing yet, as one of thousands would leave the rest to a job.
  const undo = await withShop(context.db, shopId, async (tx) => {
    const [mine] = await tx.sql<{ pid: number }[]>`
      select pg_backend_pid() as pid from bulk_actions where id = ${id} for update`;
    forgetting = deleteOldItems(context.db);
    await expect
      .poll(() => context.db.sql`select from pg_locks where ${mine?.pid ?? 0} = any(pg_blocking_pids(pid))`)
      .not.toHaveLength(0);
    return insertAction(tx, shopId, {
      ...{ kind: "undo", input: {}, undoOf: id, actor: anna, state: "collecting" },
      ...{ sourceId: id, expected: 30, startsItself: true },
    });
  });
  await forgetting;
  expect(await work(shopId, undo)).toMatchObject({ state: "done", changed: 30 });
});
