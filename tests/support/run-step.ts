import { spawn } from "node:child_process";
import { repositoryRoot } from "./repository-root.ts";

const patienceMs = 10 * 60_000;

/**
 * Runs one step with its output on ours.
 * @returns whether it succeeded; a step that hangs is stopped and has failed
 */
export async function runStep(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  const timer = setTimeout(() => child.kill("SIGTERM"), patienceMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", resolve);
  });
  clearTimeout(timer);
  return code === 0;
}
