import { ZodError } from "zod/v4";
import type { Bill } from "./bill.ts";
import { eraseBill, mapBill } from "./map-bill.ts";
import { taxSettingsSchema } from "./settings.ts";

/** An order as Shopify last told it. */
export interface ToldOrder {
  /** The parsed payload; null for an order that was deleted. */
  payload: unknown;
  /** It speaks of somebody who was erased. */
  erased: boolean;
}

/**
 * The bill of a payload; null for an order that was deleted, a sentence when the figures cannot be read: the order is
 * applied all the same, and an invoice that is due is held for a person.
 * @param taxes the shop's tax settings as stored, which name the order attributes that count
 */
export function readBill({ payload, erased }: ToldOrder, taxes: unknown): Bill | string | null {
  if (payload === null) return null;
  try {
    const bill = mapBill(payload, attributeNames(taxes));
    return erased ? eraseBill(bill) : bill;
  } catch (error) {
    if (error instanceof ZodError) {
      const places = error.issues.slice(0, 3).map(({ path }) => path.join("."));
      return `Shopify's figures for this order could not be read: ${places.join(", ")}.`;
    }
    if (error instanceof RangeError)
      return `Shopify's figures for this order could not be read: ${error.message}`;
    throw error;
  }
}

function attributeNames(taxes: unknown): string[] {
  const settings = taxSettingsSchema.parse(taxes ?? {});
  return [...settings.vatIdAttributes, ...settings.companyAttributes, ...settings.purchaseOrderAttributes];
}
