import type { Db } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { parseTypedCredit, readTypedCredit } from "./credit-form.ts";
import { findDocument } from "./documents.server.ts";
import { previewCreditNote } from "./issue-credit-note.server.ts";
import { renderDraft } from "./preview-document.server.ts";

/**
 * Draws the credit note that an address describes.
 * @returns null when it describes none, or the document is unknown
 */
export async function drawCreditNote(
  db: Db,
  { shopId, documentId, fields }: { shopId: ShopId; documentId: string; fields: URLSearchParams },
): Promise<Uint8Array | null> {
  const document = await findDocument(db, shopId, documentId);
  if (!document) return null;
  const { credit } = parseTypedCredit(readTypedCredit(fields), document.currency);
  if (!credit) return null;
  const preview = await previewCreditNote(db, { shopId, documentId, ...credit });
  return preview.outcome === "preview" ? renderDraft(db, shopId, preview.content) : null;
}
