import type { ConstructorOptions } from "pg-boss";
import postgres from "postgres";
import { poolOptions, sessionOf } from "./db.server.ts";
import { LiveChannel } from "./live/live-channel.server.ts";

type QueueDatabase = NonNullable<ConstructorOptions["db"]>;

/** What pg-boss gives for JSON is text already, or a value; it reads values. */
const json = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text) as unknown,
});

/**
 * pg-boss's statements over the driver that everything else uses. Asking for a job is planned once and not every time,
 * which was three quarters of what it cost; nothing but LISTEN needs a session; and a connection that went deaf is noticed.
 *
 * @param url of the database or of a pooler in front of it
 * @param listenUrl of the database itself
 * @param max connections, besides the one that listens
 * @param heard is told each name of a queue that a job was committed to, while pg-boss listens
 */
export function openQueueDatabase(
  url: string,
  listenUrl: string,
  { max, heard = () => {} }: { max: number; heard?: (queueName: string) => void },
): QueueDatabase & { isListening(): boolean; close(): Promise<void> } {
  const name = "atomic-orders queue";
  const sql = postgres(url, {
    ...poolOptions,
    max,
    transform: { undefined: null },
    types: { json: json(114), jsonb: json(3802) },
    connection: { ...sessionOf(name), plan_cache_mode: "force_generic_plan" },
  });
  let channel: LiveChannel | null = null;
  return {
    isListening: () => channel?.isListening ?? false,
    executeSql: async (text, values = []) => {
      if (isScript(text)) return { rows: await runScript(sql, text) };
      // `simple` is what the driver makes of a statement without values; its types do not know the word.
      const options = { prepare: true, simple: false } as postgres.UnsafeQueryOptions;
      return { rows: await sql.unsafe(text, values as never[], options) };
    },
    listen: async (channelName, onNotification, listening) => {
      const message = (queueName: string) => {
        onNotification(queueName);
        heard(queueName);
      };
      const opened = new LiveChannel(listenUrl, channelName, { message, listening }, name);
      channel = opened;
      opened.open();
      return { close: () => opened.close() };
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

/** Several statements, or one with a semicolon somewhere in it, which may go the same way. */
const isScript = (text: string) => /;\s*\S/.test(text);

/** Runs statements in one go, which may be a transaction of their own, and gives the rows of all of them. */
async function runScript(sql: postgres.Sql, text: string): Promise<unknown[]> {
  const connection = await sql.reserve();
  let isLost = false;
  try {
    const answer = await connection.unsafe(text);
    return "command" in answer ? answer : (answer as unknown[][]).flat();
  } catch (error) {
    const rolledBack =
      error instanceof postgres.PostgresError && (await succeeds(connection.unsafe("rollback")));
    isLost = !rolledBack;
    throw error;
  } finally {
    // One that was lost has gone back already, to be opened anew; released, it would be taken for an open one for good.
    if (!isLost) connection.release();
  }
}

const succeeds = (query: PromiseLike<unknown>) =>
  query.then(
    () => true,
    () => false,
  );
