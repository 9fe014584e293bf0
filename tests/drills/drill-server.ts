import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { freePort } from "../support/free-port.ts";
import { onlyThese } from "../support/only-these.ts";
import { postgresAccount } from "../support/postgres-account.ts";

/**
 * A PostgreSQL of the machine's own packages, as an operator has one: durable, and with the programs beside it that the
 * embedded one lacks (pg_dump, pg_basebackup). It listens on a free port of 127.0.0.1 alone.
 */
export interface DrillServer {
  dataFolder: string;
  /** The owner's address of the database. */
  url: string;
  /** A superuser's address of the same database. */
  adminUrl: string;
  /** Ends it at once, as a power cut would; the data stay where they are. */
  crash(): void;
  stop(): void;
}

export const database = "atomic_orders";
const owner = "atomic_orders_owner";
/** The same on every server of a run, because a restored one has the passwords of the one it came from. */
const passwords = { postgres: randomBytes(18).toString("hex"), owner: randomBytes(18).toString("hex") };
const account = postgresAccount();

/** The newest PostgreSQL of Debian's packages, or the one in PG_BIN. */
function programFolder(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = process.env.PG_BIN ?? (versions[0] ? join(root, versions[0], "bin") : "");
  if (existsSync(join(found, "pg_basebackup"))) return found;
  throw new Error(
    "This drill needs the programs of a PostgreSQL server (Debian: apt-get install postgresql); PG_BIN may name their folder.",
  );
}

/** Runs one of PostgreSQL's programs, by root as the account that PostgreSQL runs under. @throws Error with what it complained of */
export function runProgram(program: string, args: string[]): void {
  execFileSync(join(programFolder(), program), args, {
    ...account,
    cwd: "/",
    // pg_ctl hands its outputs on to the server, which would keep a pipe open for as long as it runs.
    stdio: program === "pg_ctl" ? "ignore" : "pipe",
    env: onlyThese({ LC_ALL: "C.UTF-8", PATH: process.env.PATH }),
  });
}

/** Makes a folder that PostgreSQL's account may write to. */
export function makeFolder(...parts: string[]): string {
  const folder = join(...parts);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** Makes an empty cluster in a folder. */
export function initCluster(folder: string): string {
  const dataFolder = makeFolder(folder);
  const passwordFile = `${dataFolder}.password`;
  writeFileSync(passwordFile, `${passwords.postgres}\n`);
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    const common = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"];
    runProgram("initdb", [`--pgdata=${dataFolder}`, `--pwfile=${passwordFile}`, ...common]);
  } finally {
    rmSync(passwordFile);
  }
  return dataFolder;
}

/** Starts the cluster in a folder and waits until it takes connections. */
export async function startServer(
  dataFolder: string,
  settings: Record<string, string> = {},
): Promise<DrillServer> {
  const port = await freePort();
  const all = {
    ...{ port: String(port), listen_addresses: "127.0.0.1", unix_socket_directories: "" },
    ...{ max_connections: "200", shared_buffers: "512MB", max_wal_size: "4GB", timezone: "UTC" },
    ...settings,
  };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  const control = (...args: string[]) => runProgram("pg_ctl", ["-D", dataFolder, ...args]);
  control("start", "-w", "-t", "600", "-l", `${dataFolder}.log`, "-o", options.join(" "));
  const address = (user: string, password: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  return {
    dataFolder,
    url: address(owner, passwords.owner),
    adminUrl: address("postgres", passwords.postgres),
    crash: () => control("stop", "-m", "immediate"),
    stop: () => control("stop", "-m", "fast"),
  };
}

/** The same server's address of another database of it. */
export const addressOf = (url: string, name: string) =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** Makes the owner, who is no superuser, and its database. */
export async function createDatabase({ adminUrl }: DrillServer): Promise<void> {
  const sql = postgres(addressOf(adminUrl, "postgres"), { max: 1 });
  try {
    await sql.unsafe(`create role ${owner} login createrole createdb password '${passwords.owner}'`);
    await sql.unsafe(`create database ${database} owner ${owner}`);
  } finally {
    await sql.end();
  }
}
