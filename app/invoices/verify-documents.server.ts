import { type Db, type Tx, withShopSnapshot, withSystem } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import type { ShopId } from "../shops/shop.ts";
import { type HashedRow, hashDocument } from "./document-hash.ts";
import { verifyFiles } from "./verify-files.server.ts";

/** What was found wrong first. */
export interface Tampering {
  shop: string;
  /** The document's number; null when a whole row is gone from the end of a series. */
  number: string | null;
  /** In a sentence. */
  problem: string;
}

export interface Verification {
  shops: number;
  series: number;
  documents: number;
  files: number;
  /** Null when every document, chain and file is as it was issued. */
  tampering: Tampering | null;
}

/** Rows fetched at a time: the memory it takes stays the same whatever the number of documents. */
const pageSize = 500;

/**
 * Checks every document of every shop against what the database sealed at issue: its hash, the chain of hashes in its
 * series, the run of numbers from first to last, the columns against the content, the kept PDF against its own hash.
 * The hashes are worked out here anew and not by the database's own function.
 *
 * Each kept PDF is also rendered anew from the document's frozen content and compared, so that one which was replaced
 * together with its hash shows. That is nearly all the work.
 *
 * Reads as the role of the processes, shop by shop, each shop as it is at one instant. Stops at the first finding.
 *
 * @param options.quick leaves the rendering out
 */
export async function verifyDocuments(db: Db, { quick = false } = {}): Promise<Verification> {
  const counts = { shops: 0, series: 0, documents: 0, files: 0 };
  const shops = await withSystem(
    db,
    (tx) => tx.sql<{ id: ShopId; domain: string }[]>`select id, domain from shops order by domain`,
  );
  for (const { id, domain } of shops) {
    counts.shops += 1;
    const found = (await verifySeries(db, id, counts)) ?? (await verifyFiles(db, id, counts, quick));
    if (found) return { ...counts, tampering: { shop: domain, ...found } };
  }
  return { ...counts, tampering: null };
}

export type Found = Omit<Tampering, "shop">;

interface Series {
  id: string;
  kind: string;
  year: number;
  first: string;
  last: string;
  lastHash: string | null;
}

function verifySeries(
  db: Db,
  shopId: ShopId,
  counts: { series: number; documents: number },
): Promise<Found | null> {
  return withShopSnapshot(db, shopId, async (tx) => {
    const series = await tx.sql<Series[]>`
      select id, kind, year, first_sequence as first, last_sequence as last, last_hash as "lastHash"
      from number_series where shop_id = ${shopId} order by kind desc, year`;
    for (const one of series) {
      counts.series += 1;
      const found = await verifyChain(tx, shopId, one, counts);
      if (found) return found;
    }
    return null;
  });
}

async function verifyChain(
  tx: Tx,
  shopId: ShopId,
  { id, kind, year, first, last, lastHash }: Series,
  counts: { documents: number },
): Promise<Found | null> {
  let expected = BigInt(first);
  let previousHash = "";
  let previousNumber: string | null = null;
  for await (const row of readChain(tx, shopId, id)) {
    counts.documents += 1;
    const { number } = row;
    if (BigInt(row.sequence) !== expected)
      return { number, problem: `The document with sequence ${expected} before it is missing.` };
    const isWhole = row.hash === hashDocument(row);
    // A document that is whole itself names the hash of the one before it as it was issued.
    if (row.previous_hash !== previousHash && isWhole && previousNumber !== null)
      return {
        number: previousNumber,
        problem: `It has another hash than when ${number} was issued after it.`,
      };
    if (row.previous_hash !== previousHash)
      return { number, problem: "Its link to the document before it is broken." };
    if (!isWhole) return { number, problem: "What it says is not what its hash was made of." };
    const field = findDifference(row, kind);
    if (field) return { number, problem: `Its column ${field} is not what its content says.` };
    previousHash = row.hash;
    previousNumber = number;
    expected += 1n;
  }
  const name = `the ${year === 0 ? "" : `${year} `}series of ${kind === "invoice" ? "invoices" : "credit notes"}`;
  if (expected - 1n !== BigInt(last))
    return {
      number: null,
      problem: `Documents are missing at the end of ${name}: it ends at ${expected - 1n}, not at ${last}.`,
    };
  if ((lastHash ?? "") !== previousHash)
    return {
      number: previousNumber,
      problem: `It is the last document of ${name}, but not as the one that was issued last.`,
    };
  return null;
}

type ChainRow = HashedRow & { hash: string };

async function* readChain(tx: Tx, shopId: ShopId, seriesId: string): AsyncGenerator<ChainRow> {
  let after = "-1";
  for (;;) {
    const page: ChainRow[] = await tx.sql<ChainRow[]>`
      select previous_hash, shop_id::text, id::text, kind, series_id::text, sequence::text, number,
        to_char(issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as issued_at,
        to_char(issued_on, 'YYYY-MM-DD') as issued_on, to_char(due_on, 'YYYY-MM-DD') as due_on, order_id::text,
        refers_to_id::text, trigger, template_version::text, currency, net_minor::text, tax_minor::text,
        gross_minor::text, shop_currency, shop_net_minor::text, shop_tax_minor::text, shop_gross_minor::text,
        buyer_name, buyer_email, buyer_country, content, actor_kind, actor_id, actor_name, hash
      from documents where shop_id = ${shopId} and series_id = ${seriesId} and sequence > ${after}
      order by documents.sequence limit ${pageSize}`;
    yield* page;
    const last = page.at(-1);
    if (page.length < pageSize || !last) return;
    after = last.sequence;
  }
}

/** The first column that does not say what the content says. */
function findDifference(row: ChainRow, seriesKind: string): string | null {
  const content = JSON.parse(row.content) as DocumentContent;
  const { totals, shopTotals, buyer } = content;
  const said: [keyof HashedRow, string | null][] = [
    ["kind", content.kind],
    ["kind", seriesKind],
    ["currency", content.currency],
    ["net_minor", totals.netMinor],
    ["tax_minor", totals.taxMinor],
    ["gross_minor", totals.grossMinor],
    ["shop_currency", content.shopCurrency],
    ["shop_net_minor", shopTotals.netMinor],
    ["shop_tax_minor", shopTotals.taxMinor],
    ["shop_gross_minor", shopTotals.grossMinor],
    ["buyer_name", buyer.company ?? buyer.name],
    ["buyer_email", buyer.email],
    ["buyer_country", buyer.countryCode],
  ];
  return said.find(([column, value]) => row[column] !== value)?.[0] ?? null;
}
