import { type Db, type Tx, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type DocumentAddress, readDocumentAddresses } from "./document-addresses.server.ts";
import type { DocumentLink } from "./document-link.ts";
import { listDocumentLinks } from "./document-links.server.ts";
import type { DocumentMail, MailEvent } from "./mail.ts";

/** What the e-mail card and the link card show of a document. */
export interface DocumentDelivery {
  documentId: string;
  number: string;
  kind: "invoice" | "credit_note";
  /** Where it goes when nobody types another address, or why it goes nowhere then. */
  address: DocumentAddress;
  mails: DocumentMail[];
  links: DocumentLink[];
}

/** Reads the mails and links of a document. @returns null for an unknown one, another shop's included */
export function findDocumentDelivery(
  db: Db,
  shopId: ShopId,
  documentId: string,
): Promise<DocumentDelivery | null> {
  return withShop(db, shopId, async (tx) => {
    const [document] = await tx.sql<Pick<DocumentDelivery, "documentId" | "number" | "kind">[]>`
      select id as "documentId", number, kind from documents where shop_id = ${shopId} and id = ${documentId}`;
    const address = (await readDocumentAddresses(tx, shopId, [documentId])).get(documentId);
    if (!document || !address) return null;
    const mails = await listDocumentMails(tx, shopId, documentId);
    return { ...document, address, mails, links: await listDocumentLinks(tx, shopId, documentId) };
  });
}

/** A document's mails, newest first, each with what happened to it. */
async function listDocumentMails(tx: Tx, shopId: ShopId, documentId: string): Promise<DocumentMail[]> {
  const mails = await tx.sql<Omit<DocumentMail, "events">[]>`
    select id, recipient, state, automatic, attempts, last_error as "lastError",
      to_json(next_attempt_at)#>>'{}' as "nextAttemptAt"
    from document_mails where shop_id = ${shopId} and document_id = ${documentId} order by created_at desc, id`;
  const events = await tx.sql<(MailEvent & { mailId: string })[]>`
    select detail ->> 'mailId' as "mailId", kind, to_json(created_at)#>>'{}' as at, actor_name as "actorName"
    from document_events
    where shop_id = ${shopId} and document_id = ${documentId} and detail ? 'mailId' order by id`;
  return mails.map((mail) => ({
    ...mail,
    events: events.filter(({ mailId }) => mailId === mail.id).map(({ mailId: _, ...event }) => event),
  }));
}
