import { expect, test } from "vitest";
import { type SummedDocument, TaxSums } from "../../app/invoices/tax-sums.ts";

type Content = SummedDocument["content"];

const tax = (key: string, rate: string, base: number, amount: number): Content["taxes"][number] => ({
  key,
  rate,
  category: "standard",
  title: key,
  reason: null,
  baseMinor: String(base),
  taxMinor: String(amount),
  shopBaseMinor: String(base * 2),
  shopTaxMinor: String(amount * 2),
});

function documentOf(taxes: Content["taxes"], net: number, fields: Partial<Content> = {}): SummedDocument {
  const taxed = taxes.reduce((sum, { taxMinor }) => sum + Number(taxMinor), 0);
  const totals = (factor: number) => ({
    netMinor: String(net * factor),
    taxMinor: String(taxed * factor),
    grossMinor: String((net + taxed) * factor),
  });
  return {
    issuedOn: "2026-11-25",
    country: "US",
    content: {
      kind: "invoice",
      currency: "USD",
      shopCurrency: "EUR",
      taxes,
      lines: [],
      totals: totals(1),
      shopTotals: totals(2),
      ...fields,
    },
  };
}

const sum = (sums: TaxSums, field: "baseMinor" | "taxMinor" | "shopBaseMinor") =>
  sums.rows().reduce((total, row) => total + row[field], 0n);

test("an amount that a state and a county tax is in the base of both and once in the sum", () => {
  const sums = new TaxSums();
  sums.add(documentOf([tax("State", "0.06", 10_000, 600), tax("County", "0.0125", 10_000, 125)], 10_000));
  expect(sums.rows().map(({ category, baseMinor }) => [category, baseMinor])).toEqual([
    ["counted_twice", -10_000n],
    ["standard", 10_000n],
    ["standard", 10_000n],
  ]);
  expect([sum(sums, "baseMinor"), sum(sums, "taxMinor"), sum(sums, "shopBaseMinor")]).toEqual([
    10_000n,
    725n,
    20_000n,
  ]);
});

test("a credit note takes off, in a row of its own, and counts as one document", () => {
  const sums = new TaxSums();
  const taxes = [tax("VAT", "0.2", 1_000, 200)];
  sums.add(documentOf(taxes, 1_000));
  sums.add(documentOf(taxes, 1_000));
  sums.add(documentOf(taxes, 1_000, { kind: "credit_note" }));
  expect(sums.rows()).toMatchObject([
    { kind: "credit_note", baseMinor: -1_000n, taxMinor: -200n, documents: 1 },
    { kind: "invoice", baseMinor: 2_000n, taxMinor: 400n, documents: 2 },
  ]);
});

test("the same documents in another order give the same rows", () => {
  const documents = [
    documentOf([tax("VAT", "0.2", 1_000, 200)], 1_000),
    { ...documentOf([tax("VAT", "0.1", 500, 50)], 500), country: null },
    { ...documentOf([tax("VAT", "0.2", 100, 20)], 100), issuedOn: "2026-01-31" },
  ];
  const [one, other] = [new TaxSums(), new TaxSums()];
  for (const document of documents) one.add(document);
  for (const document of documents.toReversed()) other.add(document);
  expect(one.rows()).toEqual(other.rows());
});
