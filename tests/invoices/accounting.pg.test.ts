import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { monthOf } from "../../app/invoices/accounting-period.ts";
import { findLastMonth } from "../../app/invoices/accounting-summary.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { exportSteps } from "../exports/export-steps.ts";
import { openAppContext } from "../support/app-context.ts";
import { nextOrderId } from "../support/deliveries.ts";
import { billablePayload, createInvoicingShop, deliverOrder, readDocuments } from "../support/invoices.ts";
import { openZip, readCsv, sha256 } from "../support/open-zip.ts";
import { asSuperuserInShop } from "../support/superuser.ts";

const context = openAppContext();
const { ask, run, download } = exportSteps(context);
const paid = { financial_status: "paid" };

/** Invoices of three countries, one with a refund, one without tax, one of a buyer whose name is a formula; in two years. */
async function bookedShop(): Promise<ShopId> {
  const { shopId, domain } = await createInvoicingShop(context, { trigger: "paid" });
  const address = (country_code: string, name: string) => ({
    billing_address: { name, address1: "Main St 1", city: "Town", country_code },
  });
  const refunded = nextOrderId();
  await deliverOrder(context, domain, billablePayload({ id: refunded, ...paid, ...address("DE", "Ada") }));
  await deliverOrder(context, domain, billablePayload({ ...paid, ...address("FR", "=HYPERLINK(1)") }));
  await deliverOrder(
    context,
    domain,
    billablePayload({
      ...paid,
      ...address("CH", "Urs"),
      total_tax: "0.00",
      current_total_tax: "0.00",
      taxes_included: false,
      line_items: [
        {
          id: 11,
          title: "Mug",
          quantity: 2,
          current_quantity: 2,
          price: "12.00",
          taxable: false,
          tax_lines: [],
        },
      ],
      shipping_lines: [{ id: 21, title: "Post", price: "6.00", discounted_price: "6.00", tax_lines: [] }],
    }),
  );
  await deliverOrder(
    context,
    domain,
    billablePayload({ id: refunded, mugs: 1, minute: 5, ...paid, ...address("DE", "Ada") }),
  );
  await asSuperuserInShop(
    context,
    shopId,
    (sql) => sql`
      with copied as (
        insert into documents select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
          'issued_at', d.issued_at + interval '40 days'))).* from documents d
        where kind = 'invoice' and d.shop_id = ${shopId}
        order by d.issued_at limit 2
        returning shop_id, id)
      insert into document_states (shop_id, document_id, state) select shop_id, id, 'issued' from copied`,
  );
  return shopId;
}

async function account(shopId: ShopId, query = "2020-01-01..2029-12-31"): Promise<Map<string, Buffer>> {
  const exportId = await ask(shopId, { screen: "accounting", format: "zip", query, sort: "", columns: [] });
  await run(shopId, exportId);
  return openZip(await download(shopId, exportId));
}

const cents = (amount = "") => Math.round(Number(amount) * 100);

test("tax sums equal the documents to the cent, per month, country, rate and kind, as plain SQL over them says", async () => {
  const shopId = await bookedShop();
  const files = await account(shopId);
  const rows = readCsv(files.get("taxes.csv") ?? Buffer.of());
  const oracle = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<Record<string, string>[]>`
      select to_char(issued_on, 'YYYY-MM') as month, coalesce(buyer_country, '') as country, kind, tax->>'rate' as rate,
        sum(sign * (tax->>'baseMinor')::bigint)::text as base, sum(sign * (tax->>'taxMinor')::bigint)::text as tax,
        sum(sign * (tax->>'shopBaseMinor')::bigint)::text as "shopBase",
        sum(sign * (tax->>'shopTaxMinor')::bigint)::text as "shopTax", count(*)::text as documents
      from documents cross join lateral jsonb_array_elements(content::jsonb->'taxes') tax
        cross join lateral (select case kind when 'invoice' then 1 else -1 end) s (sign)
      group by 1, 2, 3, 4, tax->>'category' order by 1, 2, 3, 4`,
  );
  const told = rows
    .filter((row) => row["Rate in %"] !== "")
    .map((row) => ({
      month: row.Month,
      country: row.Country,
      kind: row.Kind === "Invoice" ? "invoice" : "credit_note",
      rate: Number(row["Rate in %"]) / 100,
      base: String(cents(row.Base)),
      tax: String(cents(row["Tax amount"])),
      shopBase: String(cents(row["Base in shop currency"])),
      shopTax: String(cents(row["Tax amount in shop currency"])),
      documents: row.Documents,
    }));
  expect(told.length).toBeGreaterThan(3);
  const bySomeOrder = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
  expect(told.toSorted(bySomeOrder)).toEqual(
    oracle.map((row) => ({ ...row, rate: Number(row.rate) })).toSorted(bySomeOrder),
  );

  const [totals] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      select sum(sign * net_minor)::int as net, sum(sign * tax_minor)::int as tax, sum(sign * gross_minor)::int as gross
      from documents cross join lateral (select case kind when 'invoice' then 1 else -1 end) s (sign)`,
  );
  const documents = readCsv(files.get("documents.csv") ?? Buffer.of());
  const sum = (table: Record<string, string>[], name: string) =>
    table.reduce((total, row) => total + cents(row[name]), 0);
  expect({ net: sum(rows, "Base"), tax: sum(rows, "Tax amount"), gross: sum(rows, "Gross") }).toEqual(totals);
  expect({ net: sum(documents, "Net"), tax: sum(documents, "Tax"), gross: sum(documents, "Gross") }).toEqual(
    totals,
  );
});

test("each document is one row with its hash, a buyer's formula is harmless, and every file is in the manifest", async () => {
  const shopId = await bookedShop();
  const files = await account(shopId);
  const stored = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ number: string; hash: string }[]>`
      select number, hash from documents order by issued_on, kind desc, sequence`,
  );
  const rows = readCsv(files.get("documents.csv") ?? Buffer.of());
  expect(rows.map(({ Number: number, Hash: hash }) => ({ number, hash }))).toEqual([...stored]);
  expect(rows.map(({ Buyer: buyer }) => buyer)).toContain("'=HYPERLINK(1)");
  const credit = rows.find(({ Kind: kind }) => kind === "Credit note");
  expect(credit).toMatchObject({ Gross: "-12.00", "Refers to": expect.stringMatching(/^INV-/) });
  const refunded = rows.find(({ Number: number }) => number === credit?.["Refers to"]);
  expect(cents(refunded?.["Paid, without what was credited"]) + cents(refunded?.Credited)).toBe(
    cents(refunded?.Gross),
  );

  const manifest = readCsv(files.get("manifest.csv") ?? Buffer.of());
  expect(manifest.map(({ File: file }) => file)).toEqual(
    [...files.keys()].filter((path) => !path.startsWith("manifest.")),
  );
  for (const { File: file = "", "SHA-256": hash, Bytes: bytes } of manifest) {
    expect(hash).toBe(sha256(files.get(file) ?? Buffer.of()));
    expect(bytes).toBe(String(files.get(file)?.length));
  }
  expect([...files.keys()].filter((path) => path.endsWith(".pdf"))).toHaveLength(stored.length);
});

test("a period ends with its last day, and the same period gives the same bytes", async () => {
  const shopId = await bookedShop();
  const [later] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ day: string }[]>`select max(issued_on)::text as day from documents`,
  );
  const day = later?.day ?? "";
  const rows = readCsv((await account(shopId, `${day}..${day}`)).get("documents.csv") ?? Buffer.of());
  expect(rows).toHaveLength(2);
  expect(new Set(rows.map((row) => row["Issued on"]))).toEqual(new Set([day]));
  const [one, other] = [await account(shopId), await account(shopId)];
  expect([...one].map(([path, bytes]) => [path, sha256(bytes)])).toEqual(
    [...other].map(([path, bytes]) => [path, sha256(bytes)]),
  );
});

test("a stranger's documents are in no accountant's file", async () => {
  const [mine, theirs] = [await bookedShop(), await bookedShop()];
  const numbers = await readDocuments(context, mine);
  const files = await account(mine);
  expect(readCsv(files.get("documents.csv") ?? Buffer.of())).toHaveLength(numbers.length);
  const [theirHash] = await withShop(
    context.db,
    theirs,
    (tx) => tx.sql<{ hash: string }[]>`select hash from documents limit 1`,
  );
  expect(String(files.get("documents.csv"))).not.toContain(theirHash?.hash);
});

test("the accountant's page opens on the last month that is over and has documents", async () => {
  const opened = (shopId: ShopId, today: string) =>
    findLastMonth(context.db, shopId, { today, timeZone: "Europe/Berlin" });
  const { shopId: newShopId } = await createInvoicingShop(context);
  expect(await opened(newShopId, "2026-11-25")).toBeNull();

  // Documents of two days, forty apart.
  const shopId = await bookedShop();
  const [days] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ first: string; last: string }[]>`
      select min(issued_on)::text as first, max(issued_on)::text as last from documents where shop_id = ${shopId}`,
  );
  const [first, last] = [monthOf(days?.first ?? ""), monthOf(days?.last ?? "")];
  expect(await opened(shopId, last.from)).toEqual(first);
  expect(await opened(shopId, last.to)).toEqual(first);
  // However long ago it was.
  expect(await opened(shopId, "2099-03-01")).toEqual(last);
  // None is over: the newest, which is the present one.
  expect(await opened(shopId, first.to)).toEqual(last);
});
