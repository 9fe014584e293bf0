import { foldOrderFigures } from "../app/dashboard/keep-figures.server.ts";
import { defineJob } from "./define-job.ts";

/** Every minute: folds the changes of the dashboard's figures, so that reading them stays quick. */
export const foldOrderFiguresJob = defineJob("fold-order-figures", ({ db, stopping }) =>
  foldOrderFigures(db, stopping),
);
