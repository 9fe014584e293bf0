import type { Db, Tx } from "../db.server.ts";
import { renderDocuments } from "../documents/render-document.ts";
import { ExportRefused } from "../exports/export-refused.ts";
import type { FileSource, OpenedFile } from "../exports/file-source.ts";
import { ZipFile } from "../exports/zip-file.server.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import { todayIn } from "../search/today-in.ts";
import type { Shop } from "../shops/shop.ts";
import { documentSearchTable } from "./document-search-table.ts";
import { readIssuedDocuments } from "./documents.server.ts";
import { parseDocumentQuery } from "./parse-document-query.ts";
import { findLogo } from "./save-logo.server.ts";
import { addManifest, zipDocuments } from "./zip-documents.server.ts";

/** Documents of one PDF: it is laid out in memory as a whole. */
const maxInOnePdf = 500;

/** The PDFs of ticked documents, or of all that a query matches: as one PDF, or as a ZIP with their hashes. */
export const documentFiles: FileSource = {
  async open({ db, tx }, shop, request) {
    const total = await openDocuments(tx, shop, request);
    if (total === 0)
      throw new ExportRefused("None of these documents exists, so there is nothing to download.");
    if (request.format === "pdf") return openPdf({ db, tx }, shop, total);
    return {
      total,
      async *write(push) {
        const zip = new ZipFile(push);
        yield* zipDocuments({ db, tx, shopId: shop.id }, zip);
        addManifest(zip, todayIn(shop.timeZone), { shop: shop.domain, documents: total });
        zip.end();
      },
    };
  },
};

/** One PDF is rendered anew from what is frozen, because kept ones cannot be joined and stay what they are. */
function openPdf({ db, tx }: { db: Db; tx: Tx }, shop: Shop, total: number): OpenedFile {
  if (total > maxInOnePdf)
    throw new ExportRefused(`One PDF holds up to ${maxInOnePdf} documents. Download these as a ZIP instead.`);
  return {
    total,
    async *write(push) {
      const rows = await tx.sql.unsafe<{ id: string }[]>(`fetch ${maxInOnePdf} from export_documents`);
      const documents = await readIssuedDocuments(
        tx,
        shop.id,
        rows.map(({ id }) => id),
      );
      const hashes = new Set(documents.flatMap(({ content }) => content.seller.logoSha256 ?? []));
      const logos = new Map<string, Uint8Array>();
      for (const sha256 of hashes) {
        const logo = await findLogo(db, shop.id, sha256);
        if (logo) logos.set(sha256, logo.bytes);
      }
      const printed = documents.map((document) => ({
        document,
        logo: logos.get(document.content.seller.logoSha256 ?? "") ?? null,
      }));
      push(await renderDocuments(printed));
      yield documents.length;
    },
  };
}

/** Counts the documents and opens the cursor `export_documents` over them: by day, and within it as they are numbered. */
async function openDocuments(
  tx: Tx,
  shop: Shop,
  { ids, query }: { ids: string[] | null; query: string },
): Promise<number> {
  const { sql } = tx;
  const { query: parsed } = parseDocumentQuery(query, shop.timeZone);
  const chosen = ids
    ? sql`select unnest(${ids}::uuid[]) as id`
    : sql`select document_id as id from desk_documents
          where ${allOf(tx, compileQuery(tx, documentSearchTable, parsed, shop))}`;
  const from = sql`from documents d where d.shop_id = ${shop.id} and d.id in (${chosen})`;
  await sql`
    declare export_documents no scroll cursor for
    select d.id, d.kind, d.number, d.issued_on::text as "issuedOn" ${from}
    order by d.issued_on, d.kind desc, d.sequence, d.id`;
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count ${from}`;
  return row?.count ?? 0;
}
