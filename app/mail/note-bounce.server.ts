import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { type Db, withShop } from "../db.server.ts";
import { recordDocumentEvents } from "../invoices/document-events.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { cleanReply } from "./clean-reply.ts";
import { mailActor } from "./mail-actor.ts";
import { parseMessageId } from "./mail-setup.ts";

/** What is posted for a mail that came back after the mail server had taken it. */
export const bounceSchema = z.object({
  /** The Message-ID of the mail that came back, with or without its angle brackets. */
  messageId: z.string().max(300),
  reason: z.string().max(2_000).default("The mailbox refused it."),
});

/** True when a request carries the secret; how much of it is right cannot be told from the time it takes. */
export function isBounceSecret(secret: string, authorization: string | null): boolean {
  const [given, wanted] = [Buffer.from(authorization ?? ""), Buffer.from(`Bearer ${secret}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * Notes that a mail came back. Said twice it changes nothing, and a mail that is still queued is left to its own tries.
 * @returns "unknown" for a Message-ID that is none of ours
 */
export async function noteBounce(
  db: Db,
  { messageId, reason }: z.output<typeof bounceSchema>,
): Promise<"noted" | "unchanged" | "unknown"> {
  const named = parseMessageId(messageId);
  if (!named) return "unknown";
  const [shopId, mailId] = [named.shopId as ShopId, named.mailId];
  const result = await withShop(db, shopId, async (tx) => {
    const [mail] = await tx.sql<{ state: string; documentId: string; orderId: string; number: string }[]>`
      select m.state, m.document_id as "documentId", m.order_id as "orderId", d.number
      from document_mails m join documents d on d.shop_id = m.shop_id and d.id = m.document_id
      where m.shop_id = ${shopId} and m.id = ${mailId} for update of m`;
    if (!mail) return { outcome: "unknown" as const };
    if (mail.state !== "sent") return { outcome: "unchanged" as const };
    const sentence = cleanReply(reason);
    await tx.sql`update document_mails set state = 'bounced', last_error = ${sentence}
                 where shop_id = ${shopId} and id = ${mailId}`;
    const { documentId, orderId, number } = mail;
    const detail = { number, mailId, reason: sentence };
    await recordDocumentEvents(tx, shopId, [
      { orderId, documentId, kind: "mail_bounced", detail, actor: mailActor },
    ]);
    return { outcome: "noted" as const, documentId, change: await countChange(tx, shopId) };
  });
  if (result.outcome === "noted")
    notifyShop(db, { shopId, change: result.change, orders: [], documents: [result.documentId] });
  return result.outcome;
}
