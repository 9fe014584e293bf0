import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "../../support/free-port.ts";
import { onlyThese } from "../../support/only-these.ts";
import { postgresAccount } from "../../support/postgres-account.ts";
import type { GuardianOrder } from "../../support/postgres-guardian.ts";

const debianFolder = "/usr/lib/postgresql";
const oldest = 15;
const startPatienceMs = 30_000;

/**
 * Finds the programs of a PostgreSQL of the system. The one inside our npm package is built without lz4, so that it
 * spends twice as much on storing a body as a server in production does.
 * @param given the folder of `initdb` and `postgres`; without one the newest that Debian's packages have installed
 * @returns null when there is none
 */
export function findPostgres(given: string | undefined): string | null {
  if (given) return given;
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).map(Number) : [];
  const newest = Math.max(...versions.filter((version) => version >= oldest));
  const folder = join(debianFolder, String(newest), "bin");
  return existsSync(join(folder, "initdb")) ? folder : null;
}

export interface OwnPostgres {
  /** A superuser's address. */
  adminUrl: string;
  stop(): Promise<void>;
}

/** Starts a throw-away server in a folder, with Debian's settings but for connections and buffers. It ends with us. */
export async function startOwnPostgres(programs: string, folder: string): Promise<OwnPostgres> {
  const account = postgresAccount();
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  chmodSync(folder, 0o755);
  if (account) chownSync(data, account.uid, account.gid);
  execFileSync(
    join(programs, "initdb"),
    [
      `--pgdata=${data}`,
      "--username=postgres",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
    ],
    { ...account, cwd: "/", stdio: "pipe", env: onlyThese({ LC_ALL: "C" }) },
  );
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 300,
    shared_buffers: "1GB",
    timezone: "UTC",
  };
  const order: GuardianOrder = {
    program: join(programs, "postgres"),
    args: ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    account,
    logFile: join(folder, "postgres.log"),
    throwAway: folder,
  };
  const script = new URL("../../support/postgres-guardian.ts", import.meta.url).pathname;
  const guardian = spawn(process.execPath, ["--no-warnings", script, JSON.stringify(order)], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "inherit"],
  });
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    if (guardian.exitCode !== null) return;
    const exited = new Promise((resolve) => guardian.once("exit", resolve));
    guardian.stdin.end();
    await exited;
  };
  try {
    await accepts(adminUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  return { adminUrl, stop };
}

async function accepts(url: string): Promise<void> {
  const deadline = Date.now() + startPatienceMs;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
