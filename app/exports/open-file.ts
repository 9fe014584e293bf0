import { CsvWriter } from "./csv-writer.ts";
import type { ListFormat } from "./export-format.ts";
import type { FileOrder, FileWriter } from "./file-writer.ts";
import { JsonLinesWriter } from "./json-lines-writer.ts";
import { XlsxWriter } from "./xlsx-writer.ts";

/** Opens a file of a format. @param push takes the bytes as they come */
export function openFile(
  format: ListFormat,
  order: FileOrder,
  push: (bytes: Uint8Array) => void,
): FileWriter {
  switch (format) {
    case "csv":
      return new CsvWriter(order, push);
    case "xlsx":
      return new XlsxWriter(order, push);
    case "jsonl":
      return new JsonLinesWriter(order, push);
  }
}
