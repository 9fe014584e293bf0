import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import { formatMoney } from "../money.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { humanise } from "./describe-payment.ts";
import { fieldLabels, type OrderStatus, statusLabels } from "./order.ts";

/** A value as the timeline keeps it: JSON of any field's kind. */
export type FieldValue = string | number | boolean | null | string[] | StoredAddress;

/** What one version changed, by field. `erased` values are gone for good because a person asked for it. */
export type VersionChanges = Record<string, { from: FieldValue; to: FieldValue; erased?: true }>;

/** What is needed to write an order's values for people. */
export interface OrderTerms {
  currency: string;
  presentmentCurrency: string;
  timeZone: string;
}

const labels: Record<string, string> = {
  ...fieldLabels,
  name: "Order name",
  items: "Items",
  financialStatus: "Payment",
  fulfillmentStatus: "Fulfilment",
  shipments: "Shipments",
  customerName: "Customer",
  email: "E-mail",
  currency: "Currency",
  totalMinor: "Total",
  subtotalMinor: "Subtotal",
  taxMinor: "Tax",
  discountMinor: "Discounts",
  shippingFeeMinor: "Shipping",
  taxesIncluded: "Prices include tax",
  presentmentCurrency: "The buyer's currency",
  presentmentTotalMinor: "Total the buyer sees",
  sourceName: "Sales channel",
  tags: "Tags",
  test: "Test order",
  shippingAddress: "Shipping address",
  billingAddress: "Billing address",
  createdAt: "Placed",
  processedAt: "Processed",
  cancelledAt: "Cancelled",
  closedAt: "Archived",
  shippedAt: "Shipped",
  deliveredAt: "Delivered",
};

const order = Object.keys(labels);

/** The changes as a list, what a merchant can edit first. */
export function listChanges(changes: VersionChanges): [string, VersionChanges[string]][] {
  return Object.entries(changes).sort(([left], [right]) => placeOf(left) - placeOf(right));
}

const placeOf = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length);

/** A field's name as people say it. */
export const changeLabel = (field: string) => labels[field] ?? humanise(field);

const isStatus = (value: unknown): value is OrderStatus =>
  typeof value === "string" && Object.hasOwn(statusLabels, value);

/**
 * A field's value as people read it.
 * @returns null when there is none
 */
export function describeValue(
  field: string,
  value: FieldValue | undefined,
  terms: OrderTerms,
): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.join(", ") || null;
  if (typeof value === "object") return describeAddress(value);
  const text = String(value);
  if (field === "status" && isStatus(value)) return statusLabels[value];
  if (field === "items") return text === "1" ? "1 unit" : `${text} units`;
  if (field === "shipments") return text === "0" ? null : text;
  if (field === "financialStatus" || field === "fulfillmentStatus") return humanise(text);
  if (field.endsWith("Minor") && /^-?\d+$/.test(text)) {
    return formatMoney(text, field.startsWith("presentment") ? terms.presentmentCurrency : terms.currency);
  }
  if (field.endsWith("At") && !Number.isNaN(Date.parse(text)))
    return formatInstant(text, terms.timeZone).short;
  return text;
}

const addressParts = ["name", "company", "address1", "address2", "zip", "city", "country"] as const;

function describeAddress(address: object): string | null {
  const known = new Map<string, unknown>(Object.entries(address));
  return (
    addressParts
      .map((part) => known.get(part))
      .filter((part) => typeof part === "string" && part !== "")
      .join(", ") || null
  );
}
