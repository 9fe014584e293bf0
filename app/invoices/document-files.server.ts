import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type DocumentFile, readDocumentFile } from "./document-file.server.ts";

/** A document's PDF as it lies in a folder with others. */
export interface FiledDocument {
  id: string;
  kind: "invoice" | "credit_note";
  number: string;
  issuedOn: string;
}

const folders = { invoice: "invoices", credit_note: "credit-notes" } as const;

/** Names files by their documents' numbers. Two numbers that differ only in what a file name must not hold stay two. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** @returns the path of the document's file, below the folder of its kind */
  take({ kind, number }: Pick<FiledDocument, "kind" | "number">): string {
    const name = number.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^\.+/, "");
    for (let place = 1; ; place += 1) {
      const path = `${folders[kind]}/${name}${place > 1 ? ` (${place})` : ""}.pdf`;
      // Not every disk tells letters of different case apart.
      if (this.#taken.has(path.toLowerCase())) continue;
      this.#taken.add(path.toLowerCase());
      return path;
    }
  }
}

/**
 * The PDFs of some documents in the order given. One that nobody has rendered yet is rendered and kept on the way.
 * Few at a time: all of them are in memory.
 */
export async function readDocumentFiles(
  db: Db,
  shopId: ShopId,
  documentIds: string[],
): Promise<Pick<DocumentFile, "bytes" | "sha256">[]> {
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ id: string; bytes: Uint8Array; sha256: string }[]>`
      select document_id as id, bytes, sha256 from document_files
      where shop_id = ${shopId} and document_id = any(${documentIds}::uuid[])`,
  );
  const kept = new Map(rows.map((row) => [row.id, row]));
  const files: Pick<DocumentFile, "bytes" | "sha256">[] = [];
  for (const id of documentIds) {
    const file = kept.get(id) ?? (await readDocumentFile(db, shopId, id));
    if (!file) throw new Error(`the document ${id} is gone, and documents never go`);
    files.push(file);
  }
  return files;
}
