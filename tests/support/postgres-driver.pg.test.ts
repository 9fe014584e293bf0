import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { VictimReport } from "./postgres-driver-victim.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

/** Guards drizzle/patches/postgres+3.4.9.patch; docs/decisions/0003-postgres-driver-guard.md says why it exists. */

const quiet = { onnotice: () => {}, connect_timeout: 5, backoff: () => 0.01 };
let database: TestDatabase;
let killer: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  killer = postgres(database.url, { ...quiet, max: 1 });
  await killer`create table victim (id bigserial primary key, note text not null)`;
});

afterAll(async () => {
  await killer.end();
  await database.drop();
});

const killOthers = () =>
  killer`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;

test("a process survives its connections being closed again and again while it writes", async () => {
  const script = new URL("./postgres-driver-victim.ts", import.meta.url).pathname;
  const victim = spawn(process.execPath, ["--no-warnings", script, database.url, "5000"], { stdio: "pipe" });
  let output = "";
  let complaint = "";
  victim.stdout.on("data", (chunk) => (output += chunk));
  victim.stderr.on("data", (chunk) => (complaint += chunk));
  const exited = new Promise<number | null>((resolve) => victim.once("exit", resolve));

  for (let kill = 0; kill < 60 && victim.exitCode === null; kill++) {
    await sleep(70);
    await killOthers();
  }
  expect({ code: await exited, complaint }).toEqual({ code: 0, complaint: "" });
  const report = JSON.parse(output) as VictimReport;
  expect(report).toMatchObject({ hangs: 0, answers: 50 });
  expect(report.writes).toBeGreaterThan(50);
  expect(report.failures).toBeGreaterThan(20);
});

test("a transaction whose connection was closed writes nothing into the one that follows on it", async () => {
  const sql = postgres(database.url, { ...quiet, max: 1 });
  const dead = sql.begin(async (tx) => {
    await tx`select 1`;
    await killOthers();
    await sleep(200); // the next transaction has the connection by now
    await tx`insert into victim (note) values ('written by the dead')`;
  });
  const next = sleep(100).then(() =>
    sql.begin(async (tx) => {
      await tx`select 1`;
      await sleep(300);
      await tx`insert into victim (note) values ('written by the living')`;
    }),
  );
  const [deadOutcome, nextOutcome] = await Promise.allSettled([dead, next]);
  expect(deadOutcome).toMatchObject({ status: "rejected", reason: { code: "CONNECTION_CLOSED" } });
  expect(nextOutcome.status).toBe("fulfilled");
  const notes = await killer`select note from victim where note like 'written by%'`;
  expect(notes.map(({ note }) => note)).toEqual(["written by the living"]);
  await sql.end();
});

test("the first query after a closed connection does not fail with the old session's error", async () => {
  const sql = postgres(database.url, { ...quiet, max: 1 });
  const interrupted = sql`select pg_sleep(10)`;
  const outcome = interrupted.then(
    () => "answered",
    () => "failed",
  );
  await sleep(200);
  await killOthers();
  expect(await outcome).toBe("failed");
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
});
