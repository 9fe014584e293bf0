import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { openAppContext } from "../support/app-context.ts";
import { shopWithInvoices } from "../support/invoices.ts";
import { onlyThese } from "../support/only-these.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { asSuperuser } from "../support/superuser.ts";

const context = openAppContext();

interface Run {
  code: number;
  out: string;
  error: string;
}

/** Runs the command as `npm run invoices:verify` does, with nothing in the environment but the database's address. */
function verify(url: string | undefined = context.url): Promise<Run> {
  return new Promise((resolve) => {
    const run = execFile(
      process.execPath,
      ["jobs/verify-invoices.ts"],
      { cwd: repositoryRoot, env: onlyThese({ PATH: process.env.PATH, DATABASE_URL: url }) },
      (_error, out, error) => resolve({ code: run.exitCode ?? -1, out, error }),
    );
  });
}

test("a good run prints counts, and one that finds something names it and ends with 1", async () => {
  const shopId = await shopWithInvoices(context, 12);
  const good = await verify();
  expect(good).toMatchObject({ code: 0, error: "" });
  expect(good.out).toMatch(
    /^12 documents in 1 series of 1 shops and 0 PDFs are as they were issued, checked in [\d.]+ s\.\n$/,
  );
  await asSuperuser(
    context,
    (sql) => sql`update documents set trigger = 'bulk' where shop_id = ${shopId} and sequence in (4, 9)`,
  );
  const bad = await verify();
  expect(bad).toMatchObject({ code: 1, out: "" });
  expect(bad.error).toMatch(/^shop-\w+\.myshopify\.com: document INV-\d{4}-0004: .+\n$/);
});

test("without the database's address it says so in one sentence", async () => {
  expect(await verify("")).toMatchObject({
    code: 1,
    error: "The environment variable DATABASE_URL is missing; .env.example says what it is for.\n",
  });
});
