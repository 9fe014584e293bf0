import type { ReactNode } from "react";
import { formatMoney } from "../money.ts";
import { Money } from "../ui/money.tsx";
import type { DifferenceFigures } from "./difference-figures.ts";
import { formatRate } from "./format-rate.ts";

/** Shopify's figures beside ours, how the difference would be taxed, and what whoever issues it answers for. */
export function DifferenceTable({ figures }: { figures: DifferenceFigures }) {
  const { currency, shopify, lines, documents, differenceMinor, parts } = figures;
  const money = (minor: string) => formatMoney(minor, currency);
  return (
    <div className="my-2 grid gap-2">
      <table className="w-full max-w-xl border-collapse">
        <caption className="sr-only">Figures that differ</caption>
        <thead className="text-small">
          <tr className="border-b border-line-strong">
            <td />
            <th scope="col" className={amount}>
              Total
            </th>
            <th scope="col" className={amount}>
              Of which tax
            </th>
          </tr>
        </thead>
        <tbody>
          <Row label="Shopify" {...shopify} currency={currency} />
          <Row label="Lines of the order" {...lines} currency={currency} />
          <Row
            label="Difference"
            totalMinor={differenceMinor}
            taxMinor={subtract(shopify.taxMinor, lines.taxMinor)}
            currency={currency}
          />
          <Row label="Documents with the difference" {...documents} currency={currency} strong />
        </tbody>
      </table>
      {parts.map(({ rates, totalMinor, taxMinor }) => (
        <p key={[totalMinor, ...rates.map(({ title, rate }) => `${title} ${rate}`)].join(" + ")}>
          {rates.length === 0
            ? `${money(totalMinor)} of the difference would bear no tax.`
            : `${money(totalMinor)} of the difference would be taxed like the lines, at ${rates
                .map(({ title, rate }) => `${title} ${formatRate(rate)}`)
                .join(" and ")}: tax of ${money(taxMinor)}.`}
        </p>
      ))}
      {documents.taxMinor !== shopify.taxMinor && (
        <p className="font-semibold">
          The documents would show tax of {money(documents.taxMinor)}, but Shopify charged{" "}
          {money(shopify.taxMinor)}.
        </p>
      )}
      <p>
        Whoever issues it answers for these figures. A seller owes the tax that an invoice shows, even where
        less was charged (Directive 2006/112/EC, article 203), and what is issued can be corrected by a credit
        note alone.
      </p>
    </div>
  );
}

const amount = "py-1 pl-3 text-right align-top font-semibold whitespace-nowrap tabular-nums";

interface RowProps {
  label: ReactNode;
  totalMinor: string;
  taxMinor: string;
  currency: string;
  strong?: boolean;
}

function Row({ label, totalMinor, taxMinor, currency, strong = false }: RowProps) {
  const cell = strong ? amount : amount.replace("font-semibold", "font-normal");
  return (
    <tr className={strong ? "border-t border-line-strong" : undefined}>
      <th scope="row" className={`py-1 text-left ${strong ? "font-semibold" : "font-normal"}`}>
        {label}
      </th>
      <td className={cell}>
        <Money minor={totalMinor} currency={currency} />
      </td>
      <td className={cell}>
        <Money minor={taxMinor} currency={currency} />
      </td>
    </tr>
  );
}

const subtract = (minor: string, other: string) => (BigInt(minor) - BigInt(other)).toString();
