import { columnParser } from "../search/parse-columns.ts";

/** The columns of the list, in their usual order. The document's number is always there and always first. */
export const documentColumns = {
  buyer: "Buyer",
  order: "Order",
  issued: "Issued",
  due: "Due",
  status: "Status",
  total: "Total",
  open: "To pay",
  email: "E-mail",
  reason: "Reason",
} as const;

export type DocumentColumn = keyof typeof documentColumns;

export const usualColumns: readonly DocumentColumn[] = ["buyer", "order", "issued", "due", "status", "total"];

export const isDocumentColumn = (name: string): name is DocumentColumn =>
  Object.hasOwn(documentColumns, name);

export const parseColumns = columnParser(isDocumentColumn);
