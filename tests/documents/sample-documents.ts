import {
  type DocumentContent,
  type DocumentLine,
  type DocumentTax,
  type IssuedDocument,
  templateVersion,
} from "../../app/documents/document.ts";

/** An issued invoice: two items and shipping with one rate, tax included, and whatever a test says otherwise. */
export function sampleDocument(
  content: Partial<DocumentContent> = {},
  issued: Partial<Omit<IssuedDocument, "content">> = {},
): IssuedDocument {
  return {
    id: "019376a0-0000-7000-8000-000000000001",
    number: "INV-2026-0007",
    issuedOn: "2026-11-25",
    dueOn: "2026-12-09",
    templateVersion,
    ...issued,
    content: { ...sampleContent(), ...content },
  };
}

export function sampleContent(): DocumentContent {
  return {
    format: 2,
    kind: "invoice",
    language: "en",
    currency: "EUR",
    taxesIncluded: true,
    rounding: "line",
    seller: {
      name: "Nordlicht Keramik GmbH",
      address: ["Speicherstraße 12", "20457 Hamburg", "Germany"],
      countryCode: "DE",
      taxIds: [
        { label: "VAT ID", value: "DE812345678" },
        { label: "Tax number", value: "48/123/45678" },
      ],
      bank: {
        name: "Hanseatische Bank",
        iban: "DE89 3704 0044 0532 0130 00",
        bic: "COBADEFFXXX",
        holder: null,
      },
      email: "rechnung@nordlicht.example",
      phone: "+49 40 123456",
      website: "nordlicht.example",
      footer: "Registered in Hamburg, HRB 123456 · Managing director: Anna Petersen",
      logoSha256: null,
    },
    buyer: {
      name: "Julia Meyer",
      company: null,
      address: ["Lindenweg 4", "50667 Köln", "Germany"],
      countryCode: "DE",
      vatId: null,
      email: "julia@example.com",
    },
    order: { name: "#1042", placedOn: "2026-11-24", purchaseOrder: null },
    refersTo: null,
    reason: null,
    deliveredOn: "2026-11-25",
    termsDays: 14,
    lines: [
      sampleLine({
        title: "Mug",
        details: "Blue / 300 ml · MUG-BL-300",
        quantity: 2,
        unitPriceMinor: "1450",
        discountMinor: "290",
        amountMinor: "2610",
      }),
      sampleLine({
        key: "item:2",
        title: "Teapot “Elbe”",
        quantity: 1,
        unitPriceMinor: "5900",
        amountMinor: "5900",
      }),
      sampleLine({
        kind: "shipping",
        key: "shipping:1",
        title: "Standard shipping",
        quantity: 1,
        unitPriceMinor: "490",
        amountMinor: "490",
      }),
    ],
    taxes: [sampleTax({ baseMinor: "7563", taxMinor: "1437" })],
    totals: { netMinor: "7563", taxMinor: "1437", grossMinor: "9000" },
    shopCurrency: "EUR",
    shopTotals: { netMinor: "7563", taxMinor: "1437", grossMinor: "9000" },
    notes: ["Thank you for your order."],
    template: { name: "classic", color: "#1f4f8b" },
  };
}

export function sampleLine(line: Partial<DocumentLine> = {}): DocumentLine {
  return {
    kind: "item",
    key: "item:1",
    title: "Mug",
    details: null,
    quantity: 1,
    unitPriceMinor: "1000",
    discountMinor: "0",
    amountMinor: "1000",
    taxKeys: ["vat-19"],
    taxShares: [{ taxMinor: "0", shopTaxMinor: "0" }],
    shopAmountMinor: line.amountMinor ?? "1000",
    ...line,
  };
}

export function sampleTax(tax: Partial<DocumentTax> = {}): DocumentTax {
  return {
    key: "vat-19",
    category: "standard",
    rate: "0.19",
    title: "VAT",
    reason: null,
    baseMinor: "0",
    taxMinor: "0",
    shopBaseMinor: tax.baseMinor ?? "0",
    shopTaxMinor: tax.taxMinor ?? "0",
    ...tax,
  };
}

/** As many lines as asked for, alike but for their number, at 10.00 each. */
export function manyLines(count: number): DocumentLine[] {
  return Array.from({ length: count }, (_, index) =>
    sampleLine({
      key: `item:${index + 1}`,
      title: `Plate no. ${index + 1}`,
      details: index % 3 === 0 ? `PLATE-${index + 1}` : null,
      amountMinor: "1000",
    }),
  );
}
