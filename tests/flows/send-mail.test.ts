import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { queueDocumentMail } from "../../app/mail/queue-mail.server.ts";
import { openQueue, type Queue } from "../../app/queue.server.ts";
import { parseMessage } from "../shopify-simulator/outbox/parse-message.ts";
import { type SmtpCatcher, startSmtpCatcher } from "../shopify-simulator/outbox/smtp-catcher.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { insertOrders } from "../support/insert-orders.ts";
import { placeDocument } from "../support/issue-document.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let queue: Queue;
let app: AppProcesses;
let catcher: SmtpCatcher;
let drop: () => Promise<void>;
const from = "invoices@app.example";
const logFiles: string[] = [];
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  queue = await openQueue(db, (error) => {
    throw error;
  });
  catcher = await startSmtpCatcher();
  app = await startApp(database.url, { SMTP_URL: catcher.url, MAIL_FROM: from, LOG_LEVEL: "debug" });
});
afterAll(async () => {
  await app?.stop();
  await catcher?.close();
  await queue?.stop();
  await db?.close();
  await drop?.();
});

async function startWorker() {
  const worker = await app.startWorker();
  logFiles.push(worker.logFile);
  return worker;
}

async function queueOne(recipient: string) {
  const { shopId } = await createShop(db);
  const [orderId] = await insertOrders(db, shopId, 1);
  if (!orderId) throw new Error("no order was made");
  const { documentId } = await placeDocument(db, shopId, orderId);
  await withShop(db, shopId, async (tx) => {
    const actor = { kind: "merchant", id: "1001", name: "Anna Berg" } as const;
    const mail = { shopId, documentId, recipient, actor };
    expect((await queueDocumentMail(tx, queue, { smtpUrl: catcher.url, from }, mail)).outcome).toBe("queued");
  });
  return async () => {
    const [row] = await withShop(
      db,
      shopId,
      ({ sql }) =>
        sql<
          { state: string; attempts: number; interrupted: number }[]
        >`select state, attempts, interrupted from document_mails`,
    );
    return row;
  };
}

const messageIds = () => catcher.messages.map(({ raw }) => parseMessage(raw).headers.get("message-id"));

test("a worker killed after the mail server took a mail makes it arrive twice at most, as one Message-ID", async () => {
  let taken = 0;
  catcher.manners.message = () => {
    taken += 1;
    // The first one is in the server's hands, and its answer never comes.
    return taken === 1 ? new Promise(() => {}) : null;
  };
  const readState = await queueOne("anna@example.com");
  const first = await startWorker();
  await expect.poll(() => taken, { timeout: 30_000 }).toBe(1);
  process.kill(first.pid, "SIGKILL");
  await first.ended;
  await startWorker();
  await expect.poll(readState, { timeout: 90_000 }).toEqual({ state: "sent", attempts: 2, interrupted: 1 });
  expect(taken).toBe(2);
  expect(messageIds()).toHaveLength(1);
});

test("no address and no word of a mail gets into the log", async () => {
  catcher.manners = { recipient: (address) => ({ code: 550, sentence: `<${address}> is unknown here` }) };
  const refused = await queueOne("nobody@secret.example");
  await expect.poll(refused, { timeout: 30_000 }).toMatchObject({ state: "bounced" });
  catcher.manners = { recipient: () => "drop" };
  const lost = await queueOne("nobody@secret.example");
  await expect.poll(lost, { timeout: 30_000 }).toMatchObject({ state: "queued", attempts: 1 });
  const log = logFiles.map((file) => readFileSync(file, "utf8")).join("");
  expect(log).toContain("a mail was worked on");
  for (const secret of ["secret.example", "anna@", "Mug"]) expect(log).not.toContain(secret);
});
