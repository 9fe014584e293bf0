import type { DocumentContent } from "../documents/document.ts";
import { currencyExponent } from "../money.ts";
import type { InvoiceSettings } from "./settings.ts";

/**
 * A made-up invoice in the shop's look, for a preview before there is an order.
 * @param currency ISO 4217; amounts are whole units of it
 * @param today on the shop's calendar
 */
export function sampleContent(settings: InvoiceSettings, currency: string, today: string): DocumentContent {
  const { name, color, language, termsDays, notes } = settings.template;
  const unit = 10n ** BigInt(currencyExponent(currency));
  const minor = (units: bigint) => (units * unit).toString();
  const taxOf = (gross: bigint) => ((gross * unit) / 6n).toString();
  const totals = { netMinor: minor(100n), taxMinor: minor(20n), grossMinor: minor(120n) };
  const tax = { baseMinor: totals.netMinor, taxMinor: totals.taxMinor };
  const line = (
    key: string,
    title: string,
    quantity: number,
    price: bigint,
  ): DocumentContent["lines"][number] => ({
    kind: key === "shipping" ? "shipping" : "item",
    key,
    title,
    details: null,
    quantity,
    unitPriceMinor: minor(price),
    discountMinor: "0",
    amountMinor: minor(price * BigInt(quantity)),
    taxKeys: ["standard"],
    taxShares: [{ taxMinor: taxOf(price * BigInt(quantity)), shopTaxMinor: taxOf(price * BigInt(quantity)) }],
    shopAmountMinor: minor(price * BigInt(quantity)),
  });
  return {
    format: 2,
    kind: "invoice",
    language,
    currency,
    taxesIncluded: true,
    rounding: settings.taxes.rounding,
    seller: settings.seller,
    buyer: {
      name: "Erika Mustermann",
      company: null,
      address: ["Heidestraße 17", "51147 Köln"],
      countryCode: "DE",
      vatId: null,
      email: null,
    },
    order: { name: "#1001", placedOn: today, purchaseOrder: null },
    refersTo: null,
    reason: null,
    deliveredOn: today,
    termsDays,
    lines: [
      line("item:1", "Teapot", 1, 72n),
      line("item:2", "Mug", 3, 12n),
      line("shipping", "Shipping", 1, 12n),
    ],
    taxes: [
      {
        key: "standard",
        category: "standard",
        rate: "0.2",
        title: "VAT",
        reason: null,
        ...tax,
        shopBaseMinor: tax.baseMinor,
        shopTaxMinor: tax.taxMinor,
      },
    ],
    totals,
    shopCurrency: currency,
    shopTotals: totals,
    notes,
    template: { name, color },
  };
}
