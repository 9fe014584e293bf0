import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";

export type Account = { uid: number; gid: number };

/**
 * The account PostgreSQL runs under: it refuses to run as root, so root lends it `postgres` or `nobody`.
 * Both are there already on the systems we know, so no account is added to anyone's machine.
 * @returns undefined when we are not root, and PostgreSQL simply runs as ourselves
 */
export function postgresAccount(): Account | undefined {
  if (userInfo().uid !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const account = findAccount(name);
    if (account) return account;
  }
  throw new Error("PostgreSQL cannot run as root, and there is no account `postgres` or `nobody` to run it.");
}

function findAccount(name: string): Account | undefined {
  try {
    const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }).toString());
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

/** Says whether the account may enter this folder; under `/root`, where a checkout may lie, it may not. */
export function isReachable(folder: string, account: Account | undefined): boolean {
  if (!account) return true;
  let current = resolve(folder);
  while (true) {
    if (existsSync(current)) {
      const { mode, uid } = statSync(current);
      const mayEnter = uid === account.uid ? mode & 0o100 : mode & 0o001;
      if (!mayEnter) return false;
    }
    if (current === dirname(current)) return true;
    current = dirname(current);
  }
}

/** A folder for scratch files that the account can enter. */
export function scratchRoot(account: Account | undefined): string {
  const found = [tmpdir(), "/tmp", "/var/tmp"].find(
    (folder) => existsSync(folder) && isReachable(folder, account),
  );
  if (!found)
    throw new Error("PostgreSQL's account can enter no temporary folder; set TMPDIR to one it can.");
  return found;
}

/** Makes an empty scratch folder with this prefix. */
export function makeScratch(prefix: string): string {
  return mkdtempSync(join(scratchRoot(postgresAccount()), prefix));
}
