import type { Db, Tx } from "../db.server.ts";
import { CsvWriter } from "../exports/csv-writer.ts";
import { text } from "../exports/export-cell.ts";
import type { ZipFile } from "../exports/zip-file.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type FiledDocument, FileNames, readDocumentFiles } from "./document-files.server.ts";

/** PDFs that are in memory at a time: a megabyte or two. */
const filesAtATime = 20;

/**
 * Puts the PDFs of documents into a ZIP, in the order in which the cursor `export_documents` gives them.
 * Yields how many are in it.
 */
export async function* zipDocuments(
  { db, tx, shopId }: { db: Db; tx: Tx; shopId: ShopId },
  zip: ZipFile,
): AsyncGenerator<number> {
  const names = new FileNames();
  let written = 0;
  for (;;) {
    // Never prepared: the next export's cursor has other columns.
    const documents = await tx.sql.unsafe<FiledDocument[]>(`fetch ${filesAtATime} from export_documents`);
    if (documents.length === 0) return;
    const ids = documents.map(({ id }) => id);
    const files = await readDocumentFiles(db, shopId, ids);
    for (const [place, document] of documents.entries()) {
      const file = files[place];
      if (!file) throw new Error("every document has its file");
      const zipped = zip.add(names.take(document), file.bytes, { day: document.issuedOn, packed: true });
      if (zipped.sha256 !== file.sha256)
        throw new Error(`the PDF of ${document.number} is not what was kept`);
      written += 1;
      yield written;
    }
  }
}

const manifestColumns = [
  { key: "file", label: "File" },
  { key: "bytes", label: "Bytes" },
  { key: "sha256", label: "SHA-256" },
];

const encoder = new TextEncoder();

/**
 * Adds the list of all files with their sizes and hashes, for people and for programs. It is the last that is added.
 * @param facts what the ZIP is, for programs
 */
export function addManifest(zip: ZipFile, day: string, facts: Record<string, unknown>): void {
  const files = [...zip.files];
  const csv = zip.begin("manifest.csv", { day });
  const writer = new CsvWriter(
    { columns: manifestColumns, total: files.length, title: "Manifest" },
    csv.push,
  );
  writer.write(
    files.map(({ file, bytes, sha256 }) => [text(file), { type: "integer", value: bytes }, text(sha256)]),
  );
  writer.end();
  csv.end();
  const manifest = { ...facts, files };
  zip.add("manifest.json", encoder.encode(`${JSON.stringify(manifest, null, 2)}\n`), { day });
}
