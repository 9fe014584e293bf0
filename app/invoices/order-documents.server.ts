import type { Db } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import { type DocumentListItem, listOrderDocuments } from "./documents.server.ts";
import { listDrafts } from "./drafts.server.ts";

/** What is held, as the order's page shows it. */
export interface WaitingDraft {
  id: string;
  kind: DocumentKind;
  heldReason: string;
  /** A person has decided to leave it so. */
  isDismissed: boolean;
}

/** An order's documents and what waits beside them. */
export async function findOrderDocuments(
  db: Db,
  shopId: ShopId,
  orderId: string,
): Promise<{ documents: DocumentListItem[]; drafts: WaitingDraft[] }> {
  const [documents, drafts] = await Promise.all([
    listOrderDocuments(db, shopId, orderId),
    listDrafts(db, shopId, orderId),
  ]);
  return {
    documents,
    drafts: drafts.map(({ id, kind, heldReason, dismissedAt }) => ({
      id,
      kind,
      heldReason,
      isDismissed: dismissedAt !== null,
    })),
  };
}
