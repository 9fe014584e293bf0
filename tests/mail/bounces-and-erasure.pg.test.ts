import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { erasePersonalData } from "../../app/customers/erase-personal-data.server.ts";
import { withShop } from "../../app/db.server.ts";
import { findDocumentDelivery } from "../../app/mail/document-delivery.server.ts";
import { createDocumentLink } from "../../app/mail/document-links.server.ts";
import { isBounceSecret, noteBounce } from "../../app/mail/note-bounce.server.ts";
import { openDocumentLink } from "../../app/mail/open-document-link.server.ts";
import { queueMailAgain } from "../../app/mail/queue-mail.server.ts";
import { type SmtpCatcher, startSmtpCatcher } from "../shopify-simulator/outbox/smtp-catcher.ts";
import { openAppContext } from "../support/app-context.ts";
import {
  anna,
  createShopWithDocument,
  queueMail,
  readDocumentEvents,
  readMail,
  sendNow,
} from "./mail-steps.ts";

const context = openAppContext();
let catcher: SmtpCatcher;
let setup: { smtpUrl: string; from: string };
beforeAll(async () => {
  catcher = await startSmtpCatcher();
  setup = { smtpUrl: catcher.url, from: "invoices@app.example" };
});
afterAll(() => catcher.close());

test("a mail that comes back later has bounced, once, with the sentence that came with it", async () => {
  const shop = await createShopWithDocument(context);
  const mailId = await queueMail(context, setup, { ...shop, recipient: "anna@example.com" });
  const { message_id: messageId } = await readMail(context, shop.shopId, mailId);
  const bounce = { messageId, reason: "smtp; 550 5.1.1\r\n<anna@example.com> unknown" };
  expect(await noteBounce(context.db, bounce)).toBe("unchanged");
  await sendNow(context, setup, { ...shop, mailId });
  expect(await noteBounce(context.db, bounce)).toBe("noted");
  expect(await noteBounce(context.db, bounce)).toBe("unchanged");
  expect(await readMail(context, shop.shopId, mailId)).toMatchObject({
    state: "bounced",
    last_error: "smtp; 550 5.1.1 (address) unknown",
  });
  const events = await readDocumentEvents(context, shop.shopId, shop.documentId);
  expect(events.map(({ kind }) => kind)).toEqual(["mail_queued", "mail_sent", "mail_bounced"]);
});

test.each(["", "<x@y>", `<${randomUUID()}.${randomUUID()}@app.example>`, `${randomUUID()}@app.example`])(
  "a bounce of %j is of no mail of ours",
  async (messageId) => {
    expect(await noteBounce(context.db, { messageId, reason: "x" })).toBe("unknown");
  },
);

test("the door for bounces opens to the whole secret and nothing else", () => {
  const secret = "s".repeat(32);
  expect(isBounceSecret(secret, `Bearer ${secret}`)).toBe(true);
  for (const wrong of [null, "", secret, `Bearer ${secret}s`, `Bearer ${"t".repeat(32)}`])
    expect(isBounceSecret(secret, wrong)).toBe(false);
});

test("a person's erasure blanks whom mails went to, stops those that wait and closes the links", async () => {
  const shop = await createShopWithDocument(context);
  const { shopId, documentId, orderId } = shop;
  const sent = await queueMail(context, setup, { ...shop, recipient: "anna@example.com" });
  await sendNow(context, setup, { shopId, mailId: sent });
  const waiting = await queueMail(context, setup, { ...shop, recipient: "anna@home.example" });
  const link = await createDocumentLink(context.db, { ...shop, days: 90, actor: anna });
  const offered = async () => (await findDocumentDelivery(context.db, shopId, documentId))?.address;
  expect(await offered()).toEqual({ outcome: "address", email: "anna@example.com" });
  const requestId = randomUUID();
  await withShop(context.db, shopId, async ({ sql }) => {
    await sql`
      insert into privacy_requests (shop_id, id, topic, shopify_customer_id, shopify_order_ids)
      select shop_id, ${requestId}::uuid, 'customers/redact', 77, array[shopify_order_id] from orders where id = ${orderId}`;
  });
  await erasePersonalData(context.db, shopId, requestId);

  expect(await readMail(context, shopId, sent)).toMatchObject({ state: "sent", recipient: null });
  expect(await readMail(context, shopId, waiting)).toMatchObject({ state: "failed", recipient: null });
  expect(await sendNow(context, setup, { shopId, mailId: waiting })).toBe("nothing_to_do");
  const again = await withShop(context.db, shopId, (tx) =>
    queueMailAgain(tx, context.queue, setup, { shopId, documentId, mailId: sent, actor: anna }),
  );
  expect(again.outcome).toBe("invalid");
  // The document keeps the address, as the law has it; no form offers it again.
  expect(await offered()).toEqual({ outcome: "none", reason: expect.stringContaining("erased") });
  if (link.outcome !== "created") throw new Error(link.outcome);
  const opened = await openDocumentLink(context.db, Buffer.alloc(32), {
    token: link.token,
    address: "198.51.100.1",
    isView: true,
  });
  expect(opened).toEqual({ outcome: "revoked" });
  expect(JSON.stringify(await readDocumentEvents(context, shopId, documentId))).not.toContain("anna@");
});
