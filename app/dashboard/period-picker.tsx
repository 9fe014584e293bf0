import { Form } from "@remix-run/react";
import { AppLink } from "../ui/app-link.tsx";
import { Button } from "../ui/button.tsx";
import { PlainSession } from "../ui/plain-session.tsx";
import { type DashboardAddress, dashboardHref } from "./dashboard-address.ts";
import { type PresetName, presets } from "./period.ts";

const presetNames = Object.keys(presets) as PresetName[];

const choice =
  "block rounded-control px-3 py-1.5 text-small font-medium whitespace-nowrap text-ink-subtle hover:bg-surface-hover " +
  "focus-visible:outline-offset-[-2px] aria-[current=true]:bg-neutral aria-[current=true]:text-ink";

const dateInput =
  "min-h-8 rounded-control border border-line-strong bg-surface px-2 py-1 text-body text-ink max-sm:text-[1rem]";

/** Which days the dashboard counts: links for the usual ones, a form for any others. */
export function PeriodPicker({ address }: { address: DashboardAddress }) {
  const { period } = address;
  const { preset, from, to } = period;
  return (
    <nav
      aria-label="Period"
      className="flex min-w-0 flex-wrap items-center gap-x-4 rounded-card bg-surface px-1.5 py-1.5 shadow-card"
    >
      <ul className="flex flex-wrap gap-x-1">
        {presetNames.map((name) => (
          <li key={name}>
            <AppLink
              to={dashboardHref({ ...address, period: { preset: name } })}
              preventScrollReset
              aria-current={preset === name ? "true" : undefined}
              className={choice}
            >
              {presets[name]}
            </AppLink>
          </li>
        ))}
      </ul>
      {/* A new period is a new form, so that the fields show its days. */}
      <Form
        key={`${from} ${to}`}
        method="get"
        action="/app"
        preventScrollReset
        className="flex flex-wrap items-center gap-2 px-1.5 py-1"
      >
        <PlainSession />
        {address.table && <input type="hidden" name="show" value="table" />}
        {address.currency && <input type="hidden" name="currency" value={address.currency} />}
        <label className="flex items-center gap-1.5 text-small text-ink-subtle">
          From
          <input type="date" name="from" defaultValue={from ?? ""} required className={dateInput} />
        </label>
        <label className="flex items-center gap-1.5 text-small text-ink-subtle">
          to
          <input type="date" name="to" defaultValue={to ?? ""} required className={dateInput} />
        </label>
        <Button type="submit">Show</Button>
      </Form>
    </nav>
  );
}
