import { withShop } from "../../app/db.server.ts";
import type { DocumentContent } from "../../app/documents/document.ts";
import type { MailSetup } from "../../app/mail/mail-setup.ts";
import { type QueueDocumentMail, queueDocumentMail } from "../../app/mail/queue-mail.server.ts";
import { type SendOutcome, sendMail } from "../../app/mail/send-mail.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { type AppContext, createShop } from "../support/app-context.ts";
import { insertOrders } from "../support/insert-orders.ts";
import { documentContent, placeDocument } from "../support/issue-document.ts";

export const anna: Actor = { kind: "merchant", id: "1001", name: "Anna Berg" };

/** A shop with an order and its invoice. */
export async function createShopWithDocument({ db }: AppContext, content: Partial<DocumentContent> = {}) {
  const { shopId, domain } = await createShop(db);
  const [orderId] = await insertOrders(db, shopId, 1);
  if (!orderId) throw new Error("no order was made");
  return { shopId, domain, ...(await placeDocument(db, shopId, orderId, documentContent(content))) };
}

/** Queues one mail. @returns its id */
export async function queueMail(
  { db, queue }: AppContext,
  setup: MailSetup,
  mail: Omit<QueueDocumentMail, "actor">,
): Promise<string> {
  const result = await withShop(db, mail.shopId, (tx) =>
    queueDocumentMail(tx, queue, setup, { ...mail, actor: anna }),
  );
  if (result.outcome !== "queued") throw new Error(`the mail was not queued: ${result.outcome}`);
  return result.mailId;
}

/** Sends a mail now, also when its next try is due only later. */
export async function sendNow(
  { db, queue }: AppContext,
  setup: MailSetup,
  mail: { shopId: ShopId; mailId: string },
  options: { limitMs?: number } = {},
): Promise<SendOutcome> {
  await withShop(
    db,
    mail.shopId,
    (tx) => tx.sql`
    update document_mails set next_attempt_at = now() where shop_id = ${mail.shopId} and id = ${mail.mailId}`,
  );
  return sendMail(db, queue, setup, mail, options);
}

export interface MailRow {
  state: string;
  attempts: number;
  interrupted: number;
  recipient: string | null;
  last_error: string | null;
  message_id: string;
  minutes_to_next: number;
}

export async function readMail({ db }: AppContext, shopId: ShopId, mailId: string): Promise<MailRow> {
  const [row] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<MailRow[]>`
    select *, round(extract(epoch from next_attempt_at - now()) / 60)::int as minutes_to_next
    from document_mails where shop_id = ${shopId} and id = ${mailId}`,
  );
  if (!row) throw new Error("there is no such mail");
  return row;
}

/** What the document's timeline says, oldest first. */
export async function readDocumentEvents({ db }: AppContext, shopId: ShopId, documentId: string) {
  return withShop(
    db,
    shopId,
    (tx) => tx.sql<{ kind: string; detail: Record<string, string> }[]>`
    select kind, detail from document_events where shop_id = ${shopId} and document_id = ${documentId} order by id`,
  );
}

/** The jobs that wait for a mail. */
export function readMailJobs({ db }: AppContext, mailId: string) {
  return db.sql<{ state: string; later: boolean }[]>`
    select state, start_after > created_on + interval '30 seconds' as later from pgboss.job
    where name = 'send-mail' and data ->> 'mailId' = ${mailId} order by created_on, start_after`;
}
