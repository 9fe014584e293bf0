import { readDocumentFile } from "../app/invoices/document-file.server.ts";
import { sendAfterIssue } from "../app/mail/send-after-issue.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/**
 * Renders documents that were just issued and keeps their PDFs, then mails them where the shop wants so. What an
 * earlier attempt has done is left.
 */
export const renderDocumentJob = defineJob(
  "render-document",
  async ({ db, queue, mail, stopping }, { shopId, documentIds }) => {
    for (const documentId of documentIds) {
      // The next attempt, or the first download, renders the rest.
      if (stopping.aborted) throw new Error("stopped before every document was rendered");
      await readDocumentFile(db, shopId as ShopId, documentId);
    }
    await sendAfterIssue(db, queue, mail, shopId as ShopId, documentIds);
  },
);
