import type { Db } from "../db.server.ts";
import type { Queue } from "../queue.server.ts";

/** What drafting and working need. */
export interface BulkServices {
  db: Db;
  queue: Queue;
  /** Items that are taken down and counted while a person waits; more are a job's. Tests make it small. */
  waitedFor?: number;
}
