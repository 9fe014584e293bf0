import { expect, test } from "vitest";
import { findBulkAction, previewBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { listBulkItems } from "../../app/bulk/list-bulk-items.server.ts";
import { runBulkAction } from "../../app/bulk/run-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { withShop } from "../../app/db.server.ts";
import { draftDocumentAction } from "../../app/invoices/draft-document-action.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { anna, start, testShop } from "../support/bulk-actions.ts";
import { billablePayload, createInvoicingShop, deliverOrder, readDocuments } from "../support/invoices.ts";

const context = openAppContext();
const { signal } = new AbortController();
const mail = { smtpUrl: "smtp://127.0.0.1:1", from: "shop@example.com" };
const paid = { financial_status: "paid" };

/** A shop with an invoice to somebody's address and one to nobody's, drafted to be sent. */
async function draftedShop() {
  const { shopId, domain } = await createInvoicingShop(context, { trigger: "paid" });
  await deliverOrder(context, domain, billablePayload({ ...paid, email: "ada@example.com" }));
  await deliverOrder(
    context,
    domain,
    billablePayload({ ...paid, email: null, contact_email: null, customer: null }),
  );
  const ids = (await readDocuments(context, shopId)).map(({ id }) => id);
  const selection = { kind: "ids" as const, ids };
  const drafted = await draftDocumentAction(context.db, testShop(shopId), {
    kind: "send_mail",
    selection,
    actor: anna,
  });
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  const find = async () => {
    const action = await findBulkAction(context.db, bulkKinds, shopId, drafted.id);
    if (!action) throw new Error("the action is not there");
    return action;
  };
  return { shopId, id: drafted.id, find };
}

test("documents are queued to the addresses on them, and one without an address is named", async () => {
  const { shopId, id, find } = await draftedShop();
  const noAddress = "The document has no e-mail address.";
  expect(await previewBulkAction(context.db, bulkKinds, shopId, await find())).toMatchObject({
    changed: 1,
    refused: [{ reason: noAddress, count: 1 }],
  });
  await start(context, shopId, id);
  await runBulkAction({ ...context, kinds: bulkKinds, mail }, shopId, id, signal);
  expect(await find()).toMatchObject({ state: "done", changed: 1, refused: 1, canUndo: false });
  const { items } = await listBulkItems(context.db, bulkKinds, testShop(shopId), await find(), {
    state: null,
    after: 0,
  });
  expect(items.map(({ reason }) => reason).toSorted()).toEqual([noAddress, "To ada@example.com."]);
  const mails = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select recipient, actor_name as actor from document_mails`,
  );
  expect([...mails]).toEqual([{ recipient: "ada@example.com", actor: "Anna Berg" }]);
});

test("where e-mail is not set up nothing is queued, and it can be tried again", async () => {
  const { shopId, id, find } = await draftedShop();
  await start(context, shopId, id);
  await runBulkAction({ ...context, kinds: bulkKinds }, shopId, id, signal);
  expect(await find()).toMatchObject({ state: "done", changed: 0, failed: 1, refused: 1 });
});
