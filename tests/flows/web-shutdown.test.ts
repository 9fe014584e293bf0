import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { createTestDatabase } from "../support/test-database.ts";

const patience = { timeout: 20_000 };

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

test("a request under way when a web process is told to stop is answered, however many statements it still needs", async () => {
  const { shopId, domain } = await createShop(db);
  await withShop(
    db,
    shopId,
    (tx) =>
      tx.sql`insert into staff_members (shop_id, shopify_user_id, name) values (${shopId}, 1001, 'Anna')`,
  );
  const token = signSessionToken({ shop: domain, userId: 1001, ...app.secrets });
  const open = (path: string) =>
    fetch(`${app.appUrl}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  expect((await open("/app/orders")).status).toBe(200);

  // Who opens a screen is looked up first, so the request waits at its first statement, with its others to come.
  const waiting = await withShop(db, shopId, async ({ sql }) => {
    await sql`lock table staff_members, orders in access exclusive mode`;
    const answers = Array.from({ length: 5 }, () => open("/app/orders"));
    const countWaiting = async () => {
      const [row] = await sql`select count(*)::int as waiting from pg_locks
                              where not granted and database = (select oid from pg_database where datname = current_database())`;
      return row?.waiting;
    };
    await expect.poll(countWaiting, patience).toBe(5);
    process.kill(app.web.pid, "SIGTERM");
    const takesConnections = () =>
      fetch(`${app.appUrl}/healthz`).then(
        () => true,
        () => false,
      );
    await expect.poll(takesConnections, patience).toBe(false);
    return answers;
  });
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await app.web.ended).toBe("web ended with code 0");
});
