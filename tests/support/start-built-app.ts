import { createDb, type Db } from "../../app/db.server.ts";
import { openQueue, type Queue } from "../../app/queue.server.ts";
import { type AppProcesses, startApp } from "./app-processes.ts";
import { createTestDatabase } from "./test-database.ts";

export interface BuiltApp {
  /** A connection of the test's own beside those of the processes. */
  db: Db;
  queue: Queue;
  app: AppProcesses;
  /** The owner's address of the database. */
  databaseUrl: string;
  stop(): Promise<void>;
}

/** Runs the built processes on a database of their own. */
export async function startBuiltApp(
  connections: Pick<Parameters<typeof createDb>[1], "max" | "statementTimeoutMs">,
): Promise<BuiltApp> {
  const { url: databaseUrl, drop } = await createTestDatabase();
  const db = createDb(databaseUrl, { ...connections, name: "test" });
  const queue = await openQueue(db, (error) => {
    throw error;
  });
  const app = await startApp(databaseUrl);
  return {
    ...{ db, queue, app, databaseUrl },
    async stop() {
      await app.stop();
      await queue.stop();
      await db.close();
      await drop();
    },
  };
}
