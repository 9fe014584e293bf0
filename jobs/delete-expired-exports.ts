import { deleteOldItems } from "../app/bulk/delete-old-items.server.ts";
import { deleteExpiredExports } from "../app/exports/delete-expired-exports.server.ts";
import { defineJob } from "./define-job.ts";

/** Every hour: deletes the files that nobody may download any more, and what bulk actions need no more. */
export const deleteExpiredExportsJob = defineJob("delete-expired-exports", async ({ db }) => {
  await deleteExpiredExports(db);
  await deleteOldItems(db);
});
