import { createHash } from "node:crypto";
import { type Db, withShop } from "../db.server.ts";
import { type IssuedDocument, templateVersion } from "../documents/document.ts";
import { renderDocument } from "../documents/render-document.ts";
import type { ShopId } from "../shops/shop.ts";
import { readIssuedDocuments } from "./documents.server.ts";
import { findLogo } from "./save-logo.server.ts";
import type { Found } from "./verify-documents.server.ts";

/** PDFs fetched at a time: few, because they are the bulk of the bytes. */
const pageSize = 20;

interface KeptFile {
  id: string;
  number: string;
  sha256: string;
  bytes: Buffer;
  templateVersion: number;
}

/**
 * Checks the kept PDFs of a shop against their hashes and, unless `quick`, against what their documents render to.
 * Outside one long snapshot, by key, so that the memory it takes stays the same whatever the number of files.
 *
 * Older templates are kept, so what they made is rendered again too. A file that templates of a newer version made
 * cannot be, and is checked against its hash alone.
 *
 * @returns the first file that is another one; null when there is none
 */
export async function verifyFiles(
  db: Db,
  shopId: ShopId,
  counts: { files: number },
  quick: boolean,
): Promise<Found | null> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const page = await readFiles(db, shopId, after);
    for (const { number, sha256, bytes } of page) {
      counts.files += 1;
      if (createHash("sha256").update(bytes).digest("hex") !== sha256)
        return { number, problem: "Its PDF is not the one that was kept." };
    }
    const replaced = quick ? null : await findReplaced(db, shopId, page);
    if (replaced) return { number: replaced, problem: "Its PDF is not what the document renders to." };
    const last = page.at(-1);
    if (!last) return null;
    after = last.id;
  }
}

const readFiles = (db: Db, shopId: ShopId, after: string) =>
  withShop(
    db,
    shopId,
    (tx) => tx.sql<KeptFile[]>`
      select f.document_id as id, d.number, f.sha256, f.bytes, f.template_version as "templateVersion"
      from document_files f join documents d on d.shop_id = f.shop_id and d.id = f.document_id
      where f.shop_id = ${shopId} and f.document_id > ${after}::uuid order by f.document_id limit ${pageSize}`,
  );

/** @returns the number of the first document whose file is not what it renders to */
async function findReplaced(db: Db, shopId: ShopId, files: readonly KeptFile[]): Promise<string | null> {
  const kept = new Map(files.map(({ id, bytes }) => [id, bytes]));
  const documents = await withShop(db, shopId, (tx) => readIssuedDocuments(tx, shopId, [...kept.keys()]));
  for (const document of documents) {
    if (document.templateVersion > templateVersion) continue;
    const bytes = await render(db, shopId, document);
    if (Buffer.compare(bytes, kept.get(document.id) ?? Buffer.of()) !== 0) return document.number;
  }
  return null;
}

async function render(db: Db, shopId: ShopId, document: IssuedDocument): Promise<Uint8Array> {
  const { logoSha256 } = document.content.seller;
  const logo = logoSha256 ? await findLogo(db, shopId, logoSha256) : null;
  return renderDocument(document, { logo: logo?.bytes ?? null });
}
