/**
 * The process that holds an embedded PostgreSQL, so that none outlives its user.
 *
 * It sits in its own session (a Ctrl-C in the terminal does not reach the server before our own processes
 * have drained) and watches its stdin: when the starter ends for whatever reason, even SIGKILL, the pipe
 * closes, and the server is stopped; throw-away data is removed.
 */
import { spawn } from "node:child_process";
import { openSync, rmSync } from "node:fs";
import { onlyThese } from "./only-these.ts";

export type GuardianOrder = {
  program: string;
  args: string[];
  account: { uid: number; gid: number } | undefined;
  logFile: string;
  /** Removed after the server has stopped. */
  throwAway: string | undefined;
};

const order = JSON.parse(process.argv[2] ?? "") as GuardianOrder;
const log = openSync(order.logFile, "a");
const server = spawn(order.program, order.args, {
  ...order.account,
  stdio: ["ignore", log, log],
  env: onlyThese({ LC_ALL: "C" }),
});

server.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.once("exit", (code) => {
  if (order.throwAway) rmSync(order.throwAway, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 1);
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  // SIGINT is a clean "fast" shutdown; SIGQUIT skips the checkpoint, which data about to be deleted can spare.
  server.kill(order.throwAway ? "SIGQUIT" : "SIGINT");
  setTimeout(() => server.kill("SIGQUIT"), 20_000).unref();
  setTimeout(() => server.kill("SIGKILL"), 25_000).unref();
}
process.stdin.once("end", stop).once("error", stop).resume();
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
