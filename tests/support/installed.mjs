/**
 * Says whether node_modules holds what package-lock.json asks for, and installs it when not.
 *
 * Plain JavaScript on Node's own modules: it runs on a fresh clone, under whatever Node is there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @param {string} root the folder of package.json */
export function ensureInstalled(root) {
  if (isInstalled(root)) return;
  process.stdout.write("Installing packages (npm ci)\n");
  // Through npm's own script when npm started us, so that the same npm installs; `--include=dev` because a
  // NODE_ENV=production in the environment would leave out the very tools we run.
  const npm = process.env.npm_execpath;
  const [program, before] = npm ? [process.execPath, [npm]] : ["npm", []];
  const { status } = spawnSync(program, [...before, "ci", "--include=dev"], {
    cwd: root,
    stdio: "inherit",
    shell: !npm && process.platform === "win32",
  });
  if (status !== 0) {
    process.stderr.write("npm ci failed; its message above says why. Is the npm registry reachable?\n");
    process.exit(1);
  }
}

/**
 * Compares versions, not dates: a fresh checkout gives every file today's date.
 * @param {string} root
 */
function isInstalled(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record) || !existsSync(join(root, "node_modules", ".bin", "node"))) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  const same = (path) => present[path]?.version === wanted[path]?.version;
  return (
    Object.keys(present).every(same) &&
    Object.keys(wanted).every(
      (path) => path === "" || wanted[path].optional || wanted[path].peer || same(path),
    )
  );
}
