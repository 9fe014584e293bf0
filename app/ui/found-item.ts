import { z } from "zod";

/** Something that the palette has found, and where it is. */
export const foundItemSchema = z.object({
  kind: z.enum(["order", "document", "customer"]),
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  to: z.string(),
});
export type FoundItem = z.output<typeof foundItemSchema>;

export const foundAnswerSchema = z.object({ items: z.array(foundItemSchema) });

/** Fewer characters than this find half the shop. */
export const shortestSearch = 2;
