import type { InvoiceSettings } from "./settings.ts";
import { hasVatIds } from "./vat-id.ts";

/**
 * What an invoice has to say of its seller and the settings do not know, in words of a sentence: the address
 * everywhere, a tax number where there is VAT (Directive 2006/112/EC, article 226, 3 and 5). The name is never
 * missing, as the shop's own stands in for it.
 */
export function listSellerGaps({
  address,
  countryCode,
  taxIds,
}: Pick<InvoiceSettings["seller"], "address" | "countryCode" | "taxIds">): string[] {
  const hasAddress = address.some((line) => line !== "");
  const hasTaxId = taxIds.some(({ value }) => value !== "") || !hasVatIds(countryCode);
  return [...(hasAddress ? [] : ["address"]), ...(hasTaxId ? [] : ["tax number"])];
}

/** "The seller has no address and no tax number yet" */
export const sayGaps = (gaps: string[]): string => `The seller has no ${gaps.join(" and no ")} yet`;

/** What to do about gaps before something is issued. */
export const gapAdvice =
  "The law asks an invoice for it. Fill in the seller first: what is issued cannot be changed.";
