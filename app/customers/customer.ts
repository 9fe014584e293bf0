import { z } from "zod";

/** A customer's id in our database. */
export type CustomerId = string & { readonly __customerId: true };

export const customerIdSchema = z
  .string()
  .uuid()
  .transform((id) => id as CustomerId);

/** Who a row or a page is about, as far as anybody may still know. */
export function customerName({
  firstName,
  lastName,
  email,
  erased,
}: {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  erased: boolean;
}): string {
  if (erased) return "Erased customer";
  return [firstName, lastName].filter(Boolean).join(" ").trim() || email?.trim() || "Name not shared";
}
