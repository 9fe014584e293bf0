import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { answerDeliveryForm } from "../../app/mail/answer-delivery-form.server.ts";
import { findDocumentDelivery } from "../../app/mail/document-delivery.server.ts";
import type { MailSetup } from "../../app/mail/mail-setup.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { anna, createShopWithDocument } from "./mail-steps.ts";

const context = openAppContext();
const setup: MailSetup = { smtpUrl: "smtp://127.0.0.1:1", from: "invoices@app.example" };

function answer(
  { shopId, documentId }: { shopId: ShopId; documentId: string },
  fields: Record<string, string>,
  mail: MailSetup | null = setup,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const delivery = {
    db: context.db,
    queue: async () => context.queue,
    mail,
    appUrl: "https://orders.example.com",
  };
  return answerDeliveryForm(delivery, { shopId, documentId, actor: anna }, form);
}

const find = ({ shopId, documentId }: { shopId: ShopId; documentId: string }) =>
  findDocumentDelivery(context.db, shopId, documentId);

test("where mail is not set up a form is told so and nothing is queued", async () => {
  const shop = await createShopWithDocument(context);
  const answered = await answer(shop, { intent: "send_mail", recipient: "anna@example.com" }, null);
  expect(answered).toMatchObject({ status: 409, answer: { problem: expect.stringContaining("not set up") } });
  expect((await find(shop))?.mails).toEqual([]);
});

test("a mail is queued for the typed address, and what was typed wrongly is given back", async () => {
  const shop = await createShopWithDocument(context);
  const wrong = await answer(shop, { intent: "send_mail", recipient: "anna at home" });
  expect(wrong).toMatchObject({ status: 422, answer: { card: "mail", typedRecipient: "anna at home" } });
  expect(await answer(shop, { intent: "send_mail", recipient: " anna@example.com " })).toMatchObject({
    status: 200,
    answer: { card: "mail", problem: null },
  });
  expect((await find(shop))?.mails).toMatchObject([
    {
      recipient: "anna@example.com",
      state: "queued",
      events: [{ kind: "mail_queued", actorName: "Anna Berg" }],
    },
  ]);
  const twice = await answer(shop, { intent: "send_mail", recipient: "anna@example.com" });
  expect(twice).toMatchObject({
    status: 409,
    answer: { problem: expect.stringContaining("waiting already") },
  });
});

test("a link is made at the app's public address, revoked and given back", async () => {
  const shop = await createShopWithDocument(context);
  const made = await answer(shop, { intent: "create_link", days: "30" });
  expect(made?.answer.linkUrl).toMatch(/^https:\/\/orders\.example\.com\/d\/[\w-]{22}$/);
  const [link] = (await find(shop))?.links ?? [];
  if (!link) throw new Error("no link was made");
  expect(Date.parse(link.expiresAt) - Date.parse(link.createdAt)).toBeCloseTo(30 * 86_400_000, -8);
  expect(await answer(shop, { intent: "revoke_link", linkId: link.id })).toMatchObject({ status: 200 });
  expect((await find(shop))?.links).toMatchObject([{ state: "revoked" }]);
  expect(await answer(shop, { intent: "restore_link", linkId: link.id })).toMatchObject({ status: 200 });
  expect((await find(shop))?.links).toMatchObject([{ state: "open" }]);
});

test.each([
  [{}],
  [{ intent: "publish" }],
  [{ intent: "create_link", days: "9999" }],
  [{ intent: "revoke_link", linkId: "1; drop table" }],
  [{ intent: "send_mail" }],
])("the form %j is refused", async (fields) => {
  const shop = await createShopWithDocument(context);
  expect(await answer(shop, fields as Record<string, string>)).toMatchObject({ status: 422 });
});

test("of another shop's document nothing is said, whatever the form", async () => {
  const theirs = await createShopWithDocument(context);
  const mine = { ...theirs, shopId: (await createShop(context.db)).shopId };
  for (const fields of [
    {},
    { intent: "send_mail", recipient: "spy@example.com" },
    { intent: "create_link", days: "90" },
  ])
    expect(await answer(mine, fields as Record<string, string>)).toBeNull();
  expect(await answer({ ...theirs, documentId: randomUUID() }, {})).toBeNull();
  expect(await find(theirs)).toMatchObject({ mails: [], links: [] });
});
