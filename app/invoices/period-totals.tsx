import { Money } from "../ui/money.tsx";
import type { PeriodTotal } from "./accounting-summary.server.ts";

const numbers = new Intl.NumberFormat("en");

const count = (number: number, one: string, many: string) =>
  `${numbers.format(number)} ${number === 1 ? one : many}`;

/** What a period’s documents come to, by currency. */
export function PeriodTotals({ totals }: { totals: PeriodTotal[] }) {
  if (totals.length === 0)
    return <p className="text-ink-subtle">No documents were issued in this period. The ZIP would say so.</p>;
  return (
    <ul className="grid gap-3">
      {totals.map(({ currency, invoices, creditNotes, ...amounts }) => (
        <li key={currency} className="grid gap-1">
          <p className="font-medium">
            {currency}: {count(invoices, "invoice", "invoices")}
            {creditNotes > 0 && ` and ${count(creditNotes, "credit note", "credit notes")}`}
          </p>
          <dl className="flex flex-wrap gap-x-6 gap-y-1">
            <Amount label="Net" minor={amounts.netMinor} currency={currency} />
            <Amount label="Tax" minor={amounts.taxMinor} currency={currency} />
            <Amount label="Gross" minor={amounts.grossMinor} currency={currency} />
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Amount({ label, minor, currency }: { label: string; minor: string; currency: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-subtle">{label}</dt>
      <dd>
        <Money minor={minor} currency={currency} />
      </dd>
    </div>
  );
}
