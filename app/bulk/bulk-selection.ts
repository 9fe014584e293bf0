import { z } from "zod";
import { orderIdSchema } from "../orders/order.ts";
import { readTicked } from "../search/ticked-rows.ts";
import { type ChosenChange, chosenChangeSchema, chosenKinds } from "./bulk-action.ts";

/** Orders ticked one by one in one post. */
export const tickedLimit = 10_000;

const selectionSchema = z.object({
  ids: z.array(orderIdSchema).max(tickedLimit),
  all: z.boolean(),
  // Neither NUL nor half a character can be stored.
  q: z.string().transform((q) => q.replaceAll("\0", " ").toWellFormed()),
  kind: z.enum(chosenKinds).nullable().catch(null),
});

/** What a list posts: the ticked orders or all that its query matches, and perhaps what to change. */
export type PostedSelection = z.output<typeof selectionSchema> & { change: ChosenChange | null };

/** @returns null for a post that no list sends */
export function readSelection(form: FormData): PostedSelection | null {
  const posted = selectionSchema.safeParse({
    ids: readTicked(form),
    all: form.get("all") === "1",
    q: form.get("q") ?? "",
    kind: form.get("kind"),
  });
  if (!posted.success) return null;
  const change = chosenChangeSchema.safeParse(Object.fromEntries(form));
  return { ...posted.data, change: change.success ? change.data : null };
}
