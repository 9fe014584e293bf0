import { z } from "zod";
import { type CustomerId, customerIdSchema } from "./customer.ts";

const orderPrefix = "order.";

/** Names, for the rows' address, whoever placed an order: a live update names orders and no customers. */
export const whoPlaced = (orderId: string): string => orderPrefix + orderId;

/** A customer's id, or an order's behind the prefix of {@link whoPlaced}. */
export const askedCustomerSchema = z.union([
  customerIdSchema.transform((id) => ({ kind: "customer" as const, id })),
  z
    .string()
    .startsWith(orderPrefix)
    .transform((text) => text.slice(orderPrefix.length))
    .pipe(z.string().uuid())
    .transform((id) => ({ kind: "order" as const, id })),
]);

export type AskedCustomer = { kind: "customer"; id: CustomerId } | { kind: "order"; id: string };
