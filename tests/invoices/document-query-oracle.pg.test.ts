import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { type DocumentSort, documentSearchTable } from "../../app/invoices/document-search-table.ts";
import { documentVocabulary } from "../../app/invoices/document-vocabulary.ts";
import { listDocuments } from "../../app/invoices/list-documents.server.ts";
import { parseDocumentQuery } from "../../app/invoices/parse-document-query.ts";
import { totalDocuments } from "../../app/invoices/total-documents.server.ts";
import { formatQuery } from "../../app/search/format-query.ts";
import { emptyQuery, type Query } from "../../app/search/query.ts";
import { readPage } from "../../app/search/read-page.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { seededRandom } from "../../drizzle/seeds/seeded-random.ts";
import { type Material, randomQuery } from "../search/random-queries.ts";
import { openAppContext } from "../support/app-context.ts";
import { askDocumentOracle, documentFilter, layOutDocuments } from "./document-oracle.ts";
import { shopWithVariedDocuments } from "./varied-documents.ts";

const context = openAppContext();
let owner: postgres.Sql;
let shop: { id: ShopId; timeZone: string; currency: string };
let material: Material;

beforeAll(async () => {
  owner = postgres(context.url, { max: 1, onnotice: () => {} });
  // A stranger with the same documents: nothing of them may be found.
  await shopWithVariedDocuments(context, 100);
  const id = await shopWithVariedDocuments(context, 400);
  shop = { id, timeZone: "Europe/Berlin", currency: "EUR" };
  await layOutDocuments(owner, shop);
  const [row] = await owner<Material[]>`
    select array_agg(everything) as texts, array_agg(number) || array_agg(order_name) as names,
      '{}'::text[] as tags, '{}'::text[] as "customerIds" from document_facts`;
  if (!row) throw new Error("there are no facts");
  material = row;
}, 120_000);
afterAll(() => owner.end());

const find = (query: Query) =>
  withShop(context.db, shop.id, async (tx) => {
    const request = { query, sort: "issued", direction: "asc", limit: 1_000 } as const;
    return (await readPage(tx, documentSearchTable, request, shop)).rows.map(({ id }) => id).sort();
  });

test("a thousand random queries, written and read, find what plain SQL finds in the documents", async () => {
  let found = 0;
  const differences: object[] = [];
  for (let index = 0; index < 1_000; index += 1) {
    const text = formatQuery(
      randomQuery(seededRandom(21, index), material, documentVocabulary),
      documentVocabulary,
    );
    const { query, errors } = parseDocumentQuery(text, shop.timeZone);
    const [ids, expected] = await Promise.all([find(query), askDocumentOracle(owner, query, shop)]);
    if (errors.length > 0 || ids.join() !== expected.join())
      differences.push({ text, errors, found: ids.length, expected: expected.length });
    if (ids.length > 0) found += 1;
  }
  expect(differences).toEqual([]);
  // Otherwise the queries would be so strange that finding nothing is always right.
  expect(found).toBeGreaterThan(300);
}, 240_000);

test("counts and sums agree with it: invoices less credit notes, and what is still to be paid", async () => {
  for (let index = 0; index < 100; index += 1) {
    const query =
      index === 0 ? emptyQuery : randomQuery(seededRandom(22, index), material, documentVocabulary);
    const sums = await owner`
      select currency, sum(case kind when 'invoice' then gross_minor else -gross_minor end)::text as "totalMinor",
        sum(open_minor)::text as "openMinor"
      from document_facts where ${documentFilter(owner, query, shop)}
      group by 1 order by currency <> 'EUR', currency`;
    const { count, sum } = await totalDocuments(context.db, shop, query);
    expect(count).toEqual({ count: (await askDocumentOracle(owner, query, shop)).length, exact: true });
    expect(sum).toEqual([...sums]);
  }
}, 120_000);

/** Plain SQL's order; the oracle has one series for each kind and year. */
const sortColumns: Record<DocumentSort, string> = {
  issued: "issued_at",
  number: "(series, sequence)",
  due: "coalesce(due_on, 'infinity')",
  total: "gross_minor",
  buyer: "buyer_key",
};

test("walking forwards and back over any sort gives the whole list once, in plain SQL's order", async () => {
  for (let index = 0; index < 30; index += 1) {
    const random = seededRandom(23, index);
    const query = random.chance(0.3) ? emptyQuery : randomQuery(random, material, documentVocabulary);
    const sort = random.pick(Object.keys(documentSearchTable.sorts) as DocumentSort[]);
    const direction = random.pick(["asc", "desc"] as const);
    const limit = random.integer(3, 120);
    const [by, down] = [owner.unsafe(sortColumns[sort]), owner.unsafe(direction)];
    const expected = (
      await owner<{ id: string }[]>`
        select id from document_facts where ${documentFilter(owner, query, shop)}
        order by ${by} ${down}, id ${down}`
    ).map(({ id }) => id);

    const list = { query, sort, direction, limit };
    let page = await listDocuments(context.db, shop, list);
    expect(page.before).toBeNull();
    const forwards = page.documents.map(({ id }) => id);
    while (page.after) {
      page = await listDocuments(context.db, shop, { ...list, after: page.after });
      forwards.push(...page.documents.map(({ id }) => id));
    }
    expect(forwards).toEqual(expected);

    const backwards = page.documents.map(({ id }) => id);
    while (page.before) {
      page = await listDocuments(context.db, shop, { ...list, before: page.before });
      backwards.unshift(...page.documents.map(({ id }) => id));
    }
    expect(backwards).toEqual(expected);
  }
}, 120_000);
