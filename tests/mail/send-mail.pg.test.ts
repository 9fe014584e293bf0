import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { queueDocumentMail, queueMailAgain } from "../../app/mail/queue-mail.server.ts";
import { parseMessage } from "../shopify-simulator/outbox/parse-message.ts";
import { type SmtpCatcher, startSmtpCatcher } from "../shopify-simulator/outbox/smtp-catcher.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { freePort } from "../support/free-port.ts";
import { fakePdf } from "../support/issue-document.ts";
import {
  anna,
  createShopWithDocument,
  queueMail,
  readDocumentEvents,
  readMail,
  readMailJobs,
  sendNow,
} from "./mail-steps.ts";

const context = openAppContext();

let catcher: SmtpCatcher;
let setup: { smtpUrl: string; from: string };
beforeAll(async () => {
  catcher = await startSmtpCatcher();
  setup = { smtpUrl: catcher.url, from: "invoices@app.example" };
});
beforeEach(() => {
  catcher.manners = {};
  catcher.messages.length = 0;
});
afterAll(() => catcher.close());

async function queueOne() {
  const shop = await createShopWithDocument(context);
  const mailId = await queueMail(context, setup, { ...shop, recipient: "anna@example.com" });
  return { ...shop, mailId };
}

const kindsOf = async ({ shopId, documentId }: Awaited<ReturnType<typeof queueOne>>) =>
  (await readDocumentEvents(context, shopId, documentId)).map(({ kind }) => kind);

test("a document is mailed with its PDF, from the seller, and answers go to the shop", async () => {
  const mail = await queueOne();
  expect(await readMailJobs(context, mail.mailId)).toEqual([{ state: "created", later: false }]);
  expect(await sendNow(context, setup, mail)).toBe("sent");
  const [message] = catcher.messages;
  if (!message) throw new Error("nothing arrived");
  expect(message).toMatchObject({ from: "invoices@app.example", to: ["anna@example.com"] });
  const { headers, subject, text, attachments } = parseMessage(message.raw);
  expect(subject).toBe(`Invoice ${mail.number} from Mug & Sons`);
  expect(headers.get("from")).toMatch(/^"?Mug & Sons"? <invoices@app\.example>$/);
  expect(headers.get("reply-to")).toContain("<hello@mugs.example>");
  expect(headers.get("message-id")).toBe((await readMail(context, mail.shopId, mail.mailId)).message_id);
  expect(text).toContain(`Your invoice ${mail.number} is attached`);
  expect(attachments).toEqual([
    { name: `${mail.number}.pdf`, contentType: "application/pdf", bytes: fakePdf },
  ]);
  expect(await kindsOf(mail)).toEqual(["mail_queued", "mail_sent"]);
});

test("what was accepted is never sent again, however often the job runs", async () => {
  const mail = await queueOne();
  await sendNow(context, setup, mail);
  expect(await sendNow(context, setup, mail)).toBe("nothing_to_do");
  expect(catcher.messages).toHaveLength(1);
});

test("of ten workers at the same mail one sends it", async () => {
  const mail = await queueOne();
  let taken: () => void = () => {};
  const reached = new Promise<void>((resolve) => {
    taken = resolve;
  });
  let letGo: () => void = () => {};
  catcher.manners.message = () => {
    taken();
    return new Promise((resolve) => {
      letGo = () => resolve(null);
    });
  };
  const first = sendNow(context, setup, mail);
  await reached;
  const others = await Promise.all(Array.from({ length: 9 }, () => sendNow(context, setup, mail)));
  expect(new Set(others)).toEqual(new Set(["busy"]));
  letGo();
  expect(await first).toBe("sent");
  expect(catcher.messages).toHaveLength(1);
});

test.each([
  ["a mailbox that is full for the moment", { recipient: () => ({ code: 452, sentence: "Mailbox full" }) }],
  ["a message that is put off", { message: () => ({ code: 451, sentence: "Greylisted" }) }],
])("%s is tried again, later each time, under the same Message-ID", async (_, manners) => {
  const mail = await queueOne();
  const waits: number[] = [];
  catcher.manners = manners;
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    expect(await sendNow(context, setup, mail)).toBe("queued");
    waits.push((await readMail(context, mail.shopId, mail.mailId)).minutes_to_next);
  }
  expect(waits).toEqual([1, 5, 15, 60, 180, 480]);
  expect((await readMailJobs(context, mail.mailId)).filter(({ later }) => later)).toHaveLength(6);
  const before = await readMail(context, mail.shopId, mail.mailId);
  expect(before).toMatchObject({ attempts: 6, last_error: expect.stringMatching(/^45\d /) });
  catcher.manners = {};
  expect(await sendNow(context, setup, mail)).toBe("sent");
  expect(parseMessage(catcher.messages[0]?.raw ?? Buffer.of()).headers.get("message-id")).toBe(
    before.message_id,
  );
});

test("after the last try the mail has failed and says why", async () => {
  const mail = await queueOne();
  catcher.manners.recipient = () => ({ code: 450, sentence: "Try later" });
  for (let attempt = 1; attempt <= 6; attempt += 1) await sendNow(context, setup, mail);
  expect(await sendNow(context, setup, mail)).toBe("failed");
  expect(await kindsOf(mail)).toEqual(["mail_queued", "mail_failed"]);
});

test("a mail server that is away costs a try and loses nothing", async () => {
  const mail = await queueOne();
  const nowhere = { ...setup, smtpUrl: `smtp://127.0.0.1:${await freePort()}` };
  expect(await sendNow(context, nowhere, mail)).toBe("queued");
  expect((await readMail(context, mail.shopId, mail.mailId)).last_error).toBe(
    "The mail server could not be reached.",
  );
  expect(await sendNow(context, setup, mail)).toBe("sent");
});

test("a mailbox that refuses for good has bounced, and its sentence is kept without the address", async () => {
  const mail = await queueOne();
  catcher.manners.recipient = (address) => ({ code: 550, sentence: `5.1.1 <${address}>: no such user` });
  expect(await sendNow(context, setup, mail)).toBe("bounced");
  const { last_error } = await readMail(context, mail.shopId, mail.mailId);
  expect(last_error).toBe("550 5.1.1 (address): no such user");
  const events = await readDocumentEvents(context, mail.shopId, mail.documentId);
  expect(JSON.stringify(events)).not.toContain("@");
  expect(events.map(({ kind }) => kind)).toEqual(["mail_queued", "mail_bounced"]);
});

test("a connection that is lost before the message was handed over is an ordinary failure", async () => {
  const mail = await queueOne();
  catcher.manners.recipient = () => "drop";
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    expect(await sendNow(context, setup, mail)).toBe("queued");
  }
  expect(await readMail(context, mail.shopId, mail.mailId)).toMatchObject({ attempts: 4, interrupted: 0 });
});

test("a connection that is lost after the message was handed over is repeated once and no more", async () => {
  const mail = await queueOne();
  let taken = 0;
  catcher.manners.message = () => {
    taken += 1;
    return "drop";
  };
  expect(await sendNow(context, setup, mail)).toBe("queued");
  expect(await sendNow(context, setup, mail)).toBe("queued");
  expect(await sendNow(context, setup, mail)).toBe("failed");
  expect(taken).toBe(2);
  expect((await readMail(context, mail.shopId, mail.mailId)).last_error).toContain("interrupted twice");
});

test("a mail server that never answers is given up", async () => {
  const mail = await queueOne();
  catcher.manners.message = () => new Promise(() => {});
  expect(await sendNow(context, setup, mail, { limitMs: 400 })).toBe("queued");
  expect((await readMail(context, mail.shopId, mail.mailId)).last_error).toBe(
    "The mail server took too long.",
  );
});

test("a mail is sent again as a mail of its own", async () => {
  const { mailId, shopId, documentId } = await queueOne();
  await sendNow(context, setup, { shopId, mailId });
  const again = await withShop(context.db, shopId, (tx) =>
    queueMailAgain(tx, context.queue, setup, { shopId, documentId, mailId, actor: anna }),
  );
  if (again.outcome !== "queued") throw new Error(again.outcome);
  expect(await sendNow(context, setup, { shopId, mailId: again.mailId })).toBe("sent");
  expect(catcher.messages.map(({ to }) => to)).toEqual([["anna@example.com"], ["anna@example.com"]]);
});

test("a second mail to an address that one waits for is not queued, nor is a twenty-first in a day", async () => {
  const { shopId, documentId } = await createShopWithDocument(context);
  const ask = (recipient: string) =>
    withShop(context.db, shopId, (tx) =>
      queueDocumentMail(tx, context.queue, setup, { shopId, documentId, recipient, actor: anna }),
    );
  for (let n = 1; n <= 20; n += 1) {
    expect((await ask(`buyer${n}@example.com`)).outcome).toBe("queued");
    if (n === 1) expect((await ask("buyer1@example.com")).outcome).toBe("waiting");
  }
  expect((await ask("buyer21@example.com")).outcome).toBe("too_many");
});

test.each([
  "",
  "anna",
  "anna@example",
  "anna@example.com, ben@example.com",
  "anna@example.com\r\nBcc: ben@example.com",
  "Anna <anna@example.com>",
  `${"a".repeat(65)}@example.com`,
  `anna@${"x".repeat(250)}.com`,
])("%j is no recipient", async (recipient) => {
  const { shopId, documentId } = await createShopWithDocument(context);
  const result = await withShop(context.db, shopId, (tx) =>
    queueDocumentMail(tx, context.queue, setup, { shopId, documentId, recipient, actor: anna }),
  );
  expect(result.outcome).toBe("invalid");
});

test("nothing that a shop or a buyer writes becomes a header or a recipient", async () => {
  const evil = "Mug\r\nBcc: spy@example.com\r\n\r\n<b>x</b>";
  const shop = await createShopWithDocument(context, {
    order: { name: evil, placedOn: "2026-11-20", purchaseOrder: null },
  });
  const mail = {
    fromName: evil,
    replyTo: null,
    subject: `${evil} {order} {seller}`,
    body: "{number} {unknown} {order}",
  };
  await withShop(
    context.db,
    shop.shopId,
    (tx) => tx.sql`
    insert into invoice_settings (shop_id, mail, updated_by)
    values (${shop.shopId}, ${JSON.stringify(mail)}::text::jsonb, 'Anna')`,
  );
  const mailId = await queueMail(context, setup, { ...shop, recipient: "anna@example.com" });
  expect(await sendNow(context, setup, { shopId: shop.shopId, mailId })).toBe("sent");
  const [message] = catcher.messages;
  expect(message?.to).toEqual(["anna@example.com"]);
  const { headers, text } = parseMessage(message?.raw ?? Buffer.of());
  expect(headers.has("bcc")).toBe(false);
  expect(headers.get("subject")).toContain("Mug Bcc: spy@example.com <b>x</b>");
  expect(text).toContain(`${shop.number} {unknown} Mug`);
});

test("another shop's document and mail cannot be queued, sent or sent again", async () => {
  const theirs = await queueOne();
  const { shopId } = await createShop(context.db);
  const { documentId, mailId } = theirs;
  const mine = { shopId, documentId, actor: anna };
  const queued = await withShop(context.db, shopId, (tx) =>
    queueDocumentMail(tx, context.queue, setup, { ...mine, recipient: "spy@example.com" }),
  );
  const again = await withShop(context.db, shopId, (tx) =>
    queueMailAgain(tx, context.queue, setup, { ...mine, mailId }),
  );
  expect([queued.outcome, again.outcome]).toEqual(["not_found", "not_found"]);
  expect(await sendNow(context, setup, { shopId, mailId })).toBe("nothing_to_do");
  expect(await sendNow(context, setup, { shopId, mailId: randomUUID() })).toBe("nothing_to_do");
  expect(catcher.messages).toHaveLength(0);
});
