import type { SearchVocabulary } from "../search/query.ts";
import { humanise } from "./describe-payment.ts";
import { orderStatuses, statusLabels } from "./order.ts";

const payments = [
  "authorized",
  "expired",
  "paid",
  "partially_paid",
  "partially_refunded",
  "pending",
  "refunded",
  "voided",
];
const fulfillments = ["unfulfilled", "partial", "fulfilled", "restocked"];

const named = (values: readonly string[]) => values.map((value) => ({ value, label: humanise(value) }));

/** What orders can be searched for. */
export const orderVocabulary: SearchVocabulary = {
  fields: [
    {
      name: "status",
      label: "Status",
      kind: "keyword",
      values: orderStatuses.map((status) => ({ value: status.toLowerCase(), label: statusLabels[status] })),
      example: "status:shipped,pending",
      description: "Where the order stands. Several values mean any of them.",
    },
    {
      name: "payment",
      label: "Payment",
      kind: "keyword",
      values: named(payments),
      example: "payment:paid",
      description: "Shopify's payment state.",
    },
    {
      name: "fulfillment",
      label: "Fulfillment",
      kind: "keyword",
      values: named(fulfillments),
      example: "fulfillment:partial",
      description: "Shopify's fulfillment state.",
    },
    {
      name: "tag",
      label: "Tag",
      kind: "keyword",
      example: 'tag:"gift wrap"',
      description: "A whole tag of the order.",
    },
    {
      name: "customer",
      label: "Customer",
      kind: "words",
      example: "customer:anna",
      description: "The customer's name, or how its words begin.",
    },
    {
      name: "email",
      label: "E-mail",
      kind: "words",
      example: "email:anna@example.com",
      description: "The order's e-mail address, or how its parts begin.",
    },
    {
      name: "item",
      label: "Item",
      kind: "words",
      example: 'item:"green tea"',
      description: "A product's or variant's title.",
    },
    {
      name: "sku",
      label: "SKU",
      kind: "words",
      example: "sku:TEA-100",
      description: "A product's stock keeping unit.",
    },
    {
      name: "tracking",
      label: "Tracking",
      kind: "words",
      example: "tracking:1Z999AA1",
      description: "The tracking number or company.",
    },
    {
      name: "note",
      label: "Note",
      kind: "words",
      example: "note:doorbell",
      description: "Words of the note.",
    },
    {
      name: "country",
      label: "Country",
      kind: "keyword",
      example: "country:de,at",
      description: "Where it is shipped to, by the country's two letters.",
    },
    {
      name: "currency",
      label: "Currency",
      kind: "keyword",
      example: "currency:eur",
      description: "The currency's three letters.",
    },
    {
      name: "source",
      label: "Source",
      kind: "keyword",
      example: "source:web",
      description: "Where the order was placed: web, pos or an app.",
    },
    {
      name: "total",
      label: "Total",
      kind: "money",
      example: "total:>=100",
      description: "The order's total now, with a point before decimals.",
    },
    {
      name: "items",
      label: "Items",
      kind: "number",
      example: "items:2..5",
      description: "How many units the order has.",
    },
    {
      name: "created",
      label: "Created",
      kind: "day",
      example: "created:2026-11-01..2026-11-20",
      description: "When it was placed. A month, a year, today and -7d work too.",
    },
    {
      name: "updated",
      label: "Updated",
      kind: "day",
      example: "updated:-7d..",
      description: "When it last changed.",
    },
    {
      name: "customer_id",
      label: "Customer ID",
      kind: "keyword",
      example: "customer_id:207119551",
      description: "All orders of one customer; the customer's page links to them.",
    },
  ],
  flags: [
    { prefix: "is", value: "test", label: "Test order" },
    { prefix: "is", value: "review", label: "Needs a look" },
    { prefix: "is", value: "guest", label: "Guest order" },
    { prefix: "is", value: "active_shipment", label: "Active shipment" },
    { prefix: "is", value: "delivered", label: "Delivered" },
    { prefix: "is", value: "archived", label: "Archived" },
    { prefix: "has", value: "tracking", label: "Has a tracking number" },
    { prefix: "has", value: "note", label: "Has a note" },
    { prefix: "has", value: "tag", label: "Has a tag" },
  ],
};
