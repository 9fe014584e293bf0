import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { listExports } from "../../app/exports/exports.server.ts";
import { readDocumentFile } from "../../app/invoices/document-file.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { readPdf } from "../documents/read-pdf.ts";
import { exportSteps } from "../exports/export-steps.ts";
import { openAppContext } from "../support/app-context.ts";
import { shopWithInvoices } from "../support/invoices.ts";
import { openZip, readCsv, sha256 } from "../support/open-zip.ts";

const context = openAppContext();
const { ask, run, download } = exportSteps(context);
const documents = { screen: "documents" as const, query: "", sort: "", columns: [] };

function listIssued(shopId: ShopId): Promise<{ id: string; number: string }[]> {
  return withShop(context.db, shopId, async (tx) => [
    ...(await tx.sql<{ id: string; number: string }[]>`select id, number from documents order by sequence`),
  ]);
}

const idsOf = async (shopId: ShopId) => (await listIssued(shopId)).map(({ id }) => id);

test("a ZIP holds each ticked document as it is kept, and its manifests name every file with its hash", async () => {
  const shopId = await shopWithInvoices(context, 23);
  const ids = (await idsOf(shopId)).slice(1);
  const kept = await Promise.all(ids.slice(0, 3).map((id) => readDocumentFile(context.db, shopId, id)));
  const exportId = await ask(shopId, { ...documents, format: "zip", ids });
  await run(shopId, exportId);

  const files = openZip(await download(shopId, exportId));
  const pdfs = [...files.keys()].filter((path) => path.endsWith(".pdf"));
  expect(pdfs).toHaveLength(22);
  expect(pdfs).toEqual(pdfs.toSorted());
  for (const file of kept)
    expect(files.get(`invoices/${file?.name}`)?.equals(file?.bytes ?? Buffer.of())).toBe(true);
  const hashes = pdfs.map((path) => ({
    File: path,
    Bytes: String(files.get(path)?.length),
    "SHA-256": sha256(files.get(path) ?? Buffer.of()),
  }));
  expect(readCsv(files.get("manifest.csv") ?? Buffer.of())).toEqual(hashes);
  const manifest = JSON.parse(String(files.get("manifest.json"))) as { documents: number; files: object[] };
  expect(manifest.documents).toBe(22);
  expect(manifest.files).toHaveLength(22);
  // What was rendered on the way is kept.
  const [stored] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select count(*)::int as files from document_files`,
  );
  expect(stored).toEqual({ files: 22 });
});

test("all that a query matches is downloaded, and nothing else", async () => {
  const shopId = await shopWithInvoices(context, 4);
  const [first] = await listIssued(shopId);
  const exportId = await ask(shopId, { ...documents, format: "zip", query: `number:${first?.number}` });
  await run(shopId, exportId);
  const files = openZip(await download(shopId, exportId));
  expect([...files.keys()]).toEqual([`invoices/${first?.number}.pdf`, "manifest.csv", "manifest.json"]);
});

test("one PDF holds the documents one after the other", async () => {
  const shopId = await shopWithInvoices(context, 3);
  const exportId = await ask(shopId, { ...documents, format: "pdf", ids: await idsOf(shopId) });
  await run(shopId, exportId);
  const { pages } = await readPdf(new Uint8Array(await download(shopId, exportId)));
  expect(pages).toHaveLength(3);
  const numbers = (await listIssued(shopId)).map(({ number }) => number);
  for (const [place, number] of numbers.entries()) expect(JSON.stringify(pages[place])).toContain(number);
});

test("a stranger's documents are in no file, and a choice of them alone fails with a sentence", async () => {
  const [mine, theirs] = [await shopWithInvoices(context, 1), await shopWithInvoices(context, 2)];
  const stolen = await idsOf(theirs);
  const mixed = await ask(mine, { ...documents, format: "zip", ids: [...(await idsOf(mine)), ...stolen] });
  await run(mine, mixed);
  const pdfs = [...openZip(await download(mine, mixed)).keys()].filter((path) => path.endsWith(".pdf"));
  expect(pdfs).toHaveLength(1);
  for (const format of ["zip", "pdf"] as const) {
    const exportId = await ask(mine, { ...documents, format, ids: stolen });
    await run(mine, exportId);
    const listed = (await listExports(context.db, mine)).find(({ id }) => id === exportId);
    expect(listed).toMatchObject({
      state: "failed",
      error: expect.stringContaining("None of these documents"),
    });
  }
  await expect(download(theirs, mixed)).rejects.toThrow("there is no file");
});
