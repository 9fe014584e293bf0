import type { TaxCategory } from "../documents/document.ts";

/**
 * What an order can be billed for as it stands now, taken from Shopify's payload when it is applied: the facts that
 * documents are made from. Amounts are minor units as decimal text, in the buyer's currency (`presentment`) and the
 * shop's (`shop`), never converted by us.
 */

export interface TwoAmounts {
  presentment: string;
  shop: string;
}

export interface BillTax {
  title: string;
  /** Decimal text, `"0.19"`. */
  rate: string;
}

export interface BillLine {
  kind: "item" | "shipping" | "tip" | "duty" | "fee";
  /** `item:123`, `shipping:55`, `tip`. */
  key: string;
  title: string;
  details: string | null;
  /** What is left after refunds and removals (`current_quantity`). */
  quantity: number;
  unitPrice: TwoAmounts;
  /** Of the quantity that is left (discount allocations). */
  discount: TwoAmounts;
  taxes: BillTax[];
  taxable: boolean;
  giftCard: boolean;
}

export interface Bill {
  format: 1;
  currency: string;
  shopCurrency: string;
  taxesIncluded: boolean;
  taxExempt: boolean;
  lines: BillLine[];
  /** Shopify's own figures for the order now, which ours are held against. */
  current: { total: TwoAmounts; tax: TwoAmounts };
  /** Refunds by amount that no line explains, with their tax where told (order adjustments). */
  adjustments: { key: string; reason: string; amount: TwoAmounts; tax: TwoAmounts }[];
  /** What people say of the refunds, newest last: "Mug" × 1. For the reason on a credit note. */
  refunds: { id: string; note: string | null; items: { key: string; title: string; quantity: number }[] }[];
  outstanding: string | null;
  gateways: string[];
  /** BCP 47, as Shopify says it: "de-DE". */
  locale: string | null;
  /** Company, VAT id and purchase order as the order's attributes (`note_attributes`) and B2B fields tell them. */
  attributes: { name: string; value: string }[];
  purchaseOrder: string | null;
  company: string | null;
}

/** Why a rate of nothing applies. */
export type Untaxed = Exclude<TaxCategory, "standard">;
