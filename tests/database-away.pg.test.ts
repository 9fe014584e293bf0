import { afterEach, expect, test } from "vitest";
import { createDb, isDatabaseAway } from "../app/db.server.ts";
import { startTcpProxy } from "./support/tcp-proxy.ts";
import { createTestDatabase } from "./support/test-database.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

test("however long the database has been away, whoever asks is told so soon", async () => {
  const database = await createTestDatabase();
  open.push({ close: database.drop });
  const url = new URL(database.url);
  const line = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  Object.assign(url, { hostname: "127.0.0.1", port: String(line.port) });
  const db = createDb(url.href, { max: 1, name: "test" });
  open.push(db);
  await db.sql`select 1`;
  await line.close();
  // With the driver's own waits, which treble up to twenty seconds, this would outlast the test.
  for (let failure = 0; failure < 12; failure += 1) {
    const error = await db.sql`select 1`.catch((error: unknown) => error);
    expect(isDatabaseAway(error)).toBe(true);
  }
});
