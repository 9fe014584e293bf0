import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { onlyThese } from "../support/only-these.ts";
import { repositoryRoot } from "../support/repository-root.ts";

/** What a process that logs prints, parsed; `log` and `withLogContext` are there for the script. */
function print(script: string): Record<string, unknown>[] {
  const imports = ["log.server.ts", "log-context.server.ts"].map((file) => join(repositoryRoot, "app", file));
  const { stdout } = spawnSync(
    process.execPath,
    [
      ...["--no-warnings", "--input-type=module", "-e"],
      `const { log } = await import("${imports[0]}"); const { withLogContext } = await import("${imports[1]}"); ${script}`,
    ],
    { cwd: repositoryRoot, env: onlyThese({ PATH: process.env.PATH }), encoding: "utf8" },
  );
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("each line of a job carries the job's ids, and none what another line said", () => {
  const [first, second] = print(
    `withLogContext({ job: "export-list" }, () => { log.info({ shopId: "one" }, "a"); log.info("b"); });`,
  );
  expect(first).toMatchObject({ job: "export-list", shopId: "one", msg: "a" });
  expect(second).toMatchObject({ job: "export-list", msg: "b" });
  expect(second).not.toHaveProperty("shopId");
});
