import type { Tx } from "../db.server.ts";
import type { Shop } from "../shops/shop.ts";
import type { ExportColumn } from "./export-cell.ts";
import type { ListFormat } from "./export-format.ts";
import { type ExportedList, type ExportSource, fetchList, openList } from "./export-source.server.ts";
import type { OpenedFile } from "./file-source.ts";
import { openFile } from "./open-file.ts";

/** Opens the file of a list: exactly the rows that are in the snapshot, in the list's order. */
export async function openListFile(
  tx: Tx,
  source: ExportSource,
  request: ExportedList & { format: ListFormat; columns: string[] },
  shop: Shop,
): Promise<OpenedFile> {
  const total = await openList(tx, source, request, shop);
  return {
    total,
    async *write(push) {
      const columns = columnsFor(request.format, source.columnsOf(request.columns));
      const writer = openFile(request.format, { columns, total, title: source.title }, push);
      let written = 0;
      for (let rows = await fetchList(tx); rows.length > 0; rows = await fetchList(tx)) {
        writer.write(rows.map((row) => columns.map((column) => column.read(row))));
        written += rows.length;
        yield written;
      }
      if (written !== total) throw new Error(`the cursor gave ${written} rows of ${total}`);
      writer.end();
    },
  };
}

/** What only a program understands stays out of files for people. */
function columnsFor(format: ListFormat, columns: ExportColumn<object>[]) {
  return columns.flatMap((column) => {
    if (column.label === null && format !== "jsonl") return [];
    return [{ ...column, label: column.label ?? column.key }];
  });
}
