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

export interface BillAdjustment {
  /** `adjustment:123` */
  key: string;
  /** Shopify's word for it: `refund_discrepancy`, `shipping_refund`. */
  reason: string;
  amount: TwoAmounts;
  tax: TwoAmounts;
}

export interface Bill {
  format: 1;
  currency: string;
  shopCurrency: string;
  taxesIncluded: boolean;
  taxExempt: boolean;
  lines: BillLine[];
  /** Why no document can be made of the order, in a sentence: a price in the buyer's currency is not told. */
  problem: string | null;
  /** Shopify's own figures for the order now, which ours are held against. */
  current: { total: TwoAmounts; tax: TwoAmounts };
  /** What cash payments were rounded by; whether `current.total` contains it shows only when the two are compared. */
  cashRounding: TwoAmounts;
  /**
   * Refunds by amount that no line explains (order adjustments): negative for what went back. The amount is without
   * the tax, which is "0" where Shopify tells none.
   */
  adjustments: BillAdjustment[];
  /** What people say of the refunds, newest last: "Mug" × 1. For the reason on a credit note. */
  refunds: { id: string; note: string | null; items: { key: string; title: string; quantity: number }[] }[];
  /** What is still to be paid, in the shop's currency; null when Shopify does not say. */
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
