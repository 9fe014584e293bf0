import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../app/db.server.ts";
import { type DocumentSort, documentSearchTable } from "../../app/invoices/document-search-table.ts";
import { listHeldOrders } from "../../app/invoices/held-orders.server.ts";
import { type ListDocuments, listDocuments } from "../../app/invoices/list-documents.server.ts";
import { parseDocumentQuery } from "../../app/invoices/parse-document-query.ts";
import { totalDocuments } from "../../app/invoices/total-documents.server.ts";
import type { Cursor } from "../../app/search/search-table.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import {
  explainAgain,
  nodesOf,
  openRecordingDb,
  type ReadPlan,
  type Statement,
} from "../support/recorded-statements.ts";
import { shopWithVariedDocuments } from "./varied-documents.ts";

const context = openAppContext();
let recording: { db: Db; takeStatements(): Statement[] };
let shop: { id: ShopId; timeZone: string; currency: string };

beforeAll(async () => {
  await shopWithVariedDocuments(context, 500);
  const id = await shopWithVariedDocuments(context, 12_000);
  shop = { id, timeZone: "Europe/Berlin", currency: "EUR" };
  const owner = postgres(context.url, { max: 1, onnotice: () => {} });
  await owner`vacuum analyze documents, document_states, document_search`;
  await owner.end();
  recording = openRecordingDb(context.url);
}, 300_000);
afterAll(() => recording?.db.close());

type Page = Partial<Omit<ListDocuments, "query">> & { q?: string };

const toRequest = ({ q = "", ...page }: Page): ListDocuments => ({
  query: parseDocumentQuery(q, shop.timeZone).query,
  sort: "issued",
  direction: "desc",
  ...page,
});

async function plansOf(read: (db: Db) => Promise<unknown>): Promise<ReadPlan[]> {
  recording.takeStatements();
  await read(recording.db);
  return explainAgain(recording.db, shop.id, recording.takeStatements());
}

/** Tables that grow with the shop's documents. */
const growing = ["documents", "document_states", "document_search", "invoice_drafts", "orders"];

function expectNoWalkThroughATable(plans: ReadPlan[]) {
  expect(plans.length).toBeGreaterThan(0);
  for (const { plan, statement } of plans) {
    const walked = nodesOf(plan).filter(
      (node) => node["Node Type"] === "Seq Scan" && growing.includes(node["Relation Name"] ?? ""),
    );
    expect({ statement, walked }).toEqual({ statement, walked: [] });
  }
}

const buffersOf = (plans: ReadPlan[]) => plans.reduce((sum, { buffers }) => sum + buffers, 0);

const pages: Record<string, Page> = {
  "the first page": {},
  "a state": { q: "status:overdue" },
  "what is open": { q: "is:open" },
  "a kind": { q: "kind:credit_note" },
  "a buyer as the name begins": { q: "buyer:mül" },
  "one order's documents": { q: "#5000" },
  "a number without its zeros": { q: "number:4711" },
  "a phrase": { q: '"straße 5"' },
  "a word that is nowhere": { q: "xylophone" },
  "a range of totals": { q: "total:100..120" },
  "a month": { q: "issued:2024-03" },
  "what was due by a day": { q: "due:<2024-02-01 is:open" },
  "a sort by due date": { sort: "due", direction: "asc" },
  "a sort by number": { sort: "number" },
  "a searched sort by total": { q: "anna", sort: "total" },
  "a day to begin with": { at: "2024-06-01" },
};

describe("no table is read from end to end for", () => {
  for (const [name, page] of Object.entries(pages)) {
    test(name, async () => {
      expectNoWalkThroughATable(await plansOf((db) => listDocuments(db, shop, toRequest(page))));
    });
  }

  test("counts, sums and the orders that wait", async () => {
    for (const q of ["", "anna", "is:open", "issued:2024-03", "total:100..120"])
      expectNoWalkThroughATable(await plansOf((db) => totalDocuments(db, shop, toRequest({ q }).query)));
    expectNoWalkThroughATable(await plansOf((db) => listHeldOrders(db, shop.id, 3)));
  });
});

test("a page in the depth is as cheap as the first one, by any sort, forwards and back", async () => {
  for (const sort of Object.keys(documentSearchTable.sorts) as DocumentSort[]) {
    const first = buffersOf(await plansOf((db) => listDocuments(db, shop, toRequest({ sort }))));
    const edge = await placeAt(sort, 10_000);
    for (const side of ["after", "before"] as const) {
      const plans = await plansOf((db) => listDocuments(db, shop, toRequest({ sort, [side]: edge })));
      expectNoWalkThroughATable(plans);
      expect(buffersOf(plans), `${side} by ${sort}`).toBeLessThanOrEqual(first * 1.5);
    }
  }
});

/** The place behind a number of rows, found the slow way. */
async function placeAt(sort: DocumentSort, rows: number): Promise<Cursor> {
  const { column } = documentSearchTable.sorts[sort];
  const [row] = await recording.db.sql.begin(async (sql) => {
    await sql`select set_config('app.shop_id', ${shop.id}, true)`;
    return sql<Cursor[]>`
      select document_id as id, to_json(${sql(column)})#>>'{}' as key from desk_documents
      order by ${sql(column)} desc, document_id desc offset ${rows} limit 1`;
  });
  if (!row) throw new Error("the list is shorter than that");
  return row;
}
