import { readDocumentFile } from "../app/invoices/document-file.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Renders documents that were just issued and keeps their PDFs. What an earlier attempt has kept is left. */
export const renderDocumentJob = defineJob(
  "render-document",
  async ({ db, stopping }, { shopId, documentIds }) => {
    for (const documentId of documentIds) {
      // The next attempt, or the first download, renders the rest.
      if (stopping.aborted) throw new Error("stopped before every document was rendered");
      await readDocumentFile(db, shopId as ShopId, documentId);
    }
  },
);
