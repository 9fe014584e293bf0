import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { sendAfterIssue } from "../../app/mail/send-after-issue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import { documentContent, placeDocument } from "../support/issue-document.ts";
import { createShopWithDocument, readDocumentEvents } from "./mail-steps.ts";

const context = openAppContext();
const setup = { smtpUrl: "smtp://127.0.0.1:1", from: "invoices@app.example" };

const wantMails = (shopId: ShopId) =>
  withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
    insert into invoice_settings (shop_id, automation, updated_by)
    values (${shopId}, '{"sendByEmail": true}', 'Anna')`,
  );

const recipientsIn = async (shopId: ShopId) => {
  const rows = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ recipient: string; automatic: boolean }[]>`
    select recipient, automatic from document_mails where shop_id = ${shopId}`,
  );
  return [...rows];
};

test("a newly issued document is queued to its buyer once, however often it is asked for", async () => {
  const { shopId, documentId } = await createShopWithDocument(context);
  await wantMails(shopId);
  await Promise.all(
    Array.from({ length: 5 }, () => sendAfterIssue(context.db, context.queue, setup, shopId, [documentId])),
  );
  await sendAfterIssue(context.db, context.queue, setup, shopId, [documentId]);
  expect(await recipientsIn(shopId)).toEqual([{ recipient: "anna@example.com", automatic: true }]);
});

test("nothing is mailed in a shop that does not want it", async () => {
  const { shopId, documentId } = await createShopWithDocument(context);
  await sendAfterIssue(context.db, context.queue, setup, shopId, [documentId]);
  expect(await recipientsIn(shopId)).toEqual([]);
  expect(await readDocumentEvents(context, shopId, documentId)).toEqual([]);
});

test("what cannot be mailed says why, once: no setup, no address, none that can be sent to", async () => {
  const { shopId, documentId, orderId } = await createShopWithDocument(context);
  await wantMails(shopId);
  const { buyer } = documentContent();
  const without = async (email: string | null) =>
    (await placeDocument(context.db, shopId, orderId, documentContent({ buyer: { ...buyer, email } })))
      .documentId;
  const [nobody, garbage] = [await without(null), await without("anna at home")];
  for (let n = 0; n < 2; n += 1) {
    await sendAfterIssue(context.db, context.queue, null, shopId, [documentId]);
    await sendAfterIssue(context.db, context.queue, setup, shopId, [nobody, garbage]);
  }
  const reasons = async (id: string) =>
    (await readDocumentEvents(context, shopId, id)).map(({ kind, detail }) => [kind, detail.reason]);
  expect(await reasons(documentId)).toEqual([["mail_skipped", "E-mail is not set up."]]);
  expect(await reasons(nobody)).toEqual([["mail_skipped", "The document has no e-mail address."]]);
  expect(await reasons(garbage)).toEqual([["mail_skipped", "The buyer's e-mail address cannot be sent to."]]);
  expect(await recipientsIn(shopId)).toEqual([]);
});
