import postgres from "postgres";
import { expect, test } from "vitest";
import { createDb, withSystem } from "../../app/db.server.ts";
import { answerReady } from "../../app/operations/answer-operator.server.ts";
import { findObstacles, type ReadinessOptions } from "../../app/operations/readiness.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { freePort } from "../support/free-port.ts";

const context = openAppContext();
const fine: ReadinessOptions = { maxLagSeconds: 60, isListening: true, isStopping: false };

test("a process with a migrated database, an ear and nothing overdue is ready", async () => {
  expect(await findObstacles(context.db, fine)).toEqual([]);
  expect((await answerReady(context.db, fine)).status).toBe(200);
});

test("a process that stops or cannot hear is not", async () => {
  const answer = await answerReady(context.db, { ...fine, isListening: false, isStopping: true });
  expect(answer.status).toBe(503);
  expect((await answer.text()).split("\n")).toEqual([
    "This process is stopping.",
    expect.stringContaining("listens for changes"),
    "",
  ]);
});

test("a delivery that nobody applies is in the way once it is overdue, one that waits for its next attempt is not", async () => {
  const { shopId } = await createShop(context.db);
  await withSystem(
    context.db,
    (tx) => tx.sql`
      insert into webhook_events (shop_id, headers, body_sha256, status, received_at, next_attempt_at)
      values (${shopId}, '{}', '', 'received', now() - interval '2 minutes', now() + interval '1 hour')`,
  );
  expect(await findObstacles(context.db, fine)).toEqual([]);
  await withSystem(
    context.db,
    (tx) => tx.sql`update webhook_events set next_attempt_at = now() where shop_id = ${shopId}`,
  );
  expect(await findObstacles(context.db, fine)).toEqual([
    expect.stringMatching(/^The oldest delivery has waited 12\d s to be applied, longer than 60 s/),
  ]);
  expect(await findObstacles(context.db, { ...fine, maxLagSeconds: 600 })).toEqual([]);
});

test("a database of another version is named as such", async () => {
  const owner = postgres(context.url, { max: 1 });
  try {
    const [last] =
      await owner`select id, created_at from drizzle.__drizzle_migrations order by created_at desc limit 1`;
    const set = (at: number) =>
      owner`update drizzle.__drizzle_migrations set created_at = ${at} where id = ${last?.id}`;
    await set(0);
    expect((await findObstacles(context.db, { ...fine, maxLagSeconds: 600 }))[0]).toContain(
      "lacks migrations",
    );
    await set(Number(last?.created_at) + 1);
    expect((await findObstacles(context.db, { ...fine, maxLagSeconds: 600 }))[0]).toContain(
      "newer than this version",
    );
    await set(Number(last?.created_at));
  } finally {
    await owner.end();
  }
});

test("a pooler that does not hand on the role is in the way", async () => {
  const sql = postgres(context.url, { max: 1 });
  try {
    expect(await findObstacles({ ...context.db, sql }, { ...fine, maxLagSeconds: 600 })).toEqual([
      expect.stringMatching(/^Statements run as atomic_orders_owner and not as atomic_orders_app/),
    ]);
  } finally {
    await sql.end();
  }
});

test("a database that is away is a sentence and not an exception", async () => {
  const away = createDb(`postgres://nobody@127.0.0.1:${await freePort()}/none`, { max: 1, name: "away" });
  expect(await findObstacles(away, fine)).toEqual([expect.stringContaining("database")]);
  await away.close();
});
