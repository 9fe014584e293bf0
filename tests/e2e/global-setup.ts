import { startStack } from "../demo/start-stack.ts";
import { ensureBuilt } from "../support/ensure-built.ts";

/** Starts the whole app on free ports for the run; stack-address.ts hands its addresses to the journeys. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  ensureBuilt();
  const stack = await startStack({ logFolder: "test-results/logs" });
  process.env.E2E_APP_URL = stack.appUrl;
  process.env.E2E_SIMULATOR_URL = stack.simulatorUrl;
  process.env.E2E_DATABASE_URL = stack.databaseUrl;
  return stack.stop;
}
