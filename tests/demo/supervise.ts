import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onlyThese } from "../support/only-these.ts";
import { repositoryRoot } from "../support/repository-root.ts";

/** What `npm run worker` gives Node beside the file: a small nursery keeps a long export small. */
export const workerFlags = ["--max-semi-space-size=8"];

/** Longer than the processes give themselves (25 s), so that SIGKILL meets only one that is stuck. */
const stopGraceMs = 26_000;
const healthPatienceMs = 60_000;

export type ProcessOrder = {
  name: string;
  /** What follows `node`. */
  args: string[];
  env: Record<string, string>;
  logFile: string;
  /** Asked until it answers 200. */
  healthUrl?: string;
};

export type SupervisedProcess = {
  name: string;
  logFile: string;
  /** For tests that kill it. */
  pid: number;
  /** Resolves when the process has ended, with a sentence that says how. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

/** Starts a process, its output going to its log file, and waits until it is healthy. */
export async function startProcess(order: ProcessOrder): Promise<SupervisedProcess> {
  mkdirSync(dirname(order.logFile), { recursive: true });
  const log = openSync(order.logFile, "w");
  // A session of its own, so that a Ctrl-C in the terminal reaches only us and we choose the order of stopping;
  // end-with-supervisor.ts watches the channel, so that it does not outlive us either.
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--import",
      new URL("./end-with-supervisor.ts", import.meta.url).href,
      ...order.args,
    ],
    {
      cwd: repositoryRoot,
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
      env: onlyThese({ ...baseEnvironment(), ...order.env }),
    },
  );
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`${order.name} could not be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      resolve(`${order.name} ended ${signal ? `by ${signal}` : `with code ${code}`}`),
    );
  });
  const supervised = {
    name: order.name,
    logFile: order.logFile,
    pid: child.pid ?? 0,
    ended,
    stop: () => stopChild(child),
  };
  try {
    if (order.healthUrl) await becomesHealthy(order.healthUrl, supervised);
  } catch (error) {
    await supervised.stop();
    throw error;
  }
  return supervised;
}

/** The last lines of a log, for a failure message. */
export function tailOf(logFile: string, lines = 30): string {
  if (!existsSync(logFile)) return "";
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

/** Our own settings must not leak into the app's processes: only what the order names and what a process needs. */
function baseEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG, TZ, NODE_EXTRA_CA_CERTS, SystemRoot } = process.env;
  return { PATH, HOME, TMPDIR, LANG, TZ, NODE_EXTRA_CA_CERTS, SystemRoot };
}

async function becomesHealthy(healthUrl: string, { name, logFile, ended }: SupervisedProcess): Promise<void> {
  let over: string | undefined;
  void ended.then((sentence) => {
    over = sentence;
  });
  const deadline = Date.now() + healthPatienceMs;
  while (!over && Date.now() < deadline) {
    const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(
    `${over ?? `${name} did not become healthy`}. Its log, ${logFile}, ends with:\n${tailOf(logFile)}`,
  );
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopGraceMs);
  await exited;
  clearTimeout(timer);
}
