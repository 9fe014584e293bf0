import type { DocumentContent, DocumentKind, TaxCategory } from "../documents/document.ts";

/**
 * What a row of the tax sums is about: a category of tax, lines without any tax, or what makes the bases sum to the
 * documents: an amount on which several rates are charged stands in the base of each and is taken out once here.
 */
export type SumCategory = TaxCategory | "untaxed" | "counted_twice";

/** Sums of all documents of a month that agree in everything but the amounts. Minor units; credit notes are negative. */
export interface TaxSum {
  /** `2026-11` */
  month: string;
  kind: DocumentKind;
  /** ISO 3166-1 alpha-2 of the buyer; null where the document names none. */
  country: string | null;
  category: SumCategory;
  /** Decimal text, `"0.19"`; null where no rate stands behind it. */
  rate: string | null;
  title: string | null;
  currency: string;
  shopCurrency: string;
  baseMinor: bigint;
  taxMinor: bigint;
  shopBaseMinor: bigint;
  shopTaxMinor: bigint;
  /** Documents that it sums. */
  documents: number;
}

/** A document as far as the sums are concerned. */
export interface SummedDocument {
  issuedOn: string;
  country: string | null;
  content: Pick<
    DocumentContent,
    "kind" | "currency" | "shopCurrency" | "taxes" | "lines" | "totals" | "shopTotals"
  >;
}

type Amounts = Pick<TaxSum, "baseMinor" | "taxMinor" | "shopBaseMinor" | "shopTaxMinor">;

/**
 * Sums documents by month, country, category and rate of tax, and kind. Bases plus taxes of all rows are the documents'
 * totals, to the cent, in both currencies.
 */
export class TaxSums {
  readonly #sums = new Map<string, TaxSum>();

  add({ issuedOn, country, content }: SummedDocument): void {
    const { kind, currency, shopCurrency, taxes, totals, shopTotals } = content;
    const month = issuedOn.slice(0, 7);
    const about = { month, kind, country, currency, shopCurrency };
    const seen = new Set<string>();
    const put = (key: Pick<TaxSum, "category" | "rate" | "title">, amounts: Amounts) =>
      this.#put({ ...about, ...key }, amounts, kind === "credit_note" ? -1n : 1n, seen);
    for (const tax of taxes) {
      const { category, rate, title } = tax;
      put({ category, rate, title }, readAmounts(tax));
    }
    const untaxed = sumUntaxed(content);
    const none = { rate: null, title: null };
    if (untaxed.baseMinor !== 0n || untaxed.shopBaseMinor !== 0n)
      put({ category: "untaxed", ...none }, untaxed);
    const based = taxes.map(readAmounts);
    const sum = (field: keyof Amounts) => based.reduce((total, amounts) => total + amounts[field], 0n);
    const twice = {
      baseMinor: BigInt(totals.netMinor) - sum("baseMinor") - untaxed.baseMinor,
      taxMinor: BigInt(totals.taxMinor) - sum("taxMinor"),
      shopBaseMinor: BigInt(shopTotals.netMinor) - sum("shopBaseMinor") - untaxed.shopBaseMinor,
      shopTaxMinor: BigInt(shopTotals.taxMinor) - sum("shopTaxMinor"),
    };
    if (Object.values(twice).some((amount) => amount !== 0n))
      put({ category: "counted_twice", ...none }, twice);
  }

  /** The sums by month, country, kind, category and rate: the same documents give the same rows in any order. */
  rows(): TaxSum[] {
    return [...this.#sums]
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([, sum]) => sum);
  }

  #put(
    about: Omit<TaxSum, keyof Amounts | "documents">,
    amounts: Amounts,
    sign: bigint,
    seen: Set<string>,
  ): void {
    const { month, country, kind, category, rate, title, currency, shopCurrency } = about;
    const key = JSON.stringify([month, country, kind, category, rate, title, currency, shopCurrency]);
    const sum = this.#sums.get(key) ?? { ...about, ...nothing, documents: 0 };
    sum.baseMinor += sign * amounts.baseMinor;
    sum.taxMinor += sign * amounts.taxMinor;
    sum.shopBaseMinor += sign * amounts.shopBaseMinor;
    sum.shopTaxMinor += sign * amounts.shopTaxMinor;
    // Two rates of a document may differ only in a key of their own.
    if (!seen.has(key)) sum.documents += 1;
    seen.add(key);
    this.#sums.set(key, sum);
  }
}

const nothing: Amounts = { baseMinor: 0n, taxMinor: 0n, shopBaseMinor: 0n, shopTaxMinor: 0n };

const readAmounts = (tax: DocumentContent["taxes"][number]): Amounts => ({
  baseMinor: BigInt(tax.baseMinor),
  taxMinor: BigInt(tax.taxMinor),
  shopBaseMinor: BigInt(tax.shopBaseMinor),
  shopTaxMinor: BigInt(tax.shopTaxMinor),
});

/** Lines that no rate is charged on. */
function sumUntaxed({ lines }: Pick<DocumentContent, "lines">): Amounts {
  const untaxed = lines.filter(({ taxKeys }) => taxKeys.length === 0);
  return {
    ...nothing,
    baseMinor: untaxed.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n),
    shopBaseMinor: untaxed.reduce((sum, { shopAmountMinor }) => sum + BigInt(shopAmountMinor), 0n),
  };
}
