import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { createDb, withShop } from "../../app/db.server.ts";
import { issueInvoices } from "../../app/invoices/issue-invoices.server.ts";
import { openQueue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openInbox } from "../../app/webhooks/receive-webhook.server.ts";
import { migrate } from "../../drizzle/migrate.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { startApp } from "../support/app-processes.ts";
import { shopWithOrdersToBill } from "../support/copy-orders.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { anna, saveSettings } from "../support/invoices.ts";
import { makeScratch } from "../support/postgres-account.ts";
import {
  addressOf,
  createDatabase,
  type DrillServer,
  database,
  initCluster,
  makeFolder,
  runProgram,
  startServer,
} from "./drill-server.ts";
import { differences, type Fingerprint, fingerprint, rowsOf } from "./fingerprint.ts";
import { deliverOrders, runOnRestored } from "./run-on-restored.ts";
import { until } from "./until.ts";

/**
 * The restore drill: `npm run drill:restore`. Fills a shop (DRILL_ORDERS, 200,000 otherwise), issues invoices, backs up
 * the two ways docs/operations.md describes, works on, makes a mistake, loses the server, restores either backup on an
 * empty one, compares every table and runs the app on it. Prints a table of times; a difference fails it.
 */
const orders = Number(process.env.DRILL_ORDERS ?? 200_000);
const invoices = 300;
const deliveries = 1_000;
const domain = "drill.myshopify.com";

const say = (line: string) => process.stdout.write(`${line}\n`);
const steps: { step: string; seconds: number; note: string }[] = [];

async function timed<T>(step: string, run: () => T | Promise<T>, note: (result: T) => string = () => "") {
  const startedAt = performance.now();
  const result = await run();
  const seconds = (performance.now() - startedAt) / 1_000;
  steps.push({ step, seconds, note: note(result) });
  say(`${step}: ${seconds.toFixed(1)} s ${note(result)}`);
  return result;
}

const sizeOf = (path: string) =>
  `${(Number(execFileSync("du", ["-sb", path]).toString().split("\t")[0]) / 1e6).toFixed(0)} MB`;

ensureBuilt();
const scratch = makeFolder(makeScratch("atomic-orders-drill-"));
const walFolder = makeFolder(scratch, "wal");
const backups = makeFolder(scratch, "backups");
const servers: DrillServer[] = [];
const start = async (dataFolder: string, settings: Record<string, string> = {}) => {
  const server = await startServer(dataFolder, settings);
  servers.push(server);
  return server;
};
try {
  const archive = {
    archive_mode: "on",
    archive_command: `test ! -f ${walFolder}/%f && cp %p ${walFolder}/%f`,
  };
  const first = await start(initCluster(join(scratch, "first")), archive);
  await createDatabase(first);
  await migrate(first.url);
  await timed("seed", () => seedOrderHistory({ databaseUrl: first.url, orders, domain }));
  await issueSomeInvoices(first);
  const atBackup = await timed(
    "fingerprint of every table",
    () => fingerprint(first.adminUrl),
    (found) => `${rowsOf(found)} rows in ${found.tables.size} tables`,
  );

  const dumpFile = join(backups, "atomic_orders.dump");
  const globals = join(backups, "globals.sql");
  const base = join(backups, "base");
  await timed(
    "pg_dump -Fc",
    () => runProgram("pg_dump", ["-Fc", "-f", dumpFile, "-d", first.adminUrl]),
    () => sizeOf(dumpFile),
  );
  runProgram("pg_dumpall", ["--globals-only", "-f", globals, "-d", first.adminUrl]);
  await timed(
    "pg_basebackup -Ft -z",
    () => runProgram("pg_basebackup", ["-D", base, "-Ft", "-z", "-c", "fast", "-d", first.adminUrl]),
    () => sizeOf(base),
  );

  const moment = await workOn(first);
  const atMoment = await fingerprint(first.adminUrl);
  await makeMistake(first);
  first.crash();
  servers.pop();
  rmSync(first.dataFolder, { recursive: true });

  const fromDump = await timed("an empty server", () => start(initCluster(join(scratch, "from-dump"))));
  await timed("pg_restore -j 2", () => restoreDump(fromDump, globals, dumpFile));
  await compare("the dump", fromDump, atBackup);
  fromDump.stop();
  servers.pop();

  const pointFolder = makeFolder(scratch, "point");
  await timed("unpack the base backup", () => unpack(base, pointFolder));
  const point = await timed(
    "replay the archive up to the moment before the mistake",
    () => recover(pointFolder, moment),
    () => sizeOf(walFolder),
  );
  await compare("the moment", point, atMoment);
  say(`\n${orders.toLocaleString("en")} orders; ${cpus().length} cores, ${cpus()[0]?.model ?? ""}\n`);
  say("| step | seconds | |\n|---|---|---|");
  for (const { step, seconds, note } of steps) say(`| ${step} | ${seconds.toFixed(1)} | ${note} |`);
} finally {
  for (const server of servers) server.stop();
  rmSync(scratch, { recursive: true, force: true });
}

/** A second shop with issued, rendered invoices, and a person of the first shop, who opens its list later. */
async function issueSomeInvoices(server: DrillServer): Promise<void> {
  const db = createDb(server.url, { max: 4, name: "drill" });
  const queue = await openQueue(db, (error) => {
    throw error;
  });
  const context = { url: server.url, db, queue, receive: openInbox(db, queue) };
  const app = await startApp(server.url);
  const sql = postgres(server.adminUrl, { max: 1 });
  try {
    const { shopId, orderIds } = await shopWithOrdersToBill(context, invoices);
    await saveSettings(context, shopId as ShopId, {});
    await withShop(db, shopId, (tx) =>
      issueInvoices(tx, queue, { shopId, orderIds, trigger: "by_hand", actor: anna }),
    );
    await sql`insert into staff_members (shop_id, shopify_user_id, name)
              select id, 1001, 'Anna' from shops where domain = ${domain}`;
    await app.startWorker();
    await until("every invoice has its PDF", async () => {
      const [row] = await sql`select count(*)::int as files from document_files`;
      return row?.files === invoices;
    });
  } finally {
    await app.stop();
    await queue.stop();
    await db.close();
    await sql.end();
  }
}

/** What comes in between the backup and the accident. @returns the moment after it, as PostgreSQL writes it */
async function workOn(server: DrillServer): Promise<string> {
  const app = await startApp(server.url);
  try {
    await app.startWorker();
    await deliverOrders(app, server.adminUrl, domain, deliveries);
  } finally {
    await app.stop();
  }
  const sql = postgres(server.adminUrl, { max: 1 });
  const [row] = await sql`select clock_timestamp()::text as moment`;
  await sql.end();
  return row?.moment;
}

/** Somebody empties every order's note and tags by hand; the segment with it reaches the archive. */
async function makeMistake(server: DrillServer): Promise<void> {
  const sql = postgres(server.adminUrl, { max: 1, connection: { session_replication_role: "replica" } });
  await sql`update orders set note = 'gone', tags = '{}'`;
  const [row] = await sql`select pg_walfile_name(pg_switch_wal()) as segment`;
  await sql.end();
  await until("the last segment is archived", async () => existsSync(join(walFolder, row?.segment)));
}

function restoreDump(server: DrillServer, globals: string, dumpFile: string): void {
  const admin = addressOf(server.adminUrl, "postgres");
  // The role postgres is there already; psql goes on after saying so.
  runProgram("psql", ["-q", "-d", admin, "-f", globals]);
  runProgram("pg_restore", ["--create", "--exit-on-error", "-j", "2", "-d", admin, dumpFile]);
  runProgram("vacuumdb", ["-q", "--analyze-only", "-d", addressOf(server.adminUrl, database)]);
}

function unpack(base: string, folder: string): void {
  execFileSync("tar", ["-xzf", join(base, "base.tar.gz"), "-C", folder]);
  execFileSync("tar", ["-xzf", join(base, "pg_wal.tar.gz"), "-C", join(folder, "pg_wal")]);
}

async function recover(folder: string, moment: string): Promise<DrillServer> {
  appendFileSync(
    join(folder, "postgresql.auto.conf"),
    `restore_command = 'cp ${walFolder}/%f %p'\nrecovery_target_time = '${moment}'\nrecovery_target_action = 'promote'\n`,
  );
  writeFileSync(join(folder, "recovery.signal"), "");
  const server = await start(folder);
  const sql = postgres(server.adminUrl, { max: 1 });
  await until("the server takes writes", async () => {
    const [row] = await sql`select pg_is_in_recovery() as recovering`;
    return row?.recovering === false;
  });
  await sql.end();
  return server;
}

async function compare(what: string, server: DrillServer, expected: Fingerprint): Promise<void> {
  const found = differences(expected, await fingerprint(server.adminUrl));
  if (found.length > 0) throw new Error(`Restored from ${what}, but not the same:\n${found.join("\n")}`);
  await timed(
    `web and worker on it (${what})`,
    () => runOnRestored(server, domain),
    ({ ready, verified }) => `ready after ${ready.toFixed(1)} s; ${verified}`,
  );
}
