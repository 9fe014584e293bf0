import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import type { Origin } from "./section.ts";

/** @param postgresVersion as the server says it */
export function describeOrigin(postgresVersion: string, command: string): Origin {
  const cpu = cpus();
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "app", "jobs", "drizzle") === "" ? "" : " with changes";
  return {
    machine: `${cpu.length} × ${cpu[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
    database: `PostgreSQL ${postgresVersion}`,
    commit: `${git("rev-parse", "--short", "HEAD")}${changed}`,
    measuredOn: new Date().toISOString().slice(0, 10),
    command,
    loadBefore: loadavg()[0] ?? 0,
  };
}
