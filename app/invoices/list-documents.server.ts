import { type Db, type Tx, withShop } from "../db.server.ts";
import { edgeOfDay } from "../search/edge-of-day.server.ts";
import type { Query } from "../search/query.ts";
import { readPage, readPlaces } from "../search/read-page.server.ts";
import type { Cursor, Direction } from "../search/search-table.ts";
import type { Shop } from "../shops/shop.ts";
import { type DocumentSort, documentSearchTable } from "./document-search-table.ts";
import type { DocumentListItem } from "./documents.server.ts";

/** A row of the list with its place in it. Amounts are minor units of `currency` as text. */
export interface ListedDocument extends DocumentListItem {
  /** The value the list is sorted by, as a cursor has it. */
  sortKey: string;
  /** That of its payment state: nothing else of a document ever changes. */
  version: number;
  orderName: string;
  buyerName: string | null;
  buyerEmail: string | null;
  /** What is still to be paid; 0 for a credit note. */
  openMinor: string;
  /** Why it was issued; null for an ordinary invoice. */
  reason: string | null;
}

export interface DocumentPage {
  documents: ListedDocument[];
  /** The edge to go on from towards the start of the list; null when nothing comes before. */
  before: Cursor | null;
  /** The same towards its end. */
  after: Cursor | null;
}

export interface ListDocuments {
  query: Query;
  sort: DocumentSort;
  direction: Direction;
  after?: Cursor | null;
  before?: Cursor | null;
  /** A day in the shop's time zone, `yyyy-mm-dd`: the list begins with its documents. For the sort by issue only. */
  at?: string | null;
  limit?: number;
}

type ListingShop = Pick<Shop, "id" | "timeZone" | "currency">;

/** One page of the shop's invoices and credit notes. A deep page costs what the first does. */
export function listDocuments(db: Db, shop: ListingShop, request: ListDocuments): Promise<DocumentPage> {
  const { query, sort, direction, limit = 50 } = request;
  return withShop(db, shop.id, async (tx) => {
    const edge = request.at ? await edgeOfDay(tx, request.at, direction, shop.timeZone) : null;
    const after = edge ?? request.after ?? null;
    const before = edge ? null : (request.before ?? null);
    const page = await readPage(
      tx,
      documentSearchTable,
      { query, sort, direction, after, before, limit },
      shop,
    );
    return {
      documents: await readRows(tx, shop, page.rows),
      before: page.before,
      after: page.after,
    };
  });
}

/** The given documents as the list shows them now; those that the query does not match any more are left out. */
export function readListedDocuments(
  db: Db,
  shop: ListingShop,
  { query, sort, ids }: { query: Query; sort: DocumentSort; ids: string[] },
): Promise<ListedDocument[]> {
  return withShop(db, shop.id, async (tx) =>
    readRows(tx, shop, await readPlaces(tx, documentSearchTable, { query, sort, ids }, shop)),
  );
}

/** Reads the documents at the given places, in their order. Those of another shop are left out. */
async function readRows(tx: Tx, shop: ListingShop, places: Cursor[]): Promise<ListedDocument[]> {
  if (places.length === 0) return [];
  const keys = new Map(places.map(({ id, key }) => [id, key]));
  const rows = await tx.sql<Omit<ListedDocument, "sortKey">[]>`
    select d.id, d.order_id as "orderId", d.kind, d.number, to_json(d.issued_at)#>>'{}' as "issuedAt",
      d.issued_on::text as "issuedOn", d.due_on::text as "dueOn", d.trigger, d.currency,
      d.gross_minor::text as "grossMinor", s.state, s.paid_minor::text as "paidMinor",
      s.credited_minor::text as "creditedMinor", s.version, d.buyer_name as "buyerName",
      d.buyer_email as "buyerEmail", said.content->'order'->>'name' as "orderName", said.content->>'reason' as reason,
      case d.kind when 'invoice' then greatest(d.gross_minor - s.credited_minor - s.paid_minor, 0) else 0 end::text
        as "openMinor"
    from unnest(${[...keys.keys()]}::uuid[]) with ordinality as wanted (id, place)
    join documents d on d.shop_id = ${shop.id} and d.id = wanted.id
    join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
    cross join lateral (select d.content::jsonb as content offset 0) said
    order by wanted.place`;
  return rows.map((row) => ({ ...row, sortKey: keys.get(row.id) ?? "" }));
}
