import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Page } from "../ui/page.tsx";
import {
  customPeriod,
  formatPeriod,
  type Period,
  type PeriodChoice,
  type PeriodChoices,
} from "./accounting-period.ts";
import type { PeriodTotal } from "./accounting-summary.server.ts";
import { PeriodTotals } from "./period-totals.tsx";

interface AccountingPageProps {
  choices: PeriodChoices;
  /** Null where nothing was issued yet and none is asked for. */
  period: Period | null;
  /** Why the period that was asked for is none. */
  error: string | null;
  totals: PeriodTotal[];
  timeZone: string;
  /** Why the file was not asked for. */
  message: string | null;
}

/** Everything an accountant needs of a period: chosen, summed up, and written to one file. */
export function AccountingPage({ choices, period, error, totals, timeZone, message }: AccountingPageProps) {
  const value = period ? formatPeriod(period) : "";
  const offered = [...choices.months, ...choices.quarters, ...choices.years].some(
    (one) => one.value === value,
  );
  return (
    <Page
      narrow
      title="For the accountant"
      subtitle="A period’s documents in one ZIP: taxes, documents, every PDF, and their hashes."
      back={{ to: "/app/invoices", label: "Back to the invoices" }}
    >
      <div role="status" className="not-empty:mb-0 empty:hidden">
        {message && <Banner tone="warning" title={message} />}
      </div>
      <Card title="Period">
        <AppForm method="get" className="grid gap-3" key={value}>
          <SelectField
            label="Period"
            name="period"
            defaultValue={offered && !error ? value : customPeriod}
            hint={`By the day of issue, on the shop’s clock (${timeZone}).`}
          >
            <Choices label="Months" choices={choices.months} />
            <Choices label="Quarters" choices={choices.quarters} />
            <Choices label="Years" choices={choices.years} />
            <option value={customPeriod}>The days below</option>
          </SelectField>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <TextField
              label="First day"
              type="date"
              name="from"
              defaultValue={period?.from}
              hint="Counts only with “The days below”."
              error={error}
            />
            <TextField label="Last day" type="date" name="to" defaultValue={period?.to} />
          </div>
          <div>
            <Button type="submit">Show this period</Button>
          </div>
        </AppForm>
      </Card>
      {!period && !error && (
        <Card>
          <EmptyState title="Nothing was issued yet">
            <p>The first month with an invoice appears here by itself.</p>
          </EmptyState>
        </Card>
      )}
      {period && !error && (
        <Card title={`${period.from} to ${period.to}`}>
          <PeriodTotals totals={totals} />
          <AppForm className="mt-4 flex flex-wrap items-center gap-3">
            <input type="hidden" name="period" value={value} />
            <Button type="submit" variant="primary">
              Write the ZIP
            </Button>
            <p className="min-w-0 basis-64 grow text-ink-subtle">
              taxes.csv, documents.csv, the PDFs, and a manifest with the SHA-256 of each. It appears on the
              Exports screen.
            </p>
          </AppForm>
        </Card>
      )}
    </Page>
  );
}

function Choices({ label, choices }: { label: string; choices: PeriodChoice[] }) {
  return (
    <optgroup label={label}>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </optgroup>
  );
}
