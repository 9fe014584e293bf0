import type { Bill, BillLine, TwoAmounts } from "../../app/invoices/bill.ts";
import { lineAmount } from "../../app/invoices/map-bill.ts";
import { taxesOn } from "../../app/taxes/tax-amount.ts";

/** Bills made by hand: euro prices that include their tax, and Shopify's figures that agree with the lines. */

const twice = (minor: bigint | number): TwoAmounts => ({ presentment: `${minor}`, shop: `${minor}` });

export const aLine = ({
  price,
  ...rest
}: Pick<BillLine, "key" | "title" | "quantity" | "taxes"> & { price: number }): BillLine => ({
  kind: "item",
  details: null,
  unitPrice: twice(price),
  discount: twice(0),
  taxable: true,
  giftCard: false,
  ...rest,
});

export function aBill(lines: BillLine[]): Bill {
  const amounts = lines.map((line) => lineAmount(line).presentment);
  const taxes = lines.flatMap((line, at) =>
    taxesOn(
      amounts[at] ?? 0n,
      line.taxes.map(({ rate }) => rate),
      true,
    ),
  );
  const sum = (all: bigint[]) => all.reduce((total, one) => total + one, 0n);
  return {
    format: 1,
    currency: "EUR",
    shopCurrency: "EUR",
    taxesIncluded: true,
    taxExempt: false,
    lines,
    problem: null,
    current: { total: twice(sum(amounts)), tax: twice(sum(taxes)) },
    cashRounding: twice(0),
    adjustments: [],
    refunds: [],
    outstanding: null,
    gateways: ["bogus"],
    locale: "en-GB",
    attributes: [],
    purchaseOrder: null,
    company: null,
  };
}
