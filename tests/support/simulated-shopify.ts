import { afterAll, beforeAll } from "vitest";
import { createShopify, type Shopify } from "../../app/shopify.server.ts";
import { SimulatorClient } from "../shopify-simulator/client.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { type RunningSimulator, startSimulator } from "../shopify-simulator/start-simulator.ts";

export interface SimulatedShopify {
  shopify: Shopify;
  client: SimulatorClient;
  running: RunningSimulator;
  /** A rightly signed session token of a staff member of the shop. */
  sessionToken(shopDomain: string, userId?: number): string;
}

const keys = { apiKey: "test-api-key", apiSecret: "test-api-secret" };

/** A simulator in this process, with the app's own Shopify door pointed at it, for one test file. */
export function openSimulatedShopify(): SimulatedShopify {
  const simulated = {
    sessionToken: (shop: string, userId = 1001) => signSessionToken({ shop, userId, ...keys }),
  } as SimulatedShopify;
  beforeAll(async () => {
    const running = await startSimulator({ ...keys, appUrl: "http://127.0.0.1:1" });
    Object.assign(simulated, {
      running,
      client: new SimulatorClient(running.url),
      shopify: createShopify({
        SHOPIFY_API_KEY: keys.apiKey,
        SHOPIFY_API_SECRET: keys.apiSecret,
        SHOPIFY_API_SECRET_PREVIOUS: undefined,
        SHOPIFY_APP_URL: "https://atomic-orders.test",
        SHOPIFY_SIMULATOR_URL: running.url,
      }),
    });
  });
  afterAll(() => simulated.running.close());
  return simulated;
}
