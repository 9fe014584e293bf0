import { type Db, withShop } from "../db.server.ts";
import { recordDocumentEvents } from "../invoices/document-events.server.ts";
import { readInvoiceSettings } from "../invoices/read-settings.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type DocumentAddress, noAddress, readDocumentAddresses } from "./document-addresses.server.ts";
import { recipientSchema } from "./mail.ts";
import { mailActor } from "./mail-actor.ts";
import type { MailSetup } from "./mail-setup.ts";
import { queueDocumentMail } from "./queue-mail.server.ts";

/**
 * Queues each newly issued document to its buyer where the shop wants so. Safe to call again: a document is mailed by
 * itself once. What cannot be mailed says so on its timeline, once.
 * @param setup null where mail is not set up
 */
export async function sendAfterIssue(
  db: Db,
  queue: Queue,
  setup: MailSetup | null,
  shopId: ShopId,
  documentIds: string[],
): Promise<void> {
  const change = await withShop(db, shopId, async (tx) => {
    const { automation } = await readInvoiceSettings(tx, shopId);
    if (!automation.sendByEmail) return null;
    const open = await tx.sql<{ id: string; orderId: string; number: string }[]>`
      select d.id, d.order_id as "orderId", d.number from documents d
      where d.shop_id = ${shopId} and d.id = any(${documentIds}::uuid[])
        and not exists (select from document_mails m
                        where m.shop_id = d.shop_id and m.document_id = d.id and m.automatic)
        and not exists (select from document_events e
                        where e.shop_id = d.shop_id and e.document_id = d.id and e.kind = 'mail_skipped')
      order by d.id`;
    const addresses = await readDocumentAddresses(
      tx,
      shopId,
      open.map(({ id }) => id),
    );
    for (const { id: documentId, orderId, number } of open) {
      const address = addresses.get(documentId);
      const reason = whyNotMailed(setup, address);
      if (setup && address?.outcome === "address" && reason === null) {
        const mail = { shopId, documentId, recipient: address.email, actor: mailActor, automatic: true };
        await queueDocumentMail(tx, queue, setup, mail);
      } else if (reason !== null) {
        const detail = { number, reason };
        await recordDocumentEvents(tx, shopId, [
          { orderId, documentId, kind: "mail_skipped", detail, actor: mailActor },
        ]);
      }
    }
    return open.length > 0 ? countChange(tx, shopId) : null;
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: [], documents: documentIds });
}

/** A sentence, or null where nothing stands in the way. */
function whyNotMailed(setup: MailSetup | null, address: DocumentAddress | undefined): string | null {
  if (!setup) return "E-mail is not set up.";
  if (address?.outcome !== "address") return address?.reason ?? noAddress;
  return recipientSchema.safeParse(address.email).success
    ? null
    : "The buyer's e-mail address cannot be sent to.";
}
