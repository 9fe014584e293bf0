import type { DocumentKind } from "../documents/document.ts";
import { type ExportColumn, text } from "../exports/export-cell.ts";
import { type DocumentColumn, documentColumns } from "./document-columns.ts";
import { kindLabels, type PaymentState, stateLabels } from "./document-row.ts";

/** What a file says of a document. Days are those printed on it. */
export interface ExportedDocument {
  id: string;
  number: string;
  kind: DocumentKind;
  orderName: string;
  buyerName: string | null;
  buyerEmail: string | null;
  issuedOn: string;
  dueOn: string | null;
  state: PaymentState;
  /** Negative for a credit note, so that a column of them adds up. */
  totalMinor: string;
  openMinor: string;
  currency: string;
  reason: string | null;
}

type Columns = ExportColumn<ExportedDocument>[];

const always: Columns = [
  { key: "id", label: null, read: ({ id }) => text(id) },
  { key: "number", label: "Number", read: ({ number }) => text(number) },
  {
    key: "kind",
    label: "Kind",
    read: ({ kind }) => ({ type: "coded", value: kind, label: kindLabels[kind] }),
  },
];

const currency: Columns[number] = {
  key: "currency",
  label: "Currency",
  read: (document) => text(document.currency),
};

/** The file's columns for each of the list's: an amount needs its currency beside it. */
const byListColumn: Record<DocumentColumn, Columns> = {
  buyer: [{ key: "buyer", label: documentColumns.buyer, read: ({ buyerName }) => text(buyerName) }],
  order: [{ key: "order", label: documentColumns.order, read: ({ orderName }) => text(orderName) }],
  issued: [{ key: "issuedOn", label: documentColumns.issued, read: ({ issuedOn }) => text(issuedOn) }],
  due: [{ key: "dueOn", label: documentColumns.due, read: ({ dueOn }) => text(dueOn) }],
  status: [
    {
      key: "status",
      label: documentColumns.status,
      read: ({ state }) => ({ type: "coded", value: state, label: stateLabels[state] }),
    },
  ],
  total: [
    {
      key: "totalMinor",
      label: documentColumns.total,
      read: ({ totalMinor: minor, currency }) => ({ type: "money", minor, currency }),
    },
    currency,
  ],
  open: [
    {
      key: "openMinor",
      label: documentColumns.open,
      read: ({ openMinor: minor, currency }) => ({ type: "money", minor, currency }),
    },
    currency,
  ],
  email: [{ key: "email", label: documentColumns.email, read: ({ buyerEmail }) => text(buyerEmail) }],
  reason: [{ key: "reason", label: documentColumns.reason, read: ({ reason }) => text(reason) }],
};

/** The columns of a file of documents, in the list's order; the number comes first as it does there. */
export function exportColumnsOf(columns: readonly DocumentColumn[]): Columns {
  // Two amounts share one currency.
  return [...new Set([...always, ...columns.flatMap((column) => byListColumn[column])])];
}
