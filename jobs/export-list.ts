import { customerExport } from "../app/customers/export-customers.server.ts";
import { runExport } from "../app/exports/run-export.server.ts";
import { accountingFile } from "../app/invoices/accounting-source.server.ts";
import { documentFiles } from "../app/invoices/document-files-source.server.ts";
import { documentExport } from "../app/invoices/export-documents.server.ts";
import { orderExport } from "../app/orders/export-orders.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Writes a list to a file, or the PDFs of documents. Two at a time, so that a big one delays no other for long. */
export const exportListJob = defineJob(
  "export-list",
  ({ db, stopping }, { shopId, exportId }) =>
    runExport(
      db,
      { shopId: shopId as ShopId, exportId },
      {
        orders: orderExport,
        customers: customerExport,
        invoices: documentExport,
        documents: documentFiles,
        accounting: accountingFile,
      },
      stopping,
    ),
  { atOnce: 2 },
);
