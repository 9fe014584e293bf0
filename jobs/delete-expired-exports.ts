import { deleteOldDrafts } from "../app/bulk/delete-old-drafts.server.ts";
import { deleteExpiredExports } from "../app/exports/delete-expired-exports.server.ts";
import { defineJob } from "./define-job.ts";

/** Every hour: deletes the files that nobody may download any more, and the bulk actions that nobody has started. */
export const deleteExpiredExportsJob = defineJob("delete-expired-exports", async ({ db }) => {
  await deleteExpiredExports(db);
  await deleteOldDrafts(db);
});
