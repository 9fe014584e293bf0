import { startStack } from "../demo/start-stack.ts";
import { ensureBuilt } from "../support/ensure-built.ts";

/**
 * Starts the whole app on free ports for the run, as a shop of any size would run it: two web and two worker
 * processes behind a proxy, so that no journey can rely on what one process remembers. stack-address.ts hands the
 * addresses to the journeys.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  ensureBuilt();
  const stack = await startStack({
    logFolder: "test-results/logs",
    counts: { web: 2, worker: 2 },
  });
  process.env.E2E_APP_URL = stack.appUrl;
  process.env.E2E_SIMULATOR_URL = stack.simulatorUrl;
  process.env.E2E_DATABASE_URL = stack.databaseUrl;
  return stack.stop;
}
