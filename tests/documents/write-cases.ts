import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderDocument, renderPreview } from "../../app/documents/render-document.ts";
import { documentCases } from "./document-cases.ts";
import { sampleContent } from "./sample-documents.ts";

/**
 * Writes each case as a PDF into a folder, to be looked at: `node tests/documents/write-cases.ts /tmp/cases`. The
 * pictures in docs/screenshots/invoices are made of them with `pdftoppm -png -r 72`.
 */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Name the folder to write to.");
await mkdir(folder, { recursive: true });
for (const [name, document] of Object.entries(documentCases)) {
  await writeFile(join(folder, `${name}.pdf`), await renderDocument(document, { logo: null }));
}
await writeFile(join(folder, "draft.pdf"), await renderPreview(sampleContent(), null));
