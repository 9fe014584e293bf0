import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { openAppContext } from "../support/app-context.ts";
import { repositoryRoot } from "../support/repository-root.ts";

const context = openAppContext();

/** Runs the command as `npm run jobs:redrive -- …` does. */
function redrive(...names: string[]): Promise<{ code: number | null; out: string; error: string }> {
  return new Promise((resolve) => {
    const run = execFile(
      process.execPath,
      ["jobs/redrive-jobs.ts", ...names],
      { cwd: repositoryRoot, env: { ...process.env, DATABASE_URL: context.url } },
      (_error, out, error) => resolve({ code: run.exitCode, out, error }),
    );
  });
}

test("jobs that failed every attempt are counted, and those of one name run again", async () => {
  const { boss } = context.queue;
  for (const name of ["mark-overdue", "fold-order-figures"]) {
    const id = await boss.send(name, {}, { retryLimit: 0 });
    await boss.fetch(name);
    await boss.fail(name, id ?? "");
  }
  expect(await redrive()).toEqual({ code: 0, out: "1 fold-order-figures\n1 mark-overdue\n", error: "" });
  expect((await redrive("mark-overdue")).out).toBe("1 mark-overdue will run again.\n");
  expect((await redrive()).out).toBe("1 fold-order-figures\n");
  expect(await boss.fetch("mark-overdue")).toHaveLength(1);
});

test("a name that no job has is refused with the names there are", async () => {
  expect(await redrive("everything")).toMatchObject({ code: 1, error: expect.stringContaining("send-mail") });
});
