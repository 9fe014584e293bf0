/** The columns of the list, in their usual order. The order's name is always there and always first. */
export const orderColumns = {
  customer: "Customer",
  created: "Date",
  status: "Status",
  payment: "Payment",
  fulfillment: "Fulfilment",
  total: "Total",
  items: "Items",
  tags: "Tags",
  tracking: "Tracking",
  note: "Notes",
  email: "E-mail",
  channel: "Channel",
  updated: "Last change",
} as const;

export type OrderColumn = keyof typeof orderColumns;

export const usualColumns: readonly OrderColumn[] = [
  "customer",
  "created",
  "status",
  "payment",
  "total",
  "tracking",
];

export const isOrderColumn = (name: string): name is OrderColumn => Object.hasOwn(orderColumns, name);

/** @param text names joined by commas; unknown and repeated ones are dropped. @returns null when none is left */
export function parseColumns(text: string | null): OrderColumn[] | null {
  const columns = [...new Set((text ?? "").split(",").filter(isOrderColumn))];
  return columns.length > 0 ? columns : null;
}
