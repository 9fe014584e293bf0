import { z } from "zod";

/** A note that somebody has typed and not saved, as the tab keeps it. */
const noteDraftSchema = z.object({
  opened: z.object({ version: z.number().int().min(1), note: z.string().nullable() }),
  typed: z.string(),
});
export type NoteDraft = z.infer<typeof noteDraftSchema>;

export const noteDraftKey = (shopDomain: string, customerId: string) =>
  `atomic-orders note draft ${shopDomain} ${customerId}`;

/** @returns null without a draft, with a damaged one, and where the browser keeps nothing */
export function readNoteDraft(key: string): NoteDraft | null {
  try {
    const draft = noteDraftSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? "null"));
    return draft.success ? draft.data : null;
  } catch {
    return null;
  }
}

export function keepNoteDraft(key: string, draft: NoteDraft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage may be full or forbidden. The form itself still holds the text.
  }
}

export function dropNoteDraft(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Forbidden: then there is none.
  }
}
