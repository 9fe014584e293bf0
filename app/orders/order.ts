import { z } from "zod";
import { normaliseText } from "../normalise-text.ts";

export { normaliseText };

/** An order's id in our database. */
export type OrderId = string & { readonly __orderId: true };

export const orderIdSchema = z
  .string()
  .uuid()
  .transform((id) => id as OrderId);

export const orderStatuses = ["PENDING", "CONFIRMED", "SHIPPED", "CANCELLED"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Where a merchant may move an order from each status. CANCELLED is final. Shopify is not bound by this. */
const moves: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ["CONFIRMED", "SHIPPED", "CANCELLED"],
  CONFIRMED: ["SHIPPED", "CANCELLED", "PENDING"],
  SHIPPED: ["CONFIRMED"],
  CANCELLED: [],
};

/** The statuses a merchant may choose for an order that stands at `from`, itself first. */
export function selectableStatuses(from: OrderStatus): readonly OrderStatus[] {
  return [from, ...moves[from]];
}

export function isAllowedMove(from: OrderStatus, to: OrderStatus): boolean {
  return from === to || moves[from].includes(to);
}

/** The sentence a refused move gets: it names what is allowed instead. */
export function describeAllowedMoves(from: OrderStatus): string {
  const allowed = moves[from];
  if (allowed.length === 0) return `The order is ${statusLabels[from].toLowerCase()}, and that is final.`;
  const names = allowed.map((status) => statusLabels[status]);
  return `From ${statusLabels[from]} an order can go to ${names.join(" or ")}.`;
}

export const statusLabels: Record<OrderStatus, string> = {
  PENDING: "Pending",
  CONFIRMED: "Confirmed",
  SHIPPED: "Shipped",
  CANCELLED: "Cancelled",
};

const confirmedPayments = ["paid", "partially_paid", "authorized", "partially_refunded", "refunded"];

/** What Shopify's words mean to the merchant: the first rule that matches wins, unknown words mean PENDING. */
export function mapStatus(shopify: {
  cancelledAt: string | null;
  fulfillmentStatus: string | null;
  financialStatus: string | null;
}): OrderStatus {
  if (shopify.cancelledAt) return "CANCELLED";
  if (shopify.fulfillmentStatus === "fulfilled") return "SHIPPED";
  if (shopify.fulfillmentStatus === "partial") return "CONFIRMED";
  if (confirmedPayments.includes(shopify.financialStatus ?? "")) return "CONFIRMED";
  return "PENDING";
}

/** The fields a merchant can edit, in the order the form shows them. */
export const editableFields = ["status", "trackingCompany", "trackingNumber", "note"] as const;
export type EditableField = (typeof editableFields)[number];

export interface EditableFields {
  status: OrderStatus;
  trackingCompany: string | null;
  trackingNumber: string | null;
  note: string | null;
}

export const fieldLabels: Record<EditableField, string> = {
  status: "Status",
  trackingCompany: "Tracking company",
  trackingNumber: "Tracking number",
  note: "Notes",
};

export function pickEditableFields(order: EditableFields): EditableFields {
  const { status, trackingCompany, trackingNumber, note } = order;
  return { status, trackingCompany, trackingNumber, note };
}

const optionalText = (maxLength: number, label: string) =>
  z
    .string()
    .max(maxLength, `${label} can have at most ${maxLength} characters.`)
    .transform(normaliseText)
    .nullable();

/** The edit form's fields. Empty text clears the field. */
export const editableFieldsSchema = z.object({
  status: z.enum(orderStatuses, { errorMap: () => ({ message: "Choose one of the statuses." }) }),
  trackingCompany: optionalText(255, "The tracking company"),
  trackingNumber: optionalText(255, "The tracking number"),
  note: optionalText(20_000, "Notes"),
});
