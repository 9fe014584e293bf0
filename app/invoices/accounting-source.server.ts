import type { Tx } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import { CsvWriter } from "../exports/csv-writer.ts";
import type { ExportCell } from "../exports/export-cell.ts";
import { ExportRefused } from "../exports/export-refused.ts";
import type { FileSource } from "../exports/file-source.ts";
import { ZipFile } from "../exports/zip-file.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type AccountedDocument, accountedColumns, taxColumns } from "./accounting-columns.ts";
import { type Period, parsePeriod } from "./accounting-period.ts";
import { TaxSums } from "./tax-sums.ts";
import { addManifest, zipDocuments } from "./zip-documents.server.ts";

/** Documents whose content is in memory at a time: a few kilobytes each. */
const rowsAtATime = 200;

/**
 * What an accountant needs of a period, as one ZIP: the documents and the tax sums as CSV, every PDF, and a manifest of
 * hashes. All of it is as it was in one snapshot, in an order that depends on nothing but the documents.
 */
export const accountingFile: FileSource = {
  async open({ db, tx }, shop, { query }) {
    const period = parsePeriod(query);
    if (!period) throw new ExportRefused("That is no period. Choose one on the accountant’s page.");
    const [row] = await tx.sql<{ count: number }[]>`
      select count(*)::int as count ${documentsOf(tx, shop.id, period)}`;
    const total = row?.count ?? 0;
    return {
      total,
      async *write(push) {
        const zip = new ZipFile(push);
        const sums = new TaxSums();
        // The cursor's rows go through both: into the list of documents, and into the sums.
        const documents = zip.begin("documents.csv", { day: period.to });
        const writer = openCsv(accountedColumns, total, documents.push);
        await declareRows(tx, shop.id, period);
        for (let rows = await fetchRows(tx); rows.length > 0; rows = await fetchRows(tx)) {
          for (const row of rows) sums.add(row);
          writer.write(rows.map((row) => accountedColumns.map((column) => column.read(row))));
          yield 0;
        }
        writer.end();
        documents.end();
        const rows = sums.rows();
        const taxes = zip.begin("taxes.csv", { day: period.to });
        openCsv(taxColumns, rows.length, taxes.push).write(
          rows.map((sum): ExportCell[] => taxColumns.map((column) => column.read(sum))),
        );
        taxes.end();
        await tx.sql`
          declare export_documents no scroll cursor for
          select d.id, d.kind, d.number, d.issued_on::text as "issuedOn" ${documentsOf(tx, shop.id, period)} ${inOrder(tx)}`;
        yield* zipDocuments({ db, tx, shopId: shop.id }, zip);
        addManifest(zip, period.to, { shop: shop.domain, timeZone: shop.timeZone, period, documents: total });
        zip.end();
        yield total;
      },
    };
  },
};

function openCsv(
  columns: readonly { key: string; label: string }[],
  total: number,
  push: (bytes: Uint8Array) => void,
) {
  return new CsvWriter({ columns, total, title: "" }, push);
}

/** Issued in the period, on the shop's calendar: a document's day of issue is a day of that. */
const documentsOf = ({ sql }: Tx, shopId: ShopId, { from, to }: Period) => sql`
  from documents d join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
  where d.shop_id = ${shopId} and d.issued_on between ${from}::date and ${to}::date`;

const inOrder = ({ sql }: Tx) => sql`order by d.issued_on, d.kind desc, d.sequence, d.id`;

async function declareRows(tx: Tx, shopId: ShopId, period: Period): Promise<void> {
  await tx.sql`
    declare accounted_rows no scroll cursor for
    select d.number, d.issued_on::text as "issuedOn", d.due_on::text as "dueOn", d.buyer_country as country, d.content,
      s.state, s.paid_minor::text as "paidMinor", s.credited_minor::text as "creditedMinor", d.hash,
      d.previous_hash as "previousHash"
    ${documentsOf(tx, shopId, period)} ${inOrder(tx)}`;
}

async function fetchRows(tx: Tx): Promise<AccountedDocument[]> {
  const rows = await tx.sql.unsafe<(Omit<AccountedDocument, "content"> & { content: string })[]>(
    `fetch ${rowsAtATime} from accounted_rows`,
  );
  return rows.map((row) => ({ ...row, content: JSON.parse(row.content) as DocumentContent }));
}
