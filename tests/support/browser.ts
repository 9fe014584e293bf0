import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

/** The shell first: Chromium without a window, with which the journeys take a fifth less time. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const apps = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** Finds a Chromium that starts: CHROMIUM_PATH, one on the PATH, or the one playwright downloaded. */
export function findBrowser(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (starts(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, and no browser starts there.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...apps, chromium.executablePath()].find((path) => existsSync(path) && starts(path));
}

/** Finds a browser, or installs one: Debian's package when we are root there, else playwright's download. */
export function ensureBrowser(): string {
  const found = findBrowser() ?? installFromDebian() ?? installFromPlaywright();
  if (!found) throw new Error("No browser could be installed; install Chromium and set CHROMIUM_PATH to it.");
  return found;
}

/** Some distributions ship a `chromium-browser` that only tells you to install a snap, so existing is not enough. */
function starts(path: string): boolean {
  try {
    return /\d+\.\d+/.test(execFileSync(path, ["--version"], { stdio: "pipe", timeout: 30_000 }).toString());
  } catch {
    return false;
  }
}

function installFromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  process.stdout.write("Installing Chromium (apt-get)\n");
  const aptGet = (...args: string[]) =>
    execFileSync("apt-get", ["-qq", "-y", ...args], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  try {
    aptGet("update");
  } catch {
    return undefined;
  }
  // Older releases have no package of the shell alone.
  for (const name of ["chromium-headless-shell", "chromium"]) {
    try {
      aptGet("install", "--no-install-recommends", name);
    } catch {
      continue;
    }
    const found = findBrowser();
    if (found) return found;
  }
  return undefined;
}

function installFromPlaywright(): string | undefined {
  process.stdout.write("Downloading Chromium (playwright install chromium)\n");
  try {
    execFileSync("playwright", ["install", "chromium"], { stdio: "inherit" });
  } catch {
    return undefined;
  }
  return findBrowser();
}
