import type { ExportCell } from "./export-cell.ts";
import type { FileOrder, FileWriter } from "./file-writer.ts";

const encoder = new TextEncoder();

/** One JSON object a line. Ids and minor units are strings, because they do not fit into a JavaScript number. */
export class JsonLinesWriter implements FileWriter {
  readonly #keys: string[];
  readonly #push: (bytes: Uint8Array) => void;

  constructor({ columns }: FileOrder, push: (bytes: Uint8Array) => void) {
    this.#keys = columns.map(({ key }) => JSON.stringify(key));
    this.#push = push;
  }

  write(rows: ExportCell[][]): void {
    const lines = rows.map((row) => {
      const members = row.map((cell, position) => `${this.#keys[position]}:${JSON.stringify(toValue(cell))}`);
      return `{${members.join(",")}}\n`;
    });
    if (lines.length > 0) this.#push(encoder.encode(lines.join("")));
  }

  end(): void {}
}

function toValue(cell: ExportCell): unknown {
  switch (cell.type) {
    case "texts":
      return cell.values;
    case "money":
      return cell.minor;
    case "instant":
      return cell.at;
    default:
      return cell.value;
  }
}
