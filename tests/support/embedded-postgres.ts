import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "./free-port.ts";
import { onlyThese } from "./only-these.ts";
import { type Account, postgresAccount } from "./postgres-account.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import type { GuardianOrder } from "./postgres-guardian.ts";

const ownerRole = "atomic_orders_owner";
const databaseName = "atomic_orders";
const startTimeoutMs = 30_000;

export type Cluster = {
  /** The owner's address: no superuser, but CREATEROLE and CREATEDB, as on a managed PostgreSQL. */
  url: string;
  /** A superuser's address, for making and dropping databases. */
  adminUrl: string;
  logFile: string;
  stop(): Promise<void>;
};

type StartCluster = {
  /** Holds the data, the log and the passwords; the account PostgreSQL runs under must be able to enter it. */
  folder: string;
  port?: number;
  /** Keeps the data between starts and syncs every commit; otherwise all goes when the starter ends. */
  keep: boolean;
};

type Passwords = { admin: string; owner: string };

/** Starts a PostgreSQL of its own in a folder, creating it at the first start. */
export async function startEmbeddedPostgres({ folder, port: wanted, keep }: StartCluster): Promise<Cluster> {
  const account = postgresAccount();
  const binaries = postgresBinaries(account);
  const dataFolder = join(folder, "data");
  const logFile = join(folder, "postgres.log");
  mkdirSync(folder, { recursive: true });

  const isNew = !existsSync(join(dataFolder, "PG_VERSION"));
  if (isNew) createCluster(folder, dataFolder, binaries, account);
  else stopLeftover(dataFolder, binaries, account);

  const passwords = JSON.parse(readFileSync(join(folder, "passwords.json"), "utf8")) as Passwords;
  const port = await freePort(wanted);
  const guardian = startGuardian({
    program: binaries.postgres,
    args: ["-D", dataFolder, ...settings(port, keep)],
    account,
    logFile,
    throwAway: keep ? undefined : folder,
  });
  const address = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const adminUrl = address("postgres", passwords.admin, "postgres");
  try {
    await acceptsConnections(adminUrl, guardian, logFile);
    await ensureOwner(adminUrl, passwords.owner);
  } catch (error) {
    await stopGuardian(guardian);
    throw error;
  }
  return {
    url: address(ownerRole, passwords.owner, databaseName),
    adminUrl,
    logFile,
    stop: () => stopGuardian(guardian),
  };
}

function createCluster(
  folder: string,
  dataFolder: string,
  binaries: PostgresBinaries,
  account: Account | undefined,
): void {
  const passwords: Passwords = { admin: randomPassword(), owner: randomPassword() };
  rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true });
  const passwordFile = join(folder, "initdb-password");
  writeFileSync(passwordFile, `${passwords.admin}\n`, { mode: 0o600 });
  chmodSync(folder, 0o755);
  if (account) for (const path of [dataFolder, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    initialise(binaries.initdb, [`--pgdata=${dataFolder}`, `--pwfile=${passwordFile}`], account);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(join(folder, "passwords.json"), JSON.stringify(passwords), { mode: 0o600 });
}

/** Upper and lower case must work beyond ASCII: the search for a customer's name depends on it. */
function initialise(initdb: string, args: string[], account: Account | undefined): void {
  const common = [
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-instructions",
    "--no-sync",
  ];
  const unicode = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const run = (ctype: string) =>
    execFileSync(initdb, [...args, ...common, ...unicode, `--lc-ctype=${ctype}`], {
      ...account,
      cwd: "/",
      stdio: "pipe",
      env: onlyThese({ LC_ALL: "C" }),
    });
  try {
    run(process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8");
  } catch (error) {
    if (!/invalid locale/i.test(String(error))) throw error;
    run("C");
  }
}

function settings(port: number, keep: boolean): string[] {
  const durability = keep ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const all = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 300,
    shared_buffers: "128MB",
    dynamic_shared_memory_type: process.platform === "linux" ? "mmap" : "posix",
    timezone: "UTC",
    ...durability,
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** A server whose guardian was killed still holds the data; asking it to stop is the only safe way in. */
function stopLeftover(dataFolder: string, { pgCtl }: PostgresBinaries, account: Account | undefined): void {
  const run = (...args: string[]) =>
    execFileSync(pgCtl, ["-D", dataFolder, ...args], { ...account, cwd: "/", stdio: "pipe" });
  try {
    run("status");
  } catch {
    return; // pg_ctl exits with 3 when no server runs
  }
  run("stop", "-m", "fast", "-w");
}

function startGuardian(order: GuardianOrder): ChildProcess {
  const script = new URL("./postgres-guardian.ts", import.meta.url).pathname;
  const guardian = spawn(process.execPath, ["--no-warnings", script, JSON.stringify(order)], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "inherit"],
  });
  // Neither may keep its starter alive: when the starter ends, the pipe closes and the guardian stops the server.
  guardian.unref();
  (guardian.stdin as unknown as { unref?(): void } | null)?.unref?.();
  return guardian;
}

async function stopGuardian(guardian: ChildProcess): Promise<void> {
  if (guardian.exitCode !== null || guardian.signalCode !== null) return;
  guardian.ref();
  await new Promise((resolve) => {
    guardian.once("exit", resolve);
    guardian.stdin?.end();
  });
}

async function acceptsConnections(adminUrl: string, guardian: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && guardian.exitCode === null) {
    const sql = postgres(adminUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch {
      await sleep(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  const log = existsSync(logFile) ? readFileSync(logFile, "utf8").split("\n").slice(-15).join("\n") : "";
  throw new Error(`The embedded PostgreSQL did not start.\n${log}`);
}

async function ensureOwner(adminUrl: string, password: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select from pg_roles where rolname = ${ownerRole}`;
    if (!role) await sql.unsafe(`create role ${ownerRole} login createrole createdb password '${password}'`);
    const [database] = await sql`select from pg_database where datname = ${databaseName}`;
    if (!database) await sql.unsafe(`create database ${databaseName} owner ${ownerRole}`);
  } finally {
    await sql.end();
  }
}

function randomPassword(): string {
  return randomBytes(18).toString("hex");
}
