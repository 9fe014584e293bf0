import { type DocumentContent, type IssuedDocument, templateVersion } from "./document.ts";
import { translate } from "./languages/translate.ts";
import { closePdf, openArchivePdf } from "./pdf/archive-pdf.ts";
import { layOut } from "./pdf/lay-out.ts";
import { readLogo } from "./pdf/logo.ts";

export interface RenderOptions {
  /** The seller's logo, PNG or JPEG; one that cannot be drawn is left out and the seller's name stands in its place. */
  logo: Uint8Array | null;
  /** For several documents, whose sellers' logos may differ: by the hash that a document names. They go before `logo`. */
  logos?: ReadonlyMap<string, Uint8Array>;
  /** Without number and dates, and marked as a draft on every page. */
  draft?: true;
}

/**
 * Renders a document as PDF/A-3b with a structure tree. The same document and logo give the same bytes, in any process
 * with the same version of the program.
 *
 * @throws Error when a font's package is missing, or when the templates that made the document are not known here
 */
export async function renderDocument(document: IssuedDocument, options: RenderOptions): Promise<Uint8Array> {
  return renderDocuments([document], options);
}

/**
 * Renders several documents into one file, for printing. Each begins on a page of its own and counts its own pages.
 * Between two of them the process gets to its other work.
 */
export async function renderDocuments(
  documents: IssuedDocument[],
  { logo, logos, draft = undefined }: RenderOptions,
): Promise<Uint8Array> {
  const [first] = documents;
  if (!first) throw new Error("There is no document to render.");
  const pdf = openArchivePdf({
    title: documents.map((document) => nameOf(document, draft === true)).join(", "),
    author: first.content.seller.name,
    language: first.content.language,
    day: first.issuedOn,
    key: documents.map(({ id }) => id).join(" "),
  });
  const usual = logo && readLogo(logo);
  const pictures = new Map([...(logos ?? [])].map(([sha256, bytes]) => [sha256, readLogo(bytes)]));
  for (const document of documents) {
    if (document.templateVersion !== templateVersion) throw new Error(unknownTemplates(document));
    const picture = pictures.get(document.content.seller.logoSha256 ?? "") ?? usual;
    layOut(pdf, document, { logo: picture, isDraft: draft === true });
    if (documents.length > 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return closePdf(pdf);
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
