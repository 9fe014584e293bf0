/**
 * Runs one of our TypeScript programs on a machine that has only Node 20 and npm.
 *
 * Installs what is missing, then starts the program under the Node of node_modules, which reads TypeScript.
 * Usage: node tests/support/launch.mjs <program.ts> [argument ...]
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./installed.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
ensureInstalled(root);

const bin = join(root, "node_modules", ".bin");
const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
});
child.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));

// A terminal sends Ctrl-C to the program as well; forwarding it would ask twice.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
