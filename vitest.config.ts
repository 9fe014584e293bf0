import { defineConfig } from "vitest/config";

const setupFiles = ["tests/support/fail-on-console-error.ts"];

/** What app/env.server.ts asks for. Tests that need a database or another address hand it to the function. */
const env = {
  NODE_ENV: "test" as const,
  LOG_LEVEL: "silent",
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/none",
  ENCRYPTION_KEY: "ab".repeat(32),
  SHOPIFY_API_KEY: "test-api-key",
  SHOPIFY_API_SECRET: "test-api-secret",
  SHOPIFY_APP_URL: "https://atomic-orders.test",
};

/**
 * Without the Remix plugin on purpose: tests call functions, not the bundle. `x.test.ts` needs nothing,
 * `x.pg.test.ts` gets a PostgreSQL, tests/build looks at what `npm run build` made,
 * and tests/flows runs it as processes of its own.
 */
export default defineConfig({
  test: {
    environment: "node",
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/**/*.pg.test.ts", "tests/build/**", "tests/e2e/**", "tests/flows/**"],
          setupFiles,
          env,
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: "pg",
          include: ["tests/**/*.pg.test.ts"],
          exclude: ["tests/build/**", "tests/e2e/**"],
          globalSetup: ["tests/support/global-setup.ts"],
          setupFiles,
          env,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "flows",
          include: ["tests/flows/**/*.test.ts"],
          globalSetup: ["tests/support/global-setup.ts"],
          setupFiles,
          env,
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: "build", include: ["tests/build/**/*.test.ts"], setupFiles, env, testTimeout: 30_000 },
      },
    ],
  },
});
