import { Zip, ZipDeflate } from "fflate";
import type { ExportCell } from "./export-cell.ts";
import { ExportRefused } from "./export-refused.ts";
import type { FileOrder, FileWriter } from "./file-writer.ts";
import { headerRow, sheetHead, sheetRow, sheetTail } from "./sheet-xml.ts";
import { workbookParts } from "./workbook-parts.ts";

/** Rows of a sheet below its header: Excel ends at 1,048,576. */
const maxRowsPerSheet = 1_048_575;

/** A ZIP without its 64-bit extension says sizes in 32 bits. */
const maxBytes = 2 ** 32 - 1;

/** Fast: the sheet's XML repeats itself so much that trying harder gains little. */
const compressionLevel = 2;

const encoder = new TextEncoder();

/** An Excel workbook, compressed while it is written. Rows beyond a sheet's end go on on the next one. */
export class XlsxWriter implements FileWriter {
  readonly #labels: string[];
  readonly #zip: Zip;
  readonly #rowsPerSheet: number;
  readonly #push: (bytes: Uint8Array) => void;
  #sheet: ZipDeflate | null = null;
  #sheetNumber = 0;
  #sheetRows = 0;
  #sheetBytes = 0;
  #fileBytes = 0;
  #failure: Error | null = null;

  /** @param rowsPerSheet for tests, which cannot wait for a million rows */
  constructor(
    { columns, total, title }: FileOrder,
    push: (bytes: Uint8Array) => void,
    rowsPerSheet = maxRowsPerSheet,
  ) {
    this.#labels = columns.map(({ label }) => label);
    this.#rowsPerSheet = rowsPerSheet;
    this.#push = push;
    this.#zip = new Zip((error, bytes) => this.#take(error, bytes));
    const sheetCount = Math.max(1, Math.ceil(total / rowsPerSheet));
    const names = Array.from({ length: sheetCount }, (_, index) => (index ? `${title} ${index + 1}` : title));
    for (const [path, xml] of Object.entries(workbookParts(names))) {
      const part = this.#open(path);
      part.push(encoder.encode(xml), true);
    }
    this.#beginSheet();
  }

  write(rows: ExportCell[][]): void {
    let xml = "";
    for (const row of rows) {
      if (this.#sheetRows === this.#rowsPerSheet) {
        this.#send(xml);
        xml = "";
        this.#endSheet();
        this.#beginSheet();
      }
      xml += sheetRow(row);
      this.#sheetRows += 1;
    }
    if (xml) this.#send(xml);
  }

  end(): void {
    this.#endSheet();
    this.#zip.end();
    this.#throwFailure();
  }

  #beginSheet(): void {
    this.#sheetNumber += 1;
    this.#sheetRows = 0;
    this.#sheetBytes = 0;
    this.#sheet = this.#open(`xl/worksheets/sheet${this.#sheetNumber}.xml`);
    this.#send(sheetHead(this.#labels.length) + headerRow(this.#labels));
  }

  #endSheet(): void {
    this.#sheet?.push(encoder.encode(sheetTail), true);
    this.#throwFailure();
  }

  #open(path: string): ZipDeflate {
    const entry = new ZipDeflate(path, { level: compressionLevel });
    this.#zip.add(entry);
    return entry;
  }

  #send(xml: string): void {
    const bytes = encoder.encode(xml);
    this.#sheetBytes += bytes.length;
    if (Math.max(this.#sheetBytes, this.#fileBytes) > maxBytes) {
      throw new ExportRefused("The workbook would be larger than Excel can open. Export a CSV file instead.");
    }
    this.#sheet?.push(bytes);
    this.#throwFailure();
  }

  #take(error: Error | null, bytes: Uint8Array): void {
    this.#failure ??= error;
    this.#fileBytes += bytes?.length ?? 0;
    if (!error) this.#push(bytes);
  }

  /** The ZIP tells of an error by its callback, where throwing would end up nowhere. */
  #throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }
}
