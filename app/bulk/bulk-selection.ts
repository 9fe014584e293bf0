import { z } from "zod";
import { orderIdSchema } from "../orders/order.ts";
import { readTicked } from "../search/ticked-rows.ts";
import { kindNameSchema } from "./bulk-action.ts";

/** Orders ticked one by one in one post. */
export const tickedLimit = 10_000;

const selectionSchema = z.object({
  ids: z.array(orderIdSchema).max(tickedLimit),
  all: z.boolean(),
  // Neither NUL nor half a character can be stored.
  q: z.string().transform((q) => q.replaceAll("\0", " ").toWellFormed()),
  kind: kindNameSchema.nullable().catch(null),
});

/** What a list posts: the ticked orders or all that its query matches, and perhaps the kind of what to change. */
export type PostedSelection = z.output<typeof selectionSchema>;

/** @returns null for a post that no list sends */
export function readSelection(form: FormData): PostedSelection | null {
  const posted = selectionSchema.safeParse({
    ids: readTicked(form),
    all: form.get("all") === "1",
    q: form.get("q") ?? "",
    kind: form.get("kind"),
  });
  return posted.success ? posted.data : null;
}
