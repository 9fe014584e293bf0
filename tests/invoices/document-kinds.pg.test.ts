import { expect, test } from "vitest";
import type { BulkActionId } from "../../app/bulk/bulk-action.ts";
import { findBulkAction, previewBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { runBulkAction } from "../../app/bulk/run-bulk-action.server.ts";
import { undoBulkAction } from "../../app/bulk/undo-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import {
  type DocumentSelection,
  draftDocumentAction,
} from "../../app/invoices/draft-document-action.server.ts";
import { parseDocumentQuery } from "../../app/invoices/parse-document-query.ts";
import { recordPayment } from "../../app/invoices/record-payment.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import { anna, ben, start, testShop } from "../support/bulk-actions.ts";
import { nextOrderId } from "../support/deliveries.ts";
import {
  billablePayload,
  createInvoicingShop,
  deliverOrder,
  readDocuments,
  readEventKinds,
} from "../support/invoices.ts";

const context = openAppContext();
const { signal } = new AbortController();

/** Two invoices to pay, one paid, and one credited in part with its credit note. */
async function shopToPay() {
  const { shopId, domain } = await createInvoicingShop(context, { trigger: "fulfilled" });
  const fulfilled = { fulfillment_status: "fulfilled", financial_status: "pending" };
  await deliverOrder(context, domain, billablePayload(fulfilled));
  await deliverOrder(context, domain, billablePayload({ ...fulfilled, financial_status: "paid" }));
  const refunded = nextOrderId();
  await deliverOrder(context, domain, billablePayload({ ...fulfilled, id: refunded }));
  await deliverOrder(context, domain, billablePayload({ ...fulfilled, id: refunded, mugs: 1, minute: 5 }));
  return shopId;
}

async function draftPaid(shopId: ShopId, selection: DocumentSelection): Promise<BulkActionId> {
  const drafted = await draftDocumentAction(context.db, testShop(shopId), {
    kind: "mark_paid",
    selection,
    actor: anna,
  });
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  return drafted.id;
}

const everyDocument: DocumentSelection = {
  kind: "query",
  query: parseDocumentQuery("", "UTC").query,
  q: "",
};

const find = async (shopId: ShopId, id: BulkActionId) => {
  const action = await findBulkAction(context.db, bulkKinds, shopId, id);
  if (!action) throw new Error("the action is not there");
  return action;
};

const run = (shopId: ShopId, id: BulkActionId) =>
  runBulkAction({ ...context, kinds: bulkKinds }, shopId, id, signal);

const standings = async (shopId: ShopId) =>
  (await readDocuments(context, shopId))
    .map(({ number, state, paid }) => `${number} ${state} ${paid}`)
    .toSorted();

test("all documents of a list are marked as paid as the preview said, and an undo takes exactly those payments back", async () => {
  const shopId = await shopToPay();
  const before = await standings(shopId);
  const id = await draftPaid(shopId, everyDocument);
  expect(await previewBulkAction(context.db, bulkKinds, shopId, await find(shopId, id))).toMatchObject({
    changed: 2,
    unchanged: 1,
    refused: [{ reason: "A credit note asks for no payment.", count: 1 }],
  });
  expect(await standings(shopId)).toEqual(before);
  await start(context, shopId, id);
  await run(shopId, id);
  expect(await find(shopId, id)).toMatchObject({ changed: 2, unchanged: 1, refused: 1, canUndo: true });
  const invoices = (await readDocuments(context, shopId)).filter(({ kind }) => kind === "invoice");
  expect(invoices.map(({ state }) => state)).toEqual(["paid", "paid", "paid"]);
  expect(
    invoices.map(({ gross, paid, credited }) => Number(gross) - Number(paid) - Number(credited)),
  ).toEqual([0, 0, 0]);

  const undo = await undoBulkAction({ ...context, kinds: bulkKinds }, { shopId, id, actor: ben });
  if (undo.outcome !== "drafted") throw new Error(undo.outcome);
  await run(shopId, undo.id);
  expect(await find(shopId, undo.id)).toMatchObject({ state: "done", changed: 2, canUndo: false });
  expect(await standings(shopId)).toEqual(before);
  expect((await readEventKinds(context, shopId)).filter((kind) => kind === "payment_undone")).toHaveLength(2);
});

test("a payment that was entered after the draft leaves less to mark, and an undo leaves it alone", async () => {
  const shopId = await shopToPay();
  const id = await draftPaid(shopId, everyDocument);
  const open = (await readDocuments(context, shopId)).find(({ state }) => state === "issued");
  if (!open) throw new Error("one invoice is to be paid");
  await recordPayment(context.db, {
    shopId,
    documentId: open.id,
    amountMinor: 500n,
    paidOn: "2026-11-25",
    note: null,
    actor: ben,
  });
  const between = await standings(shopId);
  await start(context, shopId, id);
  await run(shopId, id);
  const undo = await undoBulkAction({ ...context, kinds: bulkKinds }, { shopId, id, actor: anna });
  if (undo.outcome !== "drafted") throw new Error(undo.outcome);
  await run(shopId, undo.id);
  expect(await standings(shopId)).toEqual(between);
});

test("a stranger's documents are not in the draft", async () => {
  const [mine, theirs] = [await shopToPay(), await shopToPay()];
  const ids = [...(await readDocuments(context, mine)), ...(await readDocuments(context, theirs))].map(
    ({ id }) => id,
  );
  const id = await draftPaid(mine, { kind: "ids", ids });
  expect(await find(mine, id)).toMatchObject({ total: 4 });
  const before = await standings(theirs);
  await start(context, mine, id);
  await run(mine, id);
  expect(await standings(theirs)).toEqual(before);
});
