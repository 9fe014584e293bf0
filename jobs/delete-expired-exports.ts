import { deleteExpiredExports } from "../app/exports/delete-expired-exports.server.ts";
import { defineJob } from "./define-job.ts";

/** Every hour: deletes the files that nobody may download any more. */
export const deleteExpiredExportsJob = defineJob("delete-expired-exports", ({ db }) =>
  deleteExpiredExports(db),
);
