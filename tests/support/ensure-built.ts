import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";

const sources = ["app", "public", "package-lock.json", "remix.config.js", "vite.config.ts", "tsconfig.json"];
const stampFile = join(repositoryRoot, "build", ".built-from");
const bundleFile = join(repositoryRoot, "build", "server", "index.js");

/** Builds the app unless the build there was made by us from exactly these sources. */
export function ensureBuilt(): void {
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stampOf()) return;
  build();
}

/** Builds the app and remembers from what. */
export function build(): void {
  execFileSync("remix", ["vite:build"], { cwd: repositoryRoot, stdio: "inherit" });
  writeFileSync(stampFile, stampOf());
}

/** The sources' hash, and the bundle's date: someone may have built other sources in between by hand. */
function stampOf(): string {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(filesOf).sort()) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  const builtAt = existsSync(bundleFile) ? statSync(bundleFile).mtimeMs : 0;
  return `${hash.digest("hex")} ${builtAt}`;
}

function filesOf(source: string): string[] {
  const path = join(repositoryRoot, source);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.main) build();
