/**
 * What a document says, as it is frozen at issue. Everything that could change later is a copy: seller, buyer,
 * lines, rates, texts. Its number and its dates stand beside it in the row, because the database gives them
 * (docs/decisions/0016).
 *
 * Amounts are minor units as decimal text, in the document's currency unless the name says `shop`. A credit note's
 * amounts are positive: they are what is taken back.
 */

export type DocumentKind = "invoice" | "credit_note";

export const languages = ["en", "de", "fr", "es", "it", "nl", "pl", "ja"] as const;
/** ISO 639-1. */
export type Language = (typeof languages)[number];

export type TaxCategory = "standard" | "zero" | "exempt" | "reverse_charge";

/** One rate of tax on the document: what it was charged on and how much it came to. */
export interface DocumentTax {
  /** Lines refer to it; unique within the document. */
  key: string;
  category: TaxCategory;
  /** Decimal text, `"0.19"` for 19 %. */
  rate: string;
  /** As the law or the shop calls it: "VAT", "MwSt." */
  title: string;
  /** Why nothing is charged, for what is zero-rated, exempt or reverse-charged. */
  reason: string | null;
  /** Net of tax, also where prices include it. */
  baseMinor: string;
  taxMinor: string;
  shopBaseMinor: string;
  shopTaxMinor: string;
}

export type LineKind = "item" | "shipping" | "tip" | "duty" | "fee" | "adjustment" | "rounding";

export interface DocumentLine {
  kind: LineKind;
  /** The same for the same thing on every document of an order: `item:123`, `shipping:55`, `tip`. */
  key: string;
  title: string;
  /** Variant and SKU, as printed below the title. */
  details: string | null;
  /** 0 where only the amount changed; nothing is printed for it, nor for the unit price then. */
  quantity: number;
  unitPriceMinor: string;
  discountMinor: string;
  /** What the line comes to after its discount: with tax where prices include it, without where they do not. */
  amountMinor: string;
  /** Keys of the rates on it; several where a state and a county both charge. */
  taxKeys: string[];
  /** What of each rate's tax belongs to this line, in the order of `taxKeys`: they sum to the document's taxes. */
  taxShares: { taxMinor: string; shopTaxMinor: string }[];
  shopAmountMinor: string;
}

export interface DocumentTotals {
  netMinor: string;
  taxMinor: string;
  grossMinor: string;
}

/** An address as it is printed, one entry a line, without empty ones. */
export type AddressLines = string[];

export interface Seller {
  name: string;
  address: AddressLines;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** "VAT ID" → "DE123456789" */
  taxIds: { label: string; value: string }[];
  bank: { name: string | null; iban: string | null; bic: string | null; holder: string | null };
  email: string | null;
  phone: string | null;
  website: string | null;
  /** Small print at the foot of each page. */
  footer: string | null;
  /** The picture's bytes are kept under their SHA-256 (hex); null for none. */
  logoSha256: string | null;
}

export interface Buyer {
  name: string | null;
  company: string | null;
  address: AddressLines;
  countryCode: string | null;
  vatId: string | null;
  email: string | null;
}

export type TemplateName = "classic" | "modern";

export interface TemplateChoice {
  name: TemplateName;
  /** `#rrggbb` */
  color: string;
}

export interface DocumentContent {
  /** Rises when this shape changes; old documents keep theirs. The second one says `paidInFull`. */
  format: 1 | 2;
  kind: DocumentKind;
  language: Language;
  /** ISO 4217; the buyer's currency. */
  currency: string;
  /** True when line amounts contain their tax. */
  taxesIncluded: boolean;
  rounding: "line" | "document";
  seller: Seller;
  buyer: Buyer;
  order: {
    name: string;
    /** A day on the shop's calendar, `2026-11-25`. */
    placedOn: string;
    purchaseOrder: string | null;
  };
  /** The invoice that a credit note corrects, or that a further invoice adds to. */
  refersTo: { number: string; issuedOn: string } | null;
  /** Why it was issued: "1 × Mug was refunded". Null for an ordinary invoice. */
  reason: string | null;
  deliveredOn: string | null;
  /** Days until payment is due; null when it is paid already or nothing is said. */
  termsDays: number | null;
  /** An invoice of which nothing was owed any more when it was issued: it says so and names no account to pay into. */
  paidInFull?: boolean;
  lines: DocumentLine[];
  taxes: DocumentTax[];
  totals: DocumentTotals;
  /** ISO 4217; the shop's own currency, for its books. */
  shopCurrency: string;
  shopTotals: DocumentTotals;
  notes: string[];
  template: TemplateChoice;
}

/** A document that has been issued: frozen content, and what the database gave it. */
export interface IssuedDocument {
  id: string;
  /** As printed: `INV-2026-0007`. */
  number: string;
  /** A day on the shop's calendar. */
  issuedOn: string;
  dueOn: string | null;
  /** Which version of the templates it is rendered with, for ever. */
  templateVersion: number;
  content: DocumentContent;
}

/**
 * The newest version of the templates. A change that moves a single byte of a rendered document raises it, and the
 * older ones stay as they are:
 *
 * 1. IBANs as they were typed.
 * 2. IBANs in groups of four. Says that an invoice is paid in full.
 * 3. A credit note's date has a label of its own: in German and Dutch it was called the date of an invoice.
 */
export const templateVersion = 3;
