import { createHash } from "node:crypto";
import { type DocumentContent, type IssuedDocument, templateVersion } from "./document.ts";
import { translate } from "./languages/translate.ts";
import { type ArchiveInfo, closePdf, openArchivePdf } from "./pdf/archive-pdf.ts";
import { layOut } from "./pdf/lay-out.ts";
import { readLogo } from "./pdf/logo.ts";

export interface RenderOptions {
  /** The seller's logo, PNG or JPEG; one that cannot be drawn is left out and the seller's name stands in its place. */
  logo: Uint8Array | null;
  /** Without number and dates, and marked as a draft on every page. */
  draft?: true;
}

/**
 * Renders a document as PDF/A-3b with a structure tree. The same document and logo give the same bytes, in any process
 * with the same version of the program.
 *
 * @throws Error when a font's package is missing, or when the templates that made the document are not known here
 */
export async function renderDocument(
  document: IssuedDocument,
  { logo, draft }: RenderOptions,
): Promise<Uint8Array> {
  const isDraft = draft === true;
  const info = { title: nameOf(document, isDraft), key: document.id };
  const pdf = openArchivePdf({ ...describe(document), ...info });
  addDocument(pdf, { document, logo }, isDraft);
  return closePdf(pdf);
}

/** A document to be printed with others, with the logo it was issued with. */
export interface PrintedDocument {
  document: IssuedDocument;
  logo: Uint8Array | null;
}

/**
 * Renders issued documents into one file, for printing. Each begins on a page of its own and counts its own pages.
 * Between two of them the process gets to its other work.
 *
 * @throws Error for no document at all, and as `renderDocument` does
 */
export async function renderDocuments(printed: PrintedDocument[]): Promise<Uint8Array> {
  const [first, last] = [printed[0]?.document, printed.at(-1)?.document];
  if (!first || !last) throw new Error("There is no document to render.");
  const numbers = printed.length === 1 ? first.number : `${first.number} – ${last.number}`;
  const ids = createHash("sha256");
  for (const { document } of printed) ids.update(document.id);
  const pdf = openArchivePdf({ ...describe(first), title: numbers, key: ids.digest("hex") });
  for (const each of printed) {
    addDocument(pdf, each, false);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return closePdf(pdf);
}

function describe({ issuedOn, content }: IssuedDocument): Pick<ArchiveInfo, "author" | "language" | "day"> {
  return { author: content.seller.name, language: content.language, day: issuedOn };
}

function addDocument(pdf: PDFKit.PDFDocument, { document, logo }: PrintedDocument, isDraft: boolean): void {
  const { templateVersion: version } = document;
  if (version < 1 || version > templateVersion) throw new Error(unknownTemplates(document));
  layOut(pdf, document, { logo: logo && readLogo(logo), isDraft });
}

/** Renders what a document would look like if it was issued as it stands: for a draft, and for trying out templates. */
export async function renderPreview(content: DocumentContent, logo: Uint8Array | null): Promise<Uint8Array> {
  const document: IssuedDocument = {
    id: "preview",
    number: "",
    issuedOn: content.order.placedOn,
    dueOn: null,
    templateVersion,
    content,
  };
  return renderDocument(document, { logo, draft: true });
}

function unknownTemplates({ number, templateVersion: version }: IssuedDocument): string {
  return `${number} was made with templates of version ${version}, which this version of the program does not have.`;
}

function nameOf({ number, content }: IssuedDocument, isDraft: boolean): string {
  const kind = translate(content.language, content.kind === "invoice" ? "invoice" : "creditNote");
  return isDraft ? `${kind} (${translate(content.language, "draft")})` : `${kind} ${number}`;
}
