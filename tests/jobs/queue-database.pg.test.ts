import { expect, test } from "vitest";
import { openWorkerQueue } from "../../app/queue.server.ts";
import { openQueueDatabase } from "../../app/queue-database.server.ts";
import { asSuperuser } from "../support/superuser.ts";
import { createTestDatabase } from "../support/test-database.ts";

const outcomeOf = (statement: Promise<unknown>) =>
  statement.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );

test("scripts whose connections are cut leave a pool that works", async () => {
  const { url, drop } = await createTestDatabase();
  const db = openQueueDatabase(url, url, { max: 4 });
  try {
    for (let round = 0; round < 2; round += 1) {
      const scripts = Array.from({ length: 4 }, () =>
        outcomeOf(db.executeSql("begin; select pg_sleep(20); commit;")),
      );
      await asSuperuser({ url }, async (admin) => {
        const sleeping = () => admin<{ pid: number }[]>`
          select pid from pg_stat_activity
          where datname = current_database() and query like '%pg_sleep(20)%' and pid <> pg_backend_pid()`;
        await expect.poll(sleeping).toHaveLength(4);
        for (const { pid } of await sleeping()) await admin`select pg_terminate_backend(${pid})`;
      });
      expect(await Promise.all(scripts)).toHaveLength(4);
    }
    const after = await Promise.all(Array.from({ length: 12 }, () => outcomeOf(db.executeSql("select 1"))));
    expect(new Set(after)).toEqual(new Set(["done"]));
  } finally {
    await db.close();
    await drop();
  }
});

test("a script that fails leaves no transaction open on its connection", async () => {
  const { url, drop } = await createTestDatabase();
  const db = openQueueDatabase(url, url, { max: 1 });
  try {
    expect(await outcomeOf(db.executeSql("begin; select 1 / 0; commit;"))).toBe("22012");
    expect(await db.executeSql("select 1 as one")).toEqual({ rows: [{ one: 1 }] });
    expect(await db.executeSql("select 1 as one; select 2 as two")).toEqual({
      rows: [{ one: 1 }, { two: 2 }],
    });
  } finally {
    await db.close();
    await drop();
  }
});

test("a start of the queue that fails half way leaves no connection behind", async () => {
  const { url, drop } = await createTestDatabase();
  await asSuperuser({ url }, async (admin) => {
    const [row] = await admin<{ name: string }[]>`
      select oid::regprocedure::text as name from pg_proc
      where pronamespace = 'pgboss'::regnamespace and proname = 'create_queue'`;
    await admin.unsafe(`alter function ${row?.name} rename to create_queue_away`);
    const start = openWorkerQueue({ url, listenUrl: url }, { max: 4, report: () => {} });
    await expect(start).rejects.toThrow();
    await expect
      .poll(
        () =>
          admin`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      .toEqual([]);
  });
  await drop();
});
