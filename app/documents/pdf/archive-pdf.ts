import PDFDocument from "pdfkit";

export interface ArchiveInfo {
  title: string;
  author: string;
  /** BCP 47 */
  language: string;
  /** A day; stands for the moment of creation, because a clock would make every rendering another file. */
  day: string;
  /** Makes the file's identifier differ from those of all other documents. */
  key: string;
}

/** An empty PDF/A-3b with a structure tree. Pages stay open until the end, so that the last can tell how many. */
export function openArchivePdf({ title, author, language, day, key }: ArchiveInfo): PDFKit.PDFDocument {
  const created = new Date(`${day}T00:00:00Z`);
  return new ArchivePdf({
    subset: "PDF/A-3b",
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: language,
    autoFirstPage: false,
    bufferPages: true,
    // No standard font: those are never embedded, which PDF/A asks of every font.
    font: "",
    info: {
      Title: title,
      Author: author,
      Keywords: key,
      Producer: "Atomic Orders",
      Creator: "Atomic Orders",
      CreationDate: created,
      ModDate: created,
    },
  });
}

class ArchivePdf extends PDFDocument {
  /** pdfkit writes the info into XML as it is; a title with an ampersand would make the packet unreadable. */
  override _addInfo(): void {
    const { Title, Author, Keywords } = this.info;
    Object.assign(this.info, {
      Title: escapeXml(Title ?? ""),
      Author: escapeXml(Author ?? ""),
      Keywords: escapeXml(Keywords ?? ""),
    });
    super._addInfo();
  }
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Ends the document and gives its bytes. */
export async function closePdf(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  pdf.end();
  const chunks: Buffer[] = [];
  for await (const chunk of pdf) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}
