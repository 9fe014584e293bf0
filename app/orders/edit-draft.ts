import { z } from "zod";
import { orderStatuses } from "./order.ts";

const status = z.enum(orderStatuses);
const value = z.string().nullable();
const choice = z.enum(["mine", "theirs"]);

/** What somebody has typed and not saved, as the tab keeps it. */
const editDraftSchema = z.object({
  opened: z.object({
    version: z.number().int().min(1),
    values: z.object({ status, trackingCompany: value, trackingNumber: value, note: value }),
  }),
  typed: z.object({ status, trackingCompany: z.string(), trackingNumber: z.string(), note: z.string() }),
  choices: z
    .object({ status: choice, trackingCompany: choice, trackingNumber: choice, note: choice })
    .partial(),
  /** ISO 8601. */
  savedAt: z.string(),
  /** The person closed the form with Cancel: it comes back only by Undo. */
  cancelled: z.boolean(),
});
export type EditDraft = z.infer<typeof editDraftSchema>;

/** Names the draft of one order. Order ids are unique, the shop keeps two shops in one tab apart all the same. */
export const draftKey = (shopDomain: string, orderId: string) =>
  `atomic-orders draft ${shopDomain} ${orderId}`;

/** @returns null without a draft, with a damaged one, and where the browser keeps nothing */
export function readDraft(key: string): EditDraft | null {
  try {
    const draft = editDraftSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? "null"));
    return draft.success ? draft.data : null;
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: EditDraft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage may be full or forbidden. The form itself still holds the text.
  }
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Forbidden: then there is none.
  }
}
