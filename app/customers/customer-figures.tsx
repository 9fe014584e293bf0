import type { ReactNode } from "react";
import { Card } from "../ui/card.tsx";
import { Money } from "../ui/money.tsx";
import { Time } from "../ui/time.tsx";
import type { Customer } from "./find-customer.server.ts";
import { averageMinor } from "./spending.ts";

/** What a customer has ordered, currency by currency: amounts of several are never added together. */
export function CustomerFigures({ customer }: { customer: Customer }) {
  const { orderCount, lastOrderAt, knownSince, spending } = customer;
  return (
    <Card title="At a glance">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-[repeat(4,auto)]">
        <Figure label="Orders">{orderCount}</Figure>
        <Figure label="Spent">
          {spending.length > 0
            ? spending.map(({ currency, spentMinor }) => (
                <span key={currency} className="block">
                  <Money minor={spentMinor} currency={currency} />
                </span>
              ))
            : "Nothing yet"}
        </Figure>
        <Figure label="Average order">
          {spending.length > 0
            ? spending.map(({ currency, spentMinor, orders }) => (
                <span key={currency} className="block">
                  <Money minor={averageMinor(spentMinor, orders)} currency={currency} />
                </span>
              ))
            : "–"}
        </Figure>
        <Figure label="Last order">
          {lastOrderAt ? <Time at={lastOrderAt} /> : <span className="text-ink-subtle">None</span>}
        </Figure>
      </dl>
      <p className="mt-3 text-small text-ink-subtle">
        Known since <Time at={knownSince} />. Test orders are not counted, and cancelled ones not as spent.
      </p>
    </Card>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-ink-subtle">{label}</dt>
      <dd className="text-heading font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
