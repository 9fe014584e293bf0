import { createHash } from "node:crypto";
import { type Db, withShop } from "../db.server.ts";
import type { IssuedDocument } from "../documents/document.ts";
import { renderDocument } from "../documents/render-document.ts";
import type { ShopId } from "../shops/shop.ts";
import { readIssuedDocuments } from "./documents.server.ts";
import { findLogo } from "./save-logo.server.ts";

export interface DocumentFile {
  /** As a browser saves it: `INV-2026-0007.pdf`. */
  name: string;
  bytes: Uint8Array;
  /** Of the bytes, in hex. */
  sha256: string;
}

/**
 * A document's PDF. It is rendered and kept at the first asking; from then on what is kept is what everybody gets,
 * byte for byte, whatever changes in the shop or in the templates.
 * @returns null for an unknown document, another shop's included
 */
export async function readDocumentFile(
  db: Db,
  shopId: ShopId,
  documentId: string,
): Promise<DocumentFile | null> {
  const [document] = await withShop(db, shopId, (tx) => readIssuedDocuments(tx, shopId, [documentId]));
  if (!document) return null;
  const kept = await findFile(db, shopId, documentId);
  return { name: fileName(document), ...(kept ?? (await keepFile(db, shopId, document))) };
}

type Kept = Omit<DocumentFile, "name">;

function findFile(db: Db, shopId: ShopId, documentId: string): Promise<Kept | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<Kept[]>`
      select bytes, sha256 from document_files where shop_id = ${shopId} and document_id = ${documentId}`;
    return row ?? null;
  });
}

/** Two who render at once make the same bytes; the first one's are kept and both get them. */
async function keepFile(db: Db, shopId: ShopId, document: IssuedDocument): Promise<Kept> {
  const { id, content, templateVersion } = document;
  const logo = content.seller.logoSha256 ? await findLogo(db, shopId, content.seller.logoSha256) : null;
  const bytes = await renderDocument(document, { logo: logo?.bytes ?? null });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await withShop(
    db,
    shopId,
    (tx) => tx.sql`
      insert into document_files (shop_id, document_id, template_version, sha256, bytes)
      values (${shopId}, ${id}, ${templateVersion}, ${sha256}, ${Buffer.from(bytes)}) on conflict do nothing`,
  );
  return (await findFile(db, shopId, id)) ?? { bytes, sha256 };
}

/** Numbers may hold what a file name must not. */
const fileName = ({ number }: IssuedDocument) => `${number.replace(/[^\p{L}\p{N}._-]+/gu, "-")}.pdf`;
