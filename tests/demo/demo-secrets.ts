import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { makeSecrets, type Secrets } from "./start-stack.ts";

/** The demo's secrets, made at the first start: a later start must be able to read what an earlier one encrypted. */
export function demoSecrets(file: string): Secrets {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600 });
  return JSON.parse(readFileSync(file, "utf8")) as Secrets;
}
