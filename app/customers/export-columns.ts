import { type ExportColumn, text } from "../exports/export-cell.ts";
import { customerName } from "./customer.ts";
import { type CustomerColumn, customerColumns } from "./customer-columns.ts";

/** What a file says of a customer. Instants carry the shop's offset, the rest is as in the list. */
export interface ExportedCustomer {
  shopifyCustomerId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  note: string | null;
  erased: boolean;
  orderCount: number;
  spentMinor: string;
  currency: string;
  lastOrderAt: string | null;
  createdAt: string;
}

type Columns = ExportColumn<ExportedCustomer>[];

const always: Columns = [
  { key: "shopifyCustomerId", label: null, read: (customer) => text(customer.shopifyCustomerId) },
  {
    key: "name",
    label: "Customer",
    read: (customer) => ({
      type: "coded",
      value: [customer.firstName, customer.lastName].filter(Boolean).join(" ") || null,
      label: customerName(customer),
    }),
  },
];

/** The file's columns for each of the list's: an amount needs its currency beside it. */
const byListColumn: Record<CustomerColumn, Columns> = {
  email: [{ key: "email", label: customerColumns.email, read: ({ email }) => text(email) }],
  phone: [{ key: "phone", label: customerColumns.phone, read: ({ phone }) => text(phone) }],
  note: [{ key: "note", label: customerColumns.note, read: ({ note }) => text(note) }],
  orders: [
    {
      key: "orderCount",
      label: customerColumns.orders,
      read: ({ orderCount: value }) => ({ type: "integer", value }),
    },
  ],
  spent: [
    {
      key: "spentMinor",
      label: customerColumns.spent,
      read: ({ spentMinor: minor, currency }) => ({ type: "money", minor, currency }),
    },
    { key: "currency", label: "Currency", read: ({ currency }) => text(currency) },
  ],
  last_order: [
    {
      key: "lastOrderAt",
      label: customerColumns.last_order,
      read: ({ lastOrderAt: at }) => ({ type: "instant", at }),
    },
  ],
  created: [
    {
      key: "createdAt",
      label: customerColumns.created,
      read: ({ createdAt: at }) => ({ type: "instant", at }),
    },
  ],
};

/** The columns of a file of customers, in the list's order; the name comes first as it does there. */
export const exportColumnsOf = (columns: readonly CustomerColumn[]): Columns => [
  ...always,
  ...columns.flatMap((column) => byListColumn[column]),
];
