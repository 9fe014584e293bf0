import type { Language } from "../documents/document.ts";
import { changeWords } from "../documents/languages/change-words.ts";
import { translate } from "../documents/languages/translate.ts";
import type { Bill, BillLine, Untaxed } from "./bill.ts";
import type { TaxLabel } from "./piece.ts";
import type { InvoiceSettings } from "./settings.ts";

export interface TaxContext {
  bill: Bill;
  language: Language;
  settings: InvoiceSettings;
  /** The buyer's VAT id as the order tells it; null for none. */
  buyerVatId: string | null;
}

/** Member states of the EU, by the prefix of their VAT ids; Greece writes EL (Directive 2006/112/EC, art. 215). */
const memberStates = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(
  " ",
);

/**
 * The taxes of a line. Rates above zero are charged as Shopify charges them, whatever else is true. Where there is
 * none, why, first match wins:
 *
 * 1. a gift card or a tip: exempt, "not subject to tax". A voucher whose rate is not known yet is taxed when it is
 *    redeemed (Directive 2006/112/EC, art. 30b (2)); a tip given freely is no consideration (CJEU C-16/93, Tolsma).
 * 2. the seller is in the EU, the buyer gave a VAT id of another member state, and the whole order bears no tax:
 *    reverse charge (art. 196 for services; for goods art. 138, where the buyer accounts for the acquisition).
 * 3. the order is tax exempt, or the product is not taxable: exempt.
 * 4. otherwise zero: the product is taxable and its rate is none.
 */
export function classifyTaxes(line: BillLine, context: TaxContext): TaxLabel[] {
  const charged = line.taxes.filter(({ rate }) => isAboveZero(rate));
  if (charged.length > 0) return uniqueLabels(charged);
  return [untaxedLabel(line, context)];
}

function uniqueLabels(taxes: BillLine["taxes"]): TaxLabel[] {
  const counts = new Map<string, number>();
  return taxes.map(({ title, rate }) => {
    const key = `standard:${rate}:${title}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    // Two taxes of the same name and rate on one line are still two.
    return { key: count > 1 ? `${key}:${count}` : key, category: "standard", rate, title, reason: null };
  });
}

function untaxedLabel(line: BillLine, { bill, language, settings, buyerVatId }: TaxContext): TaxLabel {
  const title = line.taxes[0]?.title ?? firstTitle(bill) ?? translate(language, "tax");
  const label = (category: Untaxed, reason: string): TaxLabel => {
    return { key: `${category}:0`, category, rate: "0", title, reason };
  };
  if (line.giftCard || line.kind === "tip") {
    return { ...label("exempt", changeWords[language].notSubject), key: "exempt:0:not-subject" };
  }
  const { taxes } = settings;
  if (isReverseCharged(bill, settings.seller.countryCode, buyerVatId)) {
    const reason = taxes.reverseChargeReason ?? translate(language, "reverseChargeReason");
    return label("reverse_charge", reason);
  }
  if (bill.taxExempt || (line.kind === "item" && !line.taxable)) {
    return label("exempt", taxes.exemptReason ?? translate(language, "exemptReason"));
  }
  return label("zero", taxes.zeroReason ?? translate(language, "zeroReason"));
}

function isReverseCharged(bill: Bill, sellerCountry: string | null, buyerVatId: string | null): boolean {
  if (bill.lines.some(({ taxes }) => taxes.some(({ rate }) => isAboveZero(rate)))) return false;
  const seller = sellerCountry === "GR" ? "EL" : (sellerCountry ?? "");
  const buyer = vatCountry(buyerVatId);
  return memberStates.includes(seller) && buyer !== null && buyer !== seller;
}

/** The member state whose VAT id this looks like; whether it is valid only VIES could say. */
function vatCountry(vatId: string | null): string | null {
  const text = (vatId ?? "").toUpperCase().replace(/[^A-Z0-9+*]/g, "");
  const match = /^([A-Z]{2})[0-9A-Z+*]{2,12}$/.exec(text);
  return match?.[1] && memberStates.includes(match[1]) && /\d/.test(text) ? match[1] : null;
}

const isAboveZero = (rate: string) => /[1-9]/.test(rate);

const firstTitle = (bill: Bill) => bill.lines.flatMap(({ taxes }) => taxes)[0]?.title;
