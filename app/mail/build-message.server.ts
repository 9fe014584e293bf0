import MailComposer from "nodemailer/lib/mail-composer";
import type { DocumentContent } from "../documents/document.ts";
import { mailWords } from "../documents/languages/mail-words.ts";
import type { InvoiceSettings } from "../invoices/settings.ts";
import { fillHeader, fillTemplate, oneLine } from "./fill-template.ts";
import { recipientSchema } from "./mail.ts";

export interface Letter {
  recipient: string;
  messageId: string;
  automatic: boolean;
  /** When it was asked for, ISO 8601: every try carries the same date. */
  createdAt: string;
  number: string;
  content: DocumentContent;
  settings: InvoiceSettings["mail"];
}

/**
 * Writes the mail that carries a document: the shop's own words or those of the document's language, the PDF with it.
 * The seller's name stands before our address; answers go to the shop.
 * @returns the message as RFC 5322 has it, the same bytes for the same letter but for the MIME boundary
 */
export function buildMessage(
  from: string,
  { recipient, messageId, automatic, createdAt, number, content, settings }: Letter,
  file: { name: string; bytes: Uint8Array },
): Promise<Buffer> {
  const words = mailWords[content.language][content.kind];
  const values = { number, order: content.order.name, seller: content.seller.name };
  const replyTo = recipientSchema.safeParse(settings.replyTo ?? content.seller.email);
  const composer = new MailComposer({
    // Objects, never text: a name with an address in it must not be read as one.
    from: { name: oneLine(settings.fromName ?? content.seller.name), address: from },
    to: { name: "", address: recipient },
    ...(replyTo.success && { replyTo: { name: oneLine(content.seller.name), address: replyTo.data } }),
    subject: fillHeader(settings.subject ?? words.subject, values),
    text: fillTemplate(settings.body ?? words.body, values),
    messageId,
    date: new Date(createdAt),
    headers: {
      "Content-Language": content.language,
      ...(automatic && { "Auto-Submitted": "auto-generated" }),
    },
    attachments: [
      { filename: oneLine(file.name), content: Buffer.from(file.bytes), contentType: "application/pdf" },
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
