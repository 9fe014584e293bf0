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

test("a line says where an error was thrown and quotes nothing of what was read", () => {
  const lines = print(`
    class HttpResponseError extends Error {}
    class ZodError extends Error {}
    const errors = [
      new HttpResponseError("Received an error response\\n{ name: 'Eve' }\\nIf you report this"),
      new ZodError(JSON.stringify([{ received: "Eve" }], null, 2)),
      Object.assign(new Error('invalid input syntax for type uuid: "Eve"'), { code: "22P02" }),
      new Error("two lines,\\nthe second of which could be Eve's"),
    ];
    try { JSON.parse("Eve"); } catch (error) { errors.push(error); }
    for (const error of errors) log.error({ error }, "it failed");`);
  expect(lines).toHaveLength(5);
  expect(JSON.stringify(lines)).not.toContain("Eve");
  for (const { error } of lines)
    expect((error as { at: string[] }).at[0], JSON.stringify(error)).toMatch(/^at /);
  const [plain] = print(
    `log.error({ error: Object.assign(new Error("no such role"), { code: "42704" }) }, "it failed")`,
  );
  expect(plain).toMatchObject({ error: { type: "Error", code: "42704", message: "no such role" } });
});
