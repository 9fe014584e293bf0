import type { DayRange } from "./period.ts";

/** The searches whose lists add up to the dashboard's figures. */
export const figureQueries = {
  orders: (days: DayRange) => join(created(days), "-is:test"),
  status: (days: DayRange, status: string) =>
    join(`status:${status.toLowerCase()}`, created(days), "-is:test"),
  activeShipments: (days: DayRange) => join("is:active_shipment", created(days), "-is:test"),
  revenue: (days: DayRange, currency: string | null) =>
    join("-status:cancelled", created(days), currency && `currency:${currency.toLowerCase()}`, "-is:test"),
  averageTime: (days: DayRange, kind: "delivery" | "shipping") =>
    join(kind === "delivery" ? "is:delivered" : "fulfillment:fulfilled,partial", created(days), "-is:test"),
  needsReview: "is:review -is:test",
};

function created({ from, to }: DayRange): string | null {
  if (from === null && to === null) return null;
  return from === to ? `created:${from}` : `created:${from ?? ""}..${to ?? ""}`;
}

const join = (...terms: (string | null)[]) => terms.filter(Boolean).join(" ");
