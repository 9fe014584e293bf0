import type { OrderStatus } from "../orders/order.ts";

/** How a status is drawn in a chart: by its pattern as much as by its colour. */
const looks: Record<OrderStatus, { ground: string; ink: string; marks: string }> = {
  PENDING: { ground: "warning", ink: "on-warning", marks: "M3 2.5v1M0 5.5v1M6 5.5v1" },
  CONFIRMED: { ground: "info", ink: "on-info", marks: "M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3" },
  SHIPPED: { ground: "on-success", ink: "on-success", marks: "" },
  CANCELLED: { ground: "neutral", ink: "on-neutral", marks: "M0 0l6 6M6 0L0 6" },
};

export const statusInk = (status: OrderStatus) => `var(--color-${looks[status].ink})`;

/** @param id of the pattern in the document; `url(#id)` is the fill */
export function StatusPattern({ status, id }: { status: OrderStatus; id: string }) {
  const { ground, ink, marks } = looks[status];
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill={`var(--color-${ground})`} />
      <path d={marks} stroke={`var(--color-${ink})`} strokeWidth="1.25" fill="none" />
    </pattern>
  );
}

/** What a status looks like in the chart, for its legend. */
export function StatusSwatch({ status, id }: { status: OrderStatus; id: string }) {
  return (
    <svg width="14" height="14" className="shrink-0" aria-hidden="true">
      <defs>
        <StatusPattern status={status} id={id} />
      </defs>
      <rect x="1" y="1" width="12" height="12" rx="2" fill={`url(#${id})`} stroke={statusInk(status)} />
    </svg>
  );
}
