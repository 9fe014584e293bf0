import type { DocumentContent } from "../documents/document.ts";
import { type ExportCell, type ExportColumn, text } from "../exports/export-cell.ts";
import { kindLabels, type PaymentState, stateLabels } from "./document-row.ts";
import type { SumCategory, TaxSum } from "./tax-sums.ts";

const categoryLabels: Record<SumCategory, string> = {
  standard: "Taxed",
  zero: "Zero-rated",
  exempt: "Exempt",
  reverse_charge: "Reverse charge",
  untaxed: "Without tax",
  counted_twice: "Base counted under several rates, and rounding",
};

const money = (minor: bigint | string, currency: string): ExportCell => ({
  type: "money",
  minor: String(minor),
  currency,
});

interface Column<Row> extends ExportColumn<Row> {
  label: string;
}

const column = <Row>(label: string, read: (row: Row) => ExportCell): Column<Row> => ({
  key: label,
  label,
  read,
});

/** `0.19` → `19`, `0.0725` → `7.25`. */
export function formatPercent(rate: string): string {
  const [whole = "0", decimals = ""] = rate.split(".");
  const digits = `${whole}${decimals.padEnd(2, "0")}`;
  const place = digits.length - Math.max(decimals.length, 2) + 2;
  const fraction = digits.slice(place).replace(/0+$/, "");
  return `${digits.slice(0, place).replace(/^0+(?=\d)/, "")}${fraction && `.${fraction}`}`;
}

/** The columns of `taxes.csv`. */
export const taxColumns: Column<TaxSum>[] = [
  column("Month", ({ month }) => text(month)),
  column("Country", ({ country }) => text(country)),
  column("Kind", ({ kind }) => text(kindLabels[kind])),
  column("Tax category", ({ category }) => text(categoryLabels[category])),
  column("Tax", ({ title }) => text(title)),
  column("Rate in %", ({ rate }) => text(rate && formatPercent(rate))),
  column("Documents", ({ documents }) => ({ type: "integer", value: documents })),
  column("Currency", ({ currency }) => text(currency)),
  column("Base", ({ baseMinor, currency }) => money(baseMinor, currency)),
  column("Tax amount", ({ taxMinor, currency }) => money(taxMinor, currency)),
  column("Gross", ({ baseMinor, taxMinor, currency }) => money(baseMinor + taxMinor, currency)),
  column("Shop currency", ({ shopCurrency }) => text(shopCurrency)),
  column("Base in shop currency", (row) => money(row.shopBaseMinor, row.shopCurrency)),
  column("Tax amount in shop currency", (row) => money(row.shopTaxMinor, row.shopCurrency)),
  column("Gross in shop currency", (row) => money(row.shopBaseMinor + row.shopTaxMinor, row.shopCurrency)),
];

/** A document as `documents.csv` tells it. */
export interface AccountedDocument {
  number: string;
  issuedOn: string;
  dueOn: string | null;
  country: string | null;
  content: DocumentContent;
  state: PaymentState;
  paidMinor: string;
  creditedMinor: string;
  hash: string;
  previousHash: string;
}

/** A credit note's amounts are negative, so that a column of them adds up. */
const signed = ({ content }: AccountedDocument, minor: string, currency: string): ExportCell =>
  money(content.kind === "credit_note" ? -BigInt(minor) : BigInt(minor), currency);

const total = (label: string, field: "netMinor" | "taxMinor" | "grossMinor") =>
  column<AccountedDocument>(label, (row) => signed(row, row.content.totals[field], row.content.currency));

const shopTotal = (label: string, field: "netMinor" | "taxMinor" | "grossMinor") =>
  column<AccountedDocument>(label, (row) =>
    signed(row, row.content.shopTotals[field], row.content.shopCurrency),
  );

/** The columns of `documents.csv`. */
export const accountedColumns: Column<AccountedDocument>[] = [
  column("Number", ({ number }) => text(number)),
  column("Kind", ({ content }) => text(kindLabels[content.kind])),
  column("Issued on", ({ issuedOn }) => text(issuedOn)),
  column("Due on", ({ dueOn }) => text(dueOn)),
  column("Delivered on", ({ content }) => text(content.deliveredOn)),
  column("Order", ({ content }) => text(content.order.name)),
  column("Ordered on", ({ content }) => text(content.order.placedOn)),
  column("Purchase order", ({ content }) => text(content.order.purchaseOrder)),
  column("Refers to", ({ content }) => text(content.refersTo?.number ?? null)),
  column("Reason", ({ content }) => text(content.reason)),
  column("Buyer", ({ content }) => text(content.buyer.name)),
  column("Company", ({ content }) => text(content.buyer.company)),
  column("Country", ({ country }) => text(country)),
  column("VAT ID", ({ content }) => text(content.buyer.vatId)),
  column("E-mail", ({ content }) => text(content.buyer.email)),
  column("Currency", ({ content }) => text(content.currency)),
  total("Net", "netMinor"),
  total("Tax", "taxMinor"),
  total("Gross", "grossMinor"),
  column("Shop currency", ({ content }) => text(content.shopCurrency)),
  shopTotal("Net in shop currency", "netMinor"),
  shopTotal("Tax in shop currency", "taxMinor"),
  shopTotal("Gross in shop currency", "grossMinor"),
  column("Payment", ({ state }) => text(stateLabels[state])),
  // An invoice's page calls all that ever came in "Paid". Here paid, credited and what is open sum to gross.
  column("Paid, without what was credited", ({ paidMinor, content }) => money(paidMinor, content.currency)),
  column("Credited", ({ creditedMinor, content }) => money(creditedMinor, content.currency)),
  column("Hash", ({ hash }) => text(hash)),
  column("Hash before", ({ previousHash }) => text(previousHash)),
];
