import type { DocumentContent, DocumentTax } from "../../app/documents/document.ts";
import type { IssuedContent } from "../../app/invoices/piece.ts";

/** Sums over documents, and what must hold on each of them. */

const sum = (amounts: string[]) => amounts.reduce((all, amount) => all + BigInt(amount), 0n);

const sign = ({ kind }: DocumentContent) => (kind === "credit_note" ? -1n : 1n);

/** Invoices less credit notes. */
export const balance = (issued: IssuedContent[], of: (content: DocumentContent) => string) =>
  issued.reduce((all, { content }) => all + sign(content) * BigInt(of(content)), 0n);

/** Invoices less credit notes for each rate above zero, in one of the currencies. */
export function balanceByRate(issued: IssuedContent[], side: "presentment" | "shop") {
  const rates = new Map<string, { base: bigint; tax: bigint }>();
  for (const { content } of issued) {
    for (const tax of content.taxes.filter(({ category }) => category === "standard")) {
      const known = rates.get(tax.rate) ?? { base: 0n, tax: 0n };
      const [base, amount] = amountsOf(tax, side);
      rates.set(tax.rate, {
        base: known.base + sign(content) * base,
        tax: known.tax + sign(content) * amount,
      });
    }
  }
  return rates;
}

const amountsOf = (tax: DocumentTax, side: "presentment" | "shop"): [bigint, bigint] =>
  side === "shop"
    ? [BigInt(tax.shopBaseMinor), BigInt(tax.shopTaxMinor)]
    : [BigInt(tax.baseMinor), BigInt(tax.taxMinor)];

/** What is wrong with a document's arithmetic, in words; empty when lines plus taxes are the total. */
export function wrongSums(content: DocumentContent): string[] {
  const wrong: string[] = [];
  const expect = (name: string, is: bigint, should: bigint) => {
    if (is !== should) wrong.push(`${name} is ${is}, should be ${should}`);
  };
  const sides = [
    ["presentment", content.totals, content.lines.map((line) => line.amountMinor)],
    ["shop", content.shopTotals, content.lines.map((line) => line.shopAmountMinor)],
  ] as const;
  for (const [side, totals, amounts] of sides) {
    const taxes = content.taxes.map((tax) => amountsOf(tax, side));
    const tax = taxes.reduce((all, [, one]) => all + one, 0n);
    const gross = sum([...amounts]) + (content.taxesIncluded ? 0n : tax);
    expect(`${side} gross`, BigInt(totals.grossMinor), gross);
    expect(`${side} tax`, BigInt(totals.taxMinor), tax);
    expect(`${side} net`, BigInt(totals.netMinor), gross - tax);
    content.taxes.forEach(({ key }, at) => {
      const lines = content.lines.filter(({ taxKeys }) => taxKeys.includes(key));
      const share = (line: (typeof lines)[number]) => line.taxShares[line.taxKeys.indexOf(key)];
      const shares = lines.map(
        (line) => (side === "shop" ? share(line)?.shopTaxMinor : share(line)?.taxMinor) ?? "0",
      );
      expect(`${side} tax ${key}`, taxes[at]?.[1] ?? 0n, sum(shares));
      const nets = lines.map((line) => {
        const amount = BigInt(side === "shop" ? line.shopAmountMinor : line.amountMinor);
        const own = sum(line.taxShares.map((one) => (side === "shop" ? one.shopTaxMinor : one.taxMinor)));
        return (content.taxesIncluded ? amount - own : amount).toString();
      });
      expect(`${side} base ${key}`, taxes[at]?.[0] ?? 0n, sum(nets));
    });
  }
  return wrong;
}
