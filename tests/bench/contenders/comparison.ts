import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeScratch } from "../../support/postgres-account.ts";
import { repositoryRoot } from "../../support/repository-root.ts";

/** The comparable stack, ready to start, or why there is none. */
export type Comparison = { folder: string; remove(): void } | { missing: string };

/**
 * Finds the comparable stack (NestJS, BullMQ on Redis, TypeORM, Socket.IO) and installs it where it is not yet, in a
 * copy, so that its folder stays as it is.
 * @param given its folder; without one BENCH_COMPARISON, then ../shared/bench beside this repository
 */
export function prepareComparison(given: string | undefined, report: (line: string) => void): Comparison {
  const folder = resolve(
    repositoryRoot,
    given ?? process.env.BENCH_COMPARISON ?? join("..", "shared", "bench"),
  );
  if (!existsSync(join(folder, "seed-stack-peer", "package.json")))
    return { missing: `No comparable stack in ${given ?? "../shared/bench"}.` };
  if (!hasProgram("redis-server"))
    return {
      missing: "The comparable stack needs redis-server, and there is none (apt-get install redis-server).",
    };
  if (isReady(folder)) return { folder, remove: () => {} };
  const copy = makeScratch("atomic-orders-peer-");
  report("installing the comparable stack in a copy of its folder");
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.includes("node_modules") });
  for (const [where, ...command] of [
    [copy, "npm", "ci", "--no-audit", "--no-fund"],
    [join(copy, "seed-stack-peer"), "npm", "ci", "--no-audit", "--no-fund"],
    [join(copy, "seed-stack-peer"), "npm", "run", "build"],
  ]) {
    const [program = "", ...args] = command;
    execFileSync(program, args, { cwd: where, stdio: "pipe" });
  }
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

const isReady = (folder: string) =>
  ["node_modules", "seed-stack-peer/node_modules", "seed-stack-peer/dist/main.js"].every((path) =>
    existsSync(join(folder, path)),
  );

export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? "")
    .split(":")
    .some((folder) => folder !== "" && existsSync(join(folder, name)));
}
