/** What happens to a bulk action, in its order; drizzle/schema/desk.ts says what each state means. */
export type BulkState = "collecting" | "draft" | "counting" | "queued" | "running" | "done" | "cancelled";

/** Nothing has been changed yet, and nobody has said that anything should. */
export const isDraft = (state: BulkState): boolean =>
  state === "collecting" || state === "draft" || state === "counting";

export const isFinished = (state: BulkState): boolean => state === "done" || state === "cancelled";
