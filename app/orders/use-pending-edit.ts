import { useNavigation } from "@remix-run/react";
import { type OrderStatus, orderStatuses } from "./order.ts";

/** What a save that is on its way says about a row of the list. */
export interface PendingEdit {
  orderId: string;
  status: OrderStatus | null;
  trackingCompany: string | null;
  trackingNumber: string | null;
}

const editAddress = /^\/app\/orders\/([0-9a-f-]{36})\/edit$/i;

/**
 * The edit that is being saved, so that its row can show it at once. "Take theirs" is none: what it will save
 * is not in the form. A conflict or an error ends the navigation, and with it the row's preview.
 */
export function usePendingEdit(): PendingEdit | null {
  const { formData, formAction } = useNavigation();
  const orderId = editAddress.exec(formAction?.split("?")[0] ?? "")?.[1];
  const intent = formData?.get("intent") ?? "save";
  if (!formData || !orderId || (intent !== "save" && intent !== "force")) return null;
  const status = orderStatuses.find((known) => known === formData.get("status")) ?? null;
  return {
    orderId,
    status,
    trackingCompany: textOf(formData.get("trackingCompany")),
    trackingNumber: textOf(formData.get("trackingNumber")),
  };
}

const textOf = (value: FormDataEntryValue | null) => (typeof value === "string" && value.trim()) || null;
