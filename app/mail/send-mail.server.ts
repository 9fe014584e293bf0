import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import { recordDocumentEvents } from "../invoices/document-events.server.ts";
import { readDocumentFile } from "../invoices/document-file.server.ts";
import { readInvoiceSettings } from "../invoices/read-settings.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { buildMessage, type Letter } from "./build-message.server.ts";
import { type DeliveryOutcome, deliverMessage } from "./deliver-message.server.ts";
import { type MailState, minutesToNextTry } from "./mail.ts";
import { mailActor } from "./mail-actor.ts";
import type { MailSetup } from "./mail-setup.ts";

/** After so many tries that ended without a word nobody knows how often the mail arrived, and a person has to decide. */
const maxInterrupted = 2;

const interruptedReason =
  "Sending was interrupted twice, so it is not known whether the mail arrived. Send it again if it has not.";

export type SendOutcome = MailState | "nothing_to_do" | "busy";

interface OpenLetter extends Letter {
  documentId: string;
  orderId: string;
}

/**
 * Sends a queued mail, or plans its next try. Safe to run at any time and any number of times.
 *
 * A mail server that has taken a message cannot be asked whether it did. So each try is noted in a transaction of its
 * own before it begins, and its outcome after it; an advisory lock that dies with its worker keeps tries apart. A try
 * without an outcome (the worker was killed, the connection lost after the message was handed over) is repeated once,
 * under the same Message-ID: a recipient gets a mail twice at most, and never again after an acceptance was noted.
 *
 * @param options `limitMs` for the conversation with the mail server
 */
export async function sendMail(
  db: Db,
  queue: Queue,
  setup: MailSetup,
  { shopId, mailId }: { shopId: ShopId; mailId: string },
  options: { limitMs?: number } = {},
): Promise<SendOutcome> {
  const letter = await withShop(db, shopId, (tx) => readOpenLetter(tx, shopId, mailId));
  if (!letter) return "nothing_to_do";
  const file = await readDocumentFile(db, shopId, letter.documentId);
  if (!file) throw new Error("a document that is to be mailed has no file");
  const message = await buildMessage(setup.from, letter, file);

  const { state, change } = await withShop(db, shopId, async (tx) => {
    const [lock] = await tx.sql<{ held: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('mail ' || ${mailId}::text, 0)) as held`;
    if (!lock?.held) return { state: "busy" as const, change: null };
    const attempt = await beginAttempt(db, shopId, mailId);
    if (!attempt) return { state: "nothing_to_do" as const, change: null };
    const reply: DeliveryOutcome =
      attempt.interrupted >= maxInterrupted
        ? { outcome: "rejected", reason: interruptedReason }
        : await deliverMessage(setup, letter.recipient, message, options);
    const state = await noteReply(tx, queue, { shopId, mailId, letter, attempts: attempt.attempts }, reply);
    return { state, change: await countChange(tx, shopId) };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: [], documents: [letter.documentId] });
  return state;
}

async function readOpenLetter(tx: Tx, shopId: ShopId, mailId: string): Promise<OpenLetter | null> {
  const [row] = await tx.sql<
    (Omit<OpenLetter, "content" | "settings" | "recipient"> & { recipient: string | null; content: string })[]
  >`
    select m.document_id as "documentId", m.order_id as "orderId", m.recipient, m.message_id as "messageId", m.automatic,
      to_json(m.created_at)#>>'{}' as "createdAt", d.number, d.content
    from document_mails m join documents d on d.shop_id = m.shop_id and d.id = m.document_id
    where m.shop_id = ${shopId} and m.id = ${mailId} and m.state = 'queued'`;
  if (!row || row.recipient === null) return null;
  const { mail } = await readInvoiceSettings(tx, shopId);
  // Frozen JSON of our own making.
  const content: DocumentContent = JSON.parse(row.content);
  return { ...row, recipient: row.recipient, content, settings: mail };
}

/** Notes that a try begins, whether or not anybody lives to note its end. @returns null when there is nothing to try */
function beginAttempt(db: Db, shopId: ShopId, mailId: string) {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<{ attempts: number; interrupted: number }[]>`
      update document_mails set attempts = attempts + 1, interrupted = interrupted + attempt_open::int, attempt_open = true
      where shop_id = ${shopId} and id = ${mailId} and state = 'queued' and next_attempt_at <= now()
        and recipient is not null
      returning attempts, interrupted`;
    return row ?? null;
  });
}

interface Attempted {
  shopId: ShopId;
  mailId: string;
  letter: OpenLetter;
  attempts: number;
}

async function noteReply(
  tx: Tx,
  queue: Queue,
  { shopId, mailId, letter, attempts }: Attempted,
  reply: DeliveryOutcome,
): Promise<MailState> {
  const reason = reply.outcome === "accepted" ? null : reply.reason;
  const minutes = minutesToNextTry(attempts);
  const mayGoOn = reply.outcome === "later" || reply.outcome === "unknown";
  if (mayGoOn && minutes !== null) {
    const [planned] = await tx.sql<{ at: string }[]>`
      update document_mails set last_error = ${reason}, attempt_open = ${reply.outcome === "unknown"},
        next_attempt_at = clock_timestamp() + make_interval(mins => ${minutes})
      where shop_id = ${shopId} and id = ${mailId} returning to_json(next_attempt_at)#>>'{}' as at`;
    // A second later than the row says: the clocks of queue and row are the same, their roundings are not.
    const startAfter = new Date(Date.parse(planned?.at ?? "") + 1_000);
    await enqueue(queue, tx, "send-mail", { shopId, mailId }, { startAfter });
    return "queued";
  }
  const state = reply.outcome === "accepted" ? "sent" : reply.outcome === "refused" ? "bounced" : "failed";
  await tx.sql`
    update document_mails set state = ${state}, last_error = ${reason}, attempt_open = false,
      sent_at = case when ${state} = 'sent' then clock_timestamp() end
    where shop_id = ${shopId} and id = ${mailId}`;
  const { documentId, orderId, number } = letter;
  const detail = { number, mailId, ...(reason !== null && { reason }) };
  await recordDocumentEvents(tx, shopId, [
    { orderId, documentId, kind: `mail_${state}`, detail, actor: mailActor },
  ]);
  return state;
}
