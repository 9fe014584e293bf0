import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { onlyThese } from "../support/only-these.ts";
import { repositoryRoot } from "../support/repository-root.ts";

const good = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://owner:secret@db.example.com/orders",
  ENCRYPTION_KEY: "ab".repeat(32),
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "long enough",
  SHOPIFY_APP_URL: "https://orders.example.com",
};

/** Starts a process that reads the environment, as web and worker do first of all. */
function start(environment: Record<string, string | undefined>) {
  const script = `await import(${JSON.stringify(join(repositoryRoot, "app", "env.server.ts"))})`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--no-warnings", "--input-type=module", "-e", script],
    {
      cwd: repositoryRoot,
      env: onlyThese({ PATH: process.env.PATH, ...environment }),
      encoding: "utf8",
    },
  );
  return { status, complaint: stderr.trim() };
}

test("a complete environment is accepted", () => {
  expect(start(good)).toEqual({ status: 0, complaint: "" });
});

test.each(["DATABASE_URL", "ENCRYPTION_KEY", "SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "SHOPIFY_APP_URL"])(
  "a missing %s stops the process with one sentence that names it",
  (name) => {
    const { status, complaint } = start({ ...good, [name]: undefined });
    expect(status).toBe(1);
    expect(complaint).toBe(`The environment variable ${name} is missing; .env.example says what it is for.`);
  },
);

test.each([
  ["DATABASE_URL", "mysql://db.example.com/orders"],
  ["ENCRYPTION_KEY", "too short"],
  ["SHOPIFY_API_SECRET", "short"],
  ["SHOPIFY_APP_URL", "orders"],
  ["PORT", "eighty"],
  ["WORKER_CONCURRENCY", "0"],
  ["LOG_LEVEL", "loud"],
  ["MAIL_FROM", "Orders <orders@example.com>"],
  ["MAIL_BOUNCE_SECRET", "short"],
  ["TRUSTED_PROXIES", "-1"],
])("a malformed %s stops the process with one sentence that names it", (name, value) => {
  const { status, complaint } = start({ ...good, [name]: value });
  expect(status).toBe(1);
  expect(complaint.split("\n")).toHaveLength(1);
  expect(complaint).toContain(`The environment variable ${name} is wrong: `);
});

test("a mail server is spoken to by SMTP alone", () => {
  const { complaint } = start({ ...good, MAIL_FROM: "a@example.com", SMTP_URL: "https://mail.example.com" });
  expect(complaint).toContain("The environment variable SMTP_URL is wrong: must be an smtp:// or smtps://");
});

test("a mail server without a sender stops the process", () => {
  const { complaint } = start({ ...good, SMTP_URL: "smtp://mail.example.com" });
  expect(complaint).toBe("The environment variable MAIL_FROM is missing; .env.example says what it is for.");
});

test("a value is never repeated in the complaint, because it may be a secret", () => {
  expect(start({ ...good, ENCRYPTION_KEY: "hunter2hunter2" }).complaint).not.toContain("hunter2");
});

test("an empty variable counts as missing", () => {
  expect(start({ ...good, SHOPIFY_API_KEY: "" }).complaint).toContain("SHOPIFY_API_KEY is missing");
});

test("the simulator is refused in production and accepted elsewhere", () => {
  const simulated = { ...good, SHOPIFY_SIMULATOR_URL: "http://localhost:4010" };
  expect(start(simulated)).toMatchObject({
    status: 1,
    complaint: expect.stringContaining(
      "SHOPIFY_SIMULATOR_URL is wrong: must not be set when NODE_ENV is production",
    ),
  });
  expect(start({ ...simulated, NODE_ENV: "development" })).toEqual({ status: 0, complaint: "" });
});

test(".env.example names every variable the app reads, and none it does not", () => {
  const read = readFileSync(join(repositoryRoot, "app", "env.server.ts"), "utf8").matchAll(
    /^ {4}([A-Z][A-Z_]+):/gm,
  );
  const named = readFileSync(join(repositoryRoot, ".env.example"), "utf8").matchAll(/^([A-Z][A-Z_]+)=/gm);
  const wanted = [...[...read].map(([, name]) => name), "SHOPIFY_SIMULATOR_STATE"];
  expect([...named].map(([, name]) => name).sort()).toEqual(wanted.sort());
});
