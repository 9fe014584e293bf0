import { randomUUID } from "node:crypto";
import type { Tx } from "../db.server.ts";
import { recordDocumentEvents } from "../invoices/document-events.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { recipientSchema } from "./mail.ts";
import { type MailSetup, messageIdOf } from "./mail-setup.ts";

/** Mails of one document in a day: enough for everybody at a customer's, too few to annoy a stranger. */
const maxMailsPerDay = 20;

export interface QueueDocumentMail {
  shopId: ShopId;
  documentId: string;
  recipient: string;
  actor: Actor;
  /** Sent by itself after issue; a document gets at most one such mail, however often it is asked for. */
  automatic?: boolean;
}

export type QueueMailOutcome =
  | { outcome: "queued"; mailId: string }
  /** One to the same address waits already, or the automatic one has been there. */
  | { outcome: "waiting" }
  | { outcome: "invalid"; reason: string }
  | { outcome: "too_many" }
  | { outcome: "not_found" };

/**
 * Notes that a document is to be mailed and adds the job that does it, in the caller's transaction: a rollback leaves
 * neither. The caller counts the change and sends the hint.
 */
export async function queueDocumentMail(
  tx: Tx,
  queue: Queue,
  setup: MailSetup,
  { shopId, documentId, recipient: typed, actor, automatic = false }: QueueDocumentMail,
): Promise<QueueMailOutcome> {
  const recipient = recipientSchema.safeParse(typed);
  if (!recipient.success)
    return { outcome: "invalid", reason: recipient.error.issues[0]?.message ?? "That is no e-mail address." };
  const [document] = await tx.sql<{ number: string; orderId: string; today: number }[]>`
    select d.number, d.order_id as "orderId", (select count(*)::int from document_mails m where m.shop_id = d.shop_id and m.document_id = d.id
                      and m.created_at > now() - interval '1 day') as today
    from documents d where d.shop_id = ${shopId} and d.id = ${documentId}`;
  if (!document) return { outcome: "not_found" };
  if (document.today >= maxMailsPerDay) return { outcome: "too_many" };

  const mailId = randomUUID();
  const added = await tx.sql`
    insert into document_mails (shop_id, id, document_id, order_id, recipient, automatic, message_id, actor_kind,
                                actor_id, actor_name)
    select shop_id, ${mailId}::uuid, id, order_id, ${recipient.data}::text, ${automatic}::boolean,
      ${messageIdOf(setup.from, shopId, mailId)}::text, ${actor.kind}::text, ${actor.id}::text, ${actor.name}::text
    from documents where shop_id = ${shopId} and id = ${documentId}
    on conflict do nothing`;
  if (added.count === 0) return { outcome: "waiting" };
  const detail = { number: document.number, mailId };
  const { orderId } = document;
  await recordDocumentEvents(tx, shopId, [{ orderId, documentId, kind: "mail_queued", detail, actor }]);
  await enqueue(queue, tx, "send-mail", { shopId, mailId });
  return { outcome: "queued", mailId };
}

/** Queues the same document to the recipient of an earlier mail once more. */
export async function queueMailAgain(
  tx: Tx,
  queue: Queue,
  setup: MailSetup,
  { shopId, documentId, mailId, actor }: { shopId: ShopId; documentId: string; mailId: string; actor: Actor },
): Promise<QueueMailOutcome> {
  const [earlier] = await tx.sql<{ recipient: string | null }[]>`
    select recipient from document_mails
    where shop_id = ${shopId} and document_id = ${documentId} and id = ${mailId}`;
  if (!earlier) return { outcome: "not_found" };
  if (earlier.recipient === null)
    return { outcome: "invalid", reason: "The address has been erased at the person's request." };
  return queueDocumentMail(tx, queue, setup, { shopId, documentId, recipient: earlier.recipient, actor });
}
