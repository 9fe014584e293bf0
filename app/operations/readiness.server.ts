import journal from "../../drizzle/migrations/meta/_journal.json" with { type: "json" };
import { appRole, type Db, withSystem } from "../db.server.ts";

/** Longer than a healthy database takes to answer, shorter than the patience of whoever asks. */
const answerLimitMs = 2_000;

const newestMigration = Math.max(...journal.entries.map(({ when }) => when));

export interface ReadinessOptions {
  /** A delivery that is due and older than this means that nobody applies them. */
  maxLagSeconds: number;
  /** False while this process does not hear what others commit; null where nothing needs to hear. */
  isListening: boolean | null;
  isStopping: boolean;
}

/** What is in the way, in sentences for an operator; empty when the process can take work. */
export async function findObstacles(db: Db, options: ReadinessOptions): Promise<string[]> {
  const obstacles: string[] = [];
  if (options.isStopping) obstacles.push("This process is stopping.");
  if (options.isListening === false)
    obstacles.push(
      "The connection that listens for changes is not established; open screens would not hear of them.",
    );
  const state = await readState(db);
  if (typeof state === "string") return [...obstacles, state];
  if (state.role !== appRole)
    obstacles.push(
      `Statements run as ${state.role} and not as ${appRole}, which tenant isolation stands on. A pooler must set the role (docs/operations/pgbouncer.ini).`,
    );
  if (state.migration !== newestMigration)
    obstacles.push(
      state.migration < newestMigration
        ? "The database lacks migrations of this version. Run: npm run db:migrate"
        : "The database is newer than this version of the program.",
    );
  if (state.lagSeconds > options.maxLagSeconds)
    obstacles.push(
      `The oldest delivery has waited ${Math.round(state.lagSeconds)} s to be applied, longer than ${options.maxLagSeconds} s. Is a worker running?`,
    );
  return obstacles;
}

interface DatabaseState {
  migration: number;
  /** What the statements run as. */
  role: string;
  lagSeconds: number;
}

async function readState(db: Db): Promise<DatabaseState | string> {
  const slow = new Promise<string>((resolve) => {
    setTimeout(
      resolve,
      answerLimitMs,
      `The database did not answer within ${answerLimitMs / 1_000} s.`,
    ).unref();
  });
  const asked = withSystem(db, async (tx) => {
    const [row] = await tx.sql<{ migration: string; role: string; lag: string | null }[]>`
      select (select max(created_at) from drizzle.__drizzle_migrations) as migration, current_user as role,
             (${oldestDueDelivery(tx.sql)}) as lag`;
    return { migration: Number(row?.migration), role: row?.role ?? "", lagSeconds: Number(row?.lag ?? 0) };
  }).catch((error: { code?: string }) => `The database cannot be reached (${error.code ?? "no code"}).`);
  return Promise.race([asked, slow]);
}

/** The age in seconds of the oldest delivery that is due, as a subquery; null when none is. */
export const oldestDueDelivery = (sql: Db["sql"] | Parameters<Parameters<typeof withSystem>[1]>[0]["sql"]) =>
  sql`select extract(epoch from now() - min(received_at)) from (
        select received_at from webhook_events where status = 'received' and next_attempt_at <= now()
        order by shop_id, id limit 100000) due`;
