import { spawn } from "node:child_process";
import { chownSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { freePort } from "../support/free-port.ts";
import { postgresAccount } from "../support/postgres-account.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { makeFolder } from "./drill-server.ts";
import { until } from "./until.ts";

export interface Pooler {
  /** The server's address through the pooler. */
  url: string;
  /** Its console, which lists pools. */
  consoleUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts PgBouncer with docs/operations/pgbouncer.ini in front of a server; only addresses and the size of the pool are
 * of this run.
 */
export async function startPooler(
  folder: string,
  serverUrl: string,
  { poolSize }: { poolSize: number },
): Promise<Pooler> {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl);
  const port = await freePort();
  const own = makeFolder(folder);
  const users = join(own, "userlist.txt");
  const file = join(own, "pgbouncer.ini");
  const documented = readFileSync(join(repositoryRoot, "docs/operations/pgbouncer.ini"), "utf8");
  const configuration = documented
    .replace("host=postgres port=5432", `host=${hostname} port=${serverPort}`)
    .replace("listen_addr = 0.0.0.0", `listen_addr = 127.0.0.1\nunix_socket_dir =\nstats_users = ${username}`)
    .replace("listen_port = 6432", `listen_port = ${port}`)
    .replace("/etc/pgbouncer/userlist.txt", users)
    .replace(/default_pool_size = \d+/, `default_pool_size = ${poolSize}`);
  writeFileSync(file, configuration);
  writeFileSync(users, `"${username}" "${password}"\n`, { mode: 0o600 });
  const account = postgresAccount();
  if (account) for (const path of [file, users]) chownSync(path, account.uid, account.gid);
  const log = openSync(join(folder, "pgbouncer.log"), "w");
  const child = spawn("pgbouncer", [file], { ...account, cwd: "/", stdio: ["ignore", log, log] });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code) => resolve(`PgBouncer ended with code ${code}; see ${folder}/pgbouncer.log`));
    child.once("error", ({ message }) => resolve(`This drill needs Debian's pgbouncer (${message}).`));
  });
  const listening = until("the pooler takes connections", () => takesConnections(port));
  const complaint = await Promise.race([listening, ended]);
  if (complaint) throw new Error(complaint);
  const address = (name: string) =>
    Object.assign(new URL(serverUrl), { port: String(port), pathname: `/${name}` }).href;
  return {
    url: address("atomic_orders"),
    consoleUrl: address("pgbouncer"),
    stop: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
