import { ZodError } from "zod";
import type { Bill } from "./bill.ts";
import { mapBill } from "./map-bill.ts";

/**
 * The bill of a payload, or a sentence when its figures cannot be read: the order is applied all the same, and an
 * invoice that is due is held for a person.
 * @param json the parsed payload
 */
export function readBill(json: unknown): Bill | string {
  try {
    return mapBill(json);
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

/** The bill without what may name the buyer, for an order whose buyer was erased. */
export function withoutPersonalData(bill: Bill | string | null): Bill | string | null {
  if (bill === null || typeof bill === "string") return bill;
  const refunds = bill.refunds.map((refund) => ({ ...refund, note: null }));
  return { ...bill, refunds, attributes: [], company: null, purchaseOrder: null };
}
