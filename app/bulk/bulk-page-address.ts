import { z } from "zod";
import { kindNameSchema } from "./bulk-action.ts";

const states = ["changed", "unchanged", "conflict", "refused", "failed"] as const;

const addressSchema = z.object({
  /** Only orders of this outcome. */
  state: z.enum(states).nullable().catch(null),
  /** The position after which the page begins. */
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .catch(0),
  /** The kind of change that the list's bar asked for. */
  kind: kindNameSchema.nullable().catch(null),
});

/** What the page of a bulk action shows; the usual page for whatever is damaged or missing. */
export const parseBulkPage = (search: URLSearchParams) =>
  addressSchema.parse({
    state: search.get("state"),
    after: search.get("after") ?? 0,
    kind: search.get("kind"),
  });

export type BulkPageAddress = ReturnType<typeof parseBulkPage>;
