import { type ExportColumn, text } from "../exports/export-cell.ts";
import { customerLabel } from "./customer-label.ts";
import { humanise } from "./describe-payment.ts";
import { type OrderStatus, statusLabels } from "./order.ts";
import { type OrderColumn, orderColumns } from "./order-columns.ts";

/** What a file says of an order. Instants carry the shop's offset, the rest is as in the list. */
export interface ExportedOrder {
  shopifyOrderId: string;
  name: string;
  customerName: string | null;
  email: string | null;
  createdAt: string;
  updatedAt: string;
  status: OrderStatus;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  totalMinor: string;
  currency: string;
  trackingCompany: string | null;
  trackingNumber: string | null;
  note: string | null;
  itemCount: number;
  sourceName: string | null;
  tags: string[];
}

type Columns = ExportColumn<ExportedOrder>[];

const always: Columns = [
  { key: "shopifyOrderId", label: null, read: (order) => text(order.shopifyOrderId) },
  { key: "name", label: "Order", read: (order) => text(order.name) },
];

/** The file's columns for each of the list's: an amount needs its currency beside it. */
const byListColumn: Record<OrderColumn, Columns> = {
  customer: [
    {
      key: "customer",
      label: orderColumns.customer,
      read: (order) => ({ type: "coded", value: order.customerName, label: customerLabel(order) }),
    },
  ],
  created: [
    { key: "createdAt", label: orderColumns.created, read: ({ createdAt: at }) => ({ type: "instant", at }) },
  ],
  status: [
    {
      key: "status",
      label: orderColumns.status,
      read: ({ status }) => ({ type: "coded", value: status, label: statusLabels[status] }),
    },
  ],
  payment: [
    {
      key: "financialStatus",
      label: orderColumns.payment,
      read: ({ financialStatus: value }) => ({ type: "coded", value, label: humanise(value ?? "") }),
    },
  ],
  fulfillment: [
    {
      key: "fulfillmentStatus",
      label: orderColumns.fulfillment,
      read: ({ fulfillmentStatus: value }) => ({
        type: "coded",
        value,
        label: humanise(value ?? "unfulfilled"),
      }),
    },
  ],
  total: [
    {
      key: "totalMinor",
      label: orderColumns.total,
      read: ({ totalMinor: minor, currency }) => ({ type: "money", minor, currency }),
    },
    { key: "currency", label: "Currency", read: (order) => text(order.currency) },
  ],
  items: [
    {
      key: "itemCount",
      label: orderColumns.items,
      read: ({ itemCount: value }) => ({ type: "integer", value }),
    },
  ],
  tags: [{ key: "tags", label: orderColumns.tags, read: ({ tags: values }) => ({ type: "texts", values }) }],
  tracking: [
    { key: "trackingCompany", label: "Tracking company", read: (order) => text(order.trackingCompany) },
    { key: "trackingNumber", label: "Tracking number", read: (order) => text(order.trackingNumber) },
  ],
  note: [{ key: "note", label: orderColumns.note, read: (order) => text(order.note) }],
  email: [{ key: "email", label: orderColumns.email, read: (order) => text(order.email) }],
  channel: [{ key: "channel", label: orderColumns.channel, read: (order) => text(order.sourceName) }],
  updated: [
    { key: "updatedAt", label: orderColumns.updated, read: ({ updatedAt: at }) => ({ type: "instant", at }) },
  ],
};

/** The columns of a file of orders, in the list's order; the order's name comes first as it does there. */
export const exportColumnsOf = (columns: readonly OrderColumn[]): Columns => [
  ...always,
  ...columns.flatMap((column) => byListColumn[column]),
];
