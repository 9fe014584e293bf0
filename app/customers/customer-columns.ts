import { columnParser } from "../search/parse-columns.ts";

/** The columns of the list, in their usual order. The customer's name is always there and always first. */
export const customerColumns = {
  email: "E-mail",
  orders: "Orders",
  spent: "Spent",
  last_order: "Last order",
  phone: "Phone",
  created: "Known since",
  note: "Notes",
} as const;

export type CustomerColumn = keyof typeof customerColumns;

export const usualColumns: readonly CustomerColumn[] = ["email", "orders", "spent", "last_order"];

export const isCustomerColumn = (name: string): name is CustomerColumn =>
  Object.hasOwn(customerColumns, name);

export const parseColumns = columnParser(isCustomerColumn);
