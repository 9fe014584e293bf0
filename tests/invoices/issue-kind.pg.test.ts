import { expect, test } from "vitest";
import type { BulkActionId } from "../../app/bulk/bulk-action.ts";
import { findBulkAction, findBulkWarning, previewBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { listBulkItems } from "../../app/bulk/list-bulk-items.server.ts";
import { runBulkAction } from "../../app/bulk/run-bulk-action.server.ts";
import { undoBulkAction } from "../../app/bulk/undo-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { withShop } from "../../app/db.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import { anna, start, testShop } from "../support/bulk-actions.ts";
import { shopWithOrdersToBill } from "../support/copy-orders.ts";
import { readDocuments, saveSettings } from "../support/invoices.ts";

const context = openAppContext();
const { signal } = new AbortController();

async function draftIssue(shopId: ShopId, ids: string[]): Promise<BulkActionId> {
  const drafted = await draftBulkAction(context, testShop(shopId), {
    selection: { kind: "ids", ids },
    change: { kind: "issue_invoices", input: {} },
    actor: anna,
  });
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  return drafted.id;
}

const find = async (shopId: ShopId, id: BulkActionId) => {
  const action = await findBulkAction(context.db, bulkKinds, shopId, id);
  if (!action) throw new Error("the action is not there");
  return action;
};

const run = (shopId: ShopId, id: BulkActionId, chunk?: number) =>
  runBulkAction({ ...context, kinds: bulkKinds }, shopId, id, signal, { run: chunk });

async function verdicts(shopId: ShopId, id: BulkActionId) {
  const action = await find(shopId, id);
  const page = await listBulkItems(context.db, bulkKinds, testShop(shopId), action, {
    state: null,
    after: 0,
  });
  return Object.fromEntries(
    page.items.map(({ subject, state, reason }) => [subject?.name, { state, reason }]),
  );
}

/** Five orders: two to invoice, one invoiced already, one of which nothing is known, one with an excluded tag. */
async function mixedShop() {
  const shop = await shopWithOrdersToBill(context, 5);
  const [, , third = "", fourth = "", fifth = ""] = shop.orderIds;
  await saveSettings(context, shop.shopId, { automation: { excludeTags: ["wholesale"] } });
  await issueInvoice(context.db, context.queue, { shopId: shop.shopId, orderId: third, actor: anna });
  await withShop(context.db, shop.shopId, async ({ sql }) => {
    await sql`delete from order_bills where order_id = ${fourth}`;
    await sql`update webhook_events set body = null where shopify_order_id = (select shopify_order_id from orders where id = ${fourth})`;
    await sql`update orders set tags = '{Wholesale}' where id = ${fifth}`;
  });
  return shop;
}

test("the preview says how many are invoiced, have nothing, are held and are left out, and issues none", async () => {
  const { shopId, orderIds } = await mixedShop();
  const id = await draftIssue(shopId, orderIds);
  const action = await find(shopId, id);
  expect(await previewBulkAction(context.db, bulkKinds, shopId, action)).toEqual({
    changed: 2,
    unchanged: 1,
    conflicts: 0,
    gone: 0,
    undecided: 0,
    refused: expect.arrayContaining([
      { reason: "It has the tag “Wholesale”, which is left out.", count: 1 },
      { reason: "Held for you to look at: figures that do not add up.", count: 1 },
    ]),
  });
  expect(await readDocuments(context, shopId)).toHaveLength(1);
});

test("each order has its verdict, the number of what was issued in it, and a second time nothing is issued", async () => {
  const { shopId, orderIds } = await mixedShop();
  const id = await draftIssue(shopId, orderIds);
  await start(context, shopId, id);
  await run(shopId, id);
  expect(await verdicts(shopId, id)).toEqual({
    "#1": { state: "changed", reason: expect.stringMatching(/^INV-\d{4}-000[23] issued\.$/) },
    "#2": { state: "changed", reason: expect.stringMatching(/^INV-\d{4}-000[23] issued\.$/) },
    "#3": { state: "unchanged", reason: null },
    "#4": { state: "refused", reason: expect.stringContaining("Held for you") },
    "#5": { state: "refused", reason: expect.stringContaining("Wholesale") },
  });
  const documents = await readDocuments(context, shopId);
  expect(documents.map(({ trigger }) => trigger)).toEqual(["by_hand", "bulk", "bulk"]);

  const again = await draftIssue(shopId, orderIds);
  await start(context, shopId, again);
  await run(shopId, again);
  expect(await find(shopId, again)).toMatchObject({ state: "done", changed: 0, unchanged: 3, refused: 2 });
  expect(await readDocuments(context, shopId)).toHaveLength(3);
});

test("orders that are held are one line of the preview, however many figures differ", async () => {
  const { shopId, orderIds } = await shopWithOrdersToBill(context, 3);
  await withShop(
    context.db,
    shopId,
    ({ sql }) => sql`
      update order_bills b set bill = jsonb_set(bill, '{current,total,presentment}', to_jsonb('9' || ltrim(o.name, '#')))
      from orders o where o.id = b.order_id`,
  );
  const id = await draftIssue(shopId, orderIds);
  const action = await find(shopId, id);
  expect(await previewBulkAction(context.db, bulkKinds, shopId, action)).toMatchObject({
    changed: 0,
    refused: [{ reason: "Held for you to look at: figures that do not add up.", count: 3 }],
  });
  const { items } = await listBulkItems(context.db, bulkKinds, testShop(shopId), action, {
    state: null,
    after: 0,
  });
  expect(new Set(items.map(({ reason }) => reason)).size).toBe(3);
});

test("numbers that are given together follow the orders, #9 before #10", async () => {
  const { shopId, orderIds } = await shopWithOrdersToBill(context, 12);
  const id = await draftIssue(shopId, orderIds);
  await start(context, shopId, id);
  await run(shopId, id);
  expect(await namesInSeries(shopId)).toEqual(orderIds.map((_, place) => `#${place + 1}`));
});

test("numbers follow the orders' dates over all chunks of an action", async () => {
  const { shopId, orderIds } = await shopWithOrdersToBill(context, 12);
  await withShop(
    context.db,
    shopId,
    ({ sql }) => sql`
      update orders set created_at = created_at + (ltrim(name, '#')::int - 100) * interval '1 day'`,
  );
  const id = await draftIssue(shopId, orderIds);
  await start(context, shopId, id);
  await run(shopId, id, 5);
  expect(await find(shopId, id)).toMatchObject({ state: "done", changed: 12 });
  expect(await namesInSeries(shopId)).toEqual(orderIds.map((_, place) => `#${place + 1}`));
});

/** The orders' names, by the numbers of their documents. */
async function namesInSeries(shopId: ShopId): Promise<string[]> {
  const issued = await withShop(
    context.db,
    shopId,
    ({ sql }) => sql<{ name: string }[]>`
      select o.name from documents d join orders o on o.id = d.order_id order by d.sequence`,
  );
  return issued.map(({ name }) => name);
}

test("what was issued cannot be undone, and the draft says so before", async () => {
  const { shopId, orderIds } = await shopWithOrdersToBill(context, 2);
  const id = await draftIssue(shopId, orderIds);
  expect((await find(shopId, id)).words.before).toContain("cannot be taken back");
  await start(context, shopId, id);
  await run(shopId, id);
  expect(await find(shopId, id)).toMatchObject({ state: "done", changed: 2, canUndo: false });
  const undo = await undoBulkAction({ ...context, kinds: bulkKinds }, { shopId, id, actor: anna });
  expect(undo).toEqual({ outcome: "not_found" });
});

test("a draft warns of what the law asks of the seller and the settings do not know, and only a draft", async () => {
  const { shopId, orderIds } = await shopWithOrdersToBill(context, 1);
  const id = await draftIssue(shopId, orderIds);
  const warning = async () => findBulkWarning(context.db, bulkKinds, shopId, await find(shopId, id));
  expect(await warning()).toMatchObject({
    title: "The seller has no address and no tax number yet",
    to: "/app/settings/invoices",
  });
  const taxIds = [{ label: "VAT ID", value: "DE136695976" }];
  const seller = { name: "Mug Shop", countryCode: "DE", address: ["Kiln Lane 1"], taxIds };
  await saveSettings(context, shopId, { seller });
  expect(await warning()).toBeNull();
  await saveSettings(context, shopId, { seller: { name: "Mug Shop", countryCode: "DE" } });
  await start(context, shopId, id);
  expect(await warning()).toBeNull();
});

test("a stranger's orders are not in the draft", async () => {
  const [mine, theirs] = [await shopWithOrdersToBill(context, 1), await shopWithOrdersToBill(context, 1)];
  const id = await draftIssue(mine.shopId, [...mine.orderIds, ...theirs.orderIds]);
  expect(await find(mine.shopId, id)).toMatchObject({ total: 1 });
});
