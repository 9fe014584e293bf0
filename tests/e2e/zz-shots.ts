import { chromium } from "playwright";
import { startStack } from "../demo/start-stack.ts";
import { SimulatorClient } from "../shopify-simulator/client.ts";
import { findBrowser } from "../support/browser.ts";
const [mode = "settings"] = process.argv.slice(2);
const shop = "atomic-demo.myshopify.com";
const stack = await startStack({ logFolder: "/tmp/sc/logs" });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
try {
  const simulator = new SimulatorClient(stack.simulatorUrl);
  const open = async (path: string, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    page.on("console", (m) => { if (m.type() === "error") console.log("CONSOLE", m.text(), m.location().url); });
    page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
    await page.goto(simulator.adminUrl(shop, stack.secrets.apiKey, path, 1001));
    const app = page.frameLocator("#app-frame");
    await app.getByRole("navigation", { name: "Atomic Orders" }).waitFor();
    await page.waitForTimeout(1500);
    return { page, app };
  };
  const { run } = await import(`./zz-${mode}.ts`);
  await run({ open, simulator, shop, stack });
} catch (e) { console.log("FAILED", e); } finally {
  await browser.close();
  await stack.stop();
}
