import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { maxStreamsPerShop } from "../../app/live/live-stream.server.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 2, name: "test" });
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

test.concurrent("a body that never ends is answered 408, at the webhook door and at a form", async () => {
  const { hostname, port, host } = new URL(app.appUrl);
  const statusOf = async (head: string) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(`${head}\r\nHost: ${host}\r\nContent-Length: 1000\r\n\r\nids=`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    return answer.toString().split("\r\n")[0];
  };
  const form =
    "POST /app/bulk/new HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept: text/html";
  const answers = await Promise.all([
    statusOf("POST /webhooks/shopify HTTP/1.1\r\nX-Shopify-Hmac-Sha256: AAAA"),
    statusOf(form),
  ]);
  expect(answers).toEqual(["HTTP/1.1 408 Request Timeout", "HTTP/1.1 408 Request Timeout"]);
});

test.concurrent("a shop that opens streams without end is told to wait, and another shop is not", async () => {
  const [greedy, other] = await Promise.all([createShop(db), createShop(db)]);
  // Of somebody unknown the app would first ask Shopify for the name, and no Shopify is there.
  for (const { shopId } of [greedy, other])
    await withShop(
      db,
      shopId,
      ({ sql }) =>
        sql`insert into staff_members (shop_id, shopify_user_id, name) values (${shopId}, 1001, 'Anna Berg')`,
    );
  const leaving = new AbortController();
  const open = async ({ domain }: { domain: string }) => {
    const token = signSessionToken({ shop: domain, userId: 1001, ...app.secrets });
    const answer = await fetch(`${app.appUrl}/app/live`, {
      headers: { Accept: "text/event-stream", Authorization: `Bearer ${token}` },
      signal: leaving.signal,
    });
    // Nobody counts before the stream itself begins.
    if (answer.ok) await answer.body?.getReader().read();
    return answer;
  };
  try {
    for (let opened = 0; opened < maxStreamsPerShop; opened += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => open(greedy)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    const refused = await open(greedy);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await open(other)).status).toBe(200);
  } finally {
    leaving.abort();
  }
});
