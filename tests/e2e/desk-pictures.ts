import { mkdirSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type FrameLocator } from "playwright";
import { type Stack, startStack } from "../demo/start-stack.ts";
import { SimulatorClient } from "../shopify-simulator/client.ts";
import { findBrowser } from "../support/browser.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { screensToVisit } from "./screens.ts";

/**
 * Takes a picture of every screen with no order, three and a million, in light, dark and 390 px wide:
 * `node tests/e2e/desk-pictures.ts`. The million is a database that `npm run bench:desk` or `npm run seed` has filled:
 * SEEDED_DATABASE_URL and its shop in SEEDED_SHOP; without them those pictures are left as they are.
 */
const folder = "docs/screenshots/desk";
const { SEEDED_DATABASE_URL, SEEDED_SHOP = "million.myshopify.com" } = process.env;

const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1280, height: 860 } },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
};

async function takeAll(browser: Browser, stack: Stack, size: string, shop: string): Promise<void> {
  const simulator = new SimulatorClient(stack.simulatorUrl);
  const first = size === "0" ? null : await newestOrder(stack, shop, browser);
  mkdirSync(`${folder}/${size}`, { recursive: true });
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const screen of screensToVisit) {
      if (screen.needsOrder && !first) continue;
      await page.goto(simulator.adminUrl(shop, stack.secrets.apiKey, screen.path, 1001));
      const app = page.frameLocator("#app-frame");
      await settle(app);
      await screen.open?.(app, first ?? "");
      await drawn(app);
      await page.screenshot({
        path: `${folder}/${size}/${screen.name}-${look}.jpg`,
        type: "jpeg",
        quality: 60,
        animations: "disabled",
      });
    }
    await context.close();
  }
}

/** The name of the order at the top of the list. */
async function newestOrder(stack: Stack, shop: string, browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const url = new SimulatorClient(stack.simulatorUrl).adminUrl(
    shop,
    stack.secrets.apiKey,
    "app/orders",
    1001,
  );
  await page.goto(url);
  const app = page.frameLocator("#app-frame");
  await settle(app);
  const name = await app
    .getByRole("grid")
    .getByRole("link", { name: /^#\d+$/ })
    .first()
    .textContent();
  await page.close();
  if (!name) throw new Error("the list shows no order");
  return name.trim();
}

/** Until what comes after the first paint is there too: a chart's code, a list's next rows. */
const drawn = (app: FrameLocator) =>
  app.locator("main").evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = setTimeout(resolve, 400);
        new MutationObserver(() => {
          clearTimeout(quiet);
          quiet = setTimeout(resolve, 400);
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );

/** Until the page is hydrated and its stream is open. */
const settle = (app: FrameLocator) =>
  app
    .getByRole("status")
    .filter({ hasText: /^Live$/ })
    .waitFor();

async function withStack(databaseUrl: string | undefined, take: (stack: Stack) => Promise<void>) {
  const stack = await startStack({ databaseUrl, logFolder: "test-results/logs/pictures" });
  try {
    await take(stack);
  } finally {
    await stack.stop();
  }
}

ensureBuilt();
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
try {
  await withStack(undefined, async (stack) => {
    await takeAll(browser, stack, "0", "empty-desk.myshopify.com");
    const simulator = new SimulatorClient(stack.simulatorUrl);
    const shop = "small-desk.myshopify.com";
    const page = await browser.newPage();
    await page.goto(simulator.adminUrl(shop, stack.secrets.apiKey, "app", 1001));
    await settle(page.frameLocator("#app-frame"));
    await simulator.seedDemoOrders(shop, 3, { days: 3, seed: 11, silent: false });
    await simulator.waitUntilIdle();
    await page.close();
    await takeAll(browser, stack, "3", shop);
  });
  if (SEEDED_DATABASE_URL)
    await withStack(SEEDED_DATABASE_URL, (stack) => takeAll(browser, stack, "million", SEEDED_SHOP));
} finally {
  await browser.close();
}
