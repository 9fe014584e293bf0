import { type Period, type PresetName, parsePeriod, usualPreset } from "./period.ts";

/** Everything that says what the dashboard shows; the address is its only home, so a copied link shows the same. */
export interface DashboardAddress {
  period: Period;
  /** The numbers in a table in place of the chart. */
  table: boolean;
  /** The currency whose revenue is drawn; null for the shop's own. */
  currency: string | null;
}

export function parseDashboardAddress(search: URLSearchParams, today: string): DashboardAddress {
  const currency = search.get("currency");
  return {
    period: parsePeriod(search, today),
    table: search.get("show") === "table",
    currency: currency && /^[A-Z]{3}$/.test(currency) ? currency : null,
  };
}

/** A preset, or days that somebody chose. */
export type ChosenPeriod = { preset: PresetName } | { preset: null; from: string | null; to: string | null };

export function dashboardHref({
  period,
  table,
  currency,
}: Omit<DashboardAddress, "period"> & { period: ChosenPeriod }): string {
  const search = new URLSearchParams(periodParams(period));
  if (currency) search.set("currency", currency);
  if (table) search.set("show", "table");
  return search.size > 0 ? `/app?${search}` : "/app";
}

function periodParams(period: ChosenPeriod): Record<string, string> {
  if (period.preset === null) return { from: period.from ?? "", to: period.to ?? "" };
  return period.preset === usualPreset ? {} : { period: period.preset };
}
