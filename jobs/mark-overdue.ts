import { markOverdue } from "../app/invoices/mark-overdue.server.ts";
import { defineJob } from "./define-job.ts";

/** Every hour, because the shops' days begin at different ones: marks the invoices that are due since yesterday. */
export const markOverdueJob = defineJob("mark-overdue", ({ db, stopping }) => markOverdue(db, stopping));
