import { SimulatorClient } from "../shopify-simulator/client.ts";

export const demoShops = ["atomic-demo.myshopify.com", "northwind-demo.myshopify.com"];

const historyCount = 45;
const recentCount = 15;

/**
 * Gives the demo shops a past and the app: most orders are there before it is installed and reach it by the
 * import, the last days' arrive by webhook. Safe to run again after a start that was cut short.
 */
export async function prepareShops({
  appUrl,
  simulatorUrl,
}: {
  appUrl: string;
  simulatorUrl: string;
}): Promise<void> {
  const simulator = new SimulatorClient(simulatorUrl);
  for (const shop of demoShops) {
    const { orderCount } = await simulator.getShop(shop);
    if (orderCount === 0) await simulator.seedDemoOrders(shop, historyCount);
    await openApp(simulator, appUrl, shop);
    if (orderCount < historyCount + recentCount) {
      await simulator.seedDemoOrders(shop, recentCount, { days: 2, silent: false });
    }
  }
  await simulator.waitUntilIdle();
}

/** Opens the app as the admin does, which installs it: the app exchanges the token it is opened with. */
async function openApp(simulator: SimulatorClient, appUrl: string, shop: string): Promise<void> {
  const token = await simulator.sessionToken(shop);
  const store = shop.replace(".myshopify.com", "");
  const host = Buffer.from(`${new URL(simulator.url).host}/store/${store}`).toString("base64url");
  const query = new URLSearchParams({ shop, host, embedded: "1", locale: "en", id_token: token });
  const answer = await fetch(`${appUrl}/app?${query}`, { headers: { authorization: `Bearer ${token}` } });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`Opening the app for ${shop} answered ${answer.status}.`);
  const { appStatus } = await simulator.getShop(shop);
  if (appStatus !== "installed")
    throw new Error(`${shop} was opened, but the app did not install itself there.`);
}
