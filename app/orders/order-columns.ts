import { columnParser } from "../search/parse-columns.ts";

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

export const parseColumns = columnParser(isOrderColumn);
