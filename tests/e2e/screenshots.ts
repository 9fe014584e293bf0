import { mkdirSync } from "node:fs";
import { chromium, type FrameLocator, type Page } from "playwright";
import { startStack } from "../demo/start-stack.ts";
import { SimulatorClient } from "../shopify-simulator/client.ts";
import { findBrowser } from "../support/browser.ts";
import { ensureBuilt } from "../support/ensure-built.ts";

/**
 * Takes the pictures of the documentation again: `node tests/e2e/screenshots.ts`. Orders are made up by the
 * simulator from a fixed seed, so that only what has changed in the design changes in the pictures.
 */
const folder = "docs/screenshots";
const desk = { width: 1280, height: 860 };
const shop = "atomic-demo.myshopify.com";

async function takeAll(): Promise<void> {
  const simulator = new SimulatorClient(stack.simulatorUrl);
  const [anna, ben] = [await open(1001), await open(1002)];
  await simulator.seedDemoOrders(shop, 24, { days: 14, seed: 7, silent: false });
  const order = await simulator.createOrder(shop, {
    financialStatus: "pending",
    note: "Leave the parcel at the back door and ring twice, please.",
  });
  await simulator.waitUntilIdle();
  const name = order.name;
  await anna.app.getByRole("link", { name: `Edit ${name}` }).waitFor();
  // The burst has been read to its end.
  await anna.app.getByText("25 orders", { exact: true }).waitFor();
  await anna.app.getByRole("link", { name: "#1014", exact: true }).waitFor();
  await settle(anna.app);

  await take(anna.page, "orders");
  await anna.page.emulateMedia({ colorScheme: "dark" });
  await take(anna.page, "orders-dark");
  await anna.page.emulateMedia({ colorScheme: "light" });
  await anna.page.setViewportSize({ width: 390, height: 844 });
  await take(anna.page, "orders-phone");
  await anna.page.setViewportSize(desk);

  await openForm(anna.app, name);
  await openForm(ben.app, name);
  await anna.app
    .getByRole("textbox", { name: "Notes" })
    .fill("Leave the parcel at the front door and ring once, please.");
  await anna.app.getByLabel("Tracking company").fill("DHL");
  await take(anna.page, "edit-dialog");

  await ben.app
    .getByRole("textbox", { name: "Notes" })
    .fill("Leave the parcel with the neighbour and ring twice, please.");
  await ben.app.getByLabel("Tracking number").fill("00340434161094042557");
  await ben.app.getByRole("button", { name: "Save", exact: true }).click();
  await ben.app.getByText("Saved as version 2.").waitFor();
  await anna.app.getByRole("region", { name: "This order changed" }).waitFor();
  await take(anna.page, "conflict");
  await anna.page.emulateMedia({ colorScheme: "dark" });
  await take(anna.page, "conflict-dark");
  await anna.page.emulateMedia({ colorScheme: "light" });

  await anna.app.getByRole("button", { name: "Force overwrite" }).click();
  await anna.app.getByText("Saved as version 3.").waitFor();
  await anna.app.getByRole("link", { name, exact: true }).click();
  await anna.app.getByRole("heading", { name }).waitFor();
  await take(anna.page, "order");
}

async function open(user: number): Promise<{ page: Page; app: FrameLocator }> {
  const context = await browser.newContext({ viewport: desk, deviceScaleFactor: 2, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(
    new SimulatorClient(stack.simulatorUrl).adminUrl(shop, stack.secrets.apiKey, "app/orders", user),
  );
  const app = page.frameLocator("#app-frame");
  await settle(app);
  return { page, app };
}

/** Until the page is hydrated and its stream is open. */
const settle = (app: FrameLocator) =>
  app
    .getByRole("status")
    .filter({ hasText: /^Live$/ })
    .waitFor();

async function openForm(app: FrameLocator, name: string): Promise<void> {
  await app.getByRole("link", { name: `Edit ${name}` }).click();
  await app.getByRole("textbox", { name: "Notes" }).waitFor();
}

const take = (page: Page, name: string) =>
  page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled" });

mkdirSync(folder, { recursive: true });
ensureBuilt();
const stack = await startStack({ logFolder: "test-results/logs/screenshots" });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
try {
  await takeAll();
} finally {
  await browser.close();
  await stack.stop();
}
