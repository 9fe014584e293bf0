import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { readDocumentFile } from "../../app/invoices/document-file.server.ts";
import type { WorkerContext } from "../../jobs/define-job.ts";
import { renderDocumentJob } from "../../jobs/render-document.ts";
import { openAppContext } from "../support/app-context.ts";
import { readDocuments, shopWithInvoices } from "../support/invoices.ts";

const context = openAppContext();

const run = (shopId: string, documentIds: string[], stopping = new AbortController().signal) =>
  renderDocumentJob.run({ db: context.db, stopping } as WorkerContext, { shopId, documentIds });

test("the job keeps each document's PDF, and running it again changes none", async () => {
  const shopId = await shopWithInvoices(context, 1);
  const [invoice] = await readDocuments(context, shopId);
  const id = invoice?.id ?? "";
  await run(shopId, [id]);
  const read = () =>
    withShop(context.db, shopId, (tx) => tx.sql`select document_id, sha256, created_at from document_files`);
  const kept = await read();
  expect(kept).toMatchObject([{ document_id: id }]);
  await run(shopId, [id]);
  expect(await read()).toEqual(kept);
  expect((await readDocumentFile(context.db, shopId, id))?.sha256).toBe(kept[0]?.sha256);
});

test("a worker that stops leaves the rest to another attempt", async () => {
  const shopId = await shopWithInvoices(context, 1);
  const [invoice] = await readDocuments(context, shopId);
  await expect(run(shopId, [invoice?.id ?? ""], AbortSignal.abort())).rejects.toThrow("stopped");
});
