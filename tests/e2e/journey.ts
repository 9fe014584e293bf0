import {
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type FrameLocator,
  type Locator,
  type Page,
} from "playwright/test";
import { SimulatorClient } from "../shopify-simulator/client.ts";
import { stackAddress } from "./stack-address.ts";

export { expect };

export const anna = 1001;
export const ben = 1002;

/** One browser of its own with the app open inside the simulated admin. */
export interface Screen {
  page: Page;
  /** The app inside the admin's iframe. */
  app: FrameLocator;
}

interface Journey {
  simulator: SimulatorClient;
  /** A shop of the journey's own, so that journeys can run beside each other. */
  shop: string;
  openAs(user: number, path?: string, options?: BrowserContextOptions): Promise<Screen>;
  /** What the browsers may complain of in this journey. Anything else fails it. */
  allow(complaint: RegExp): void;
}

export const test = base.extend<Journey>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads from the pattern what a fixture needs
  simulator: async ({}, use) => {
    await use(new SimulatorClient(stackAddress.simulatorUrl));
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  shop: async ({}, use, { testId }) => {
    await use(`journey-${testId.slice(0, 12)}-${Date.now().toString(36)}.myshopify.com`);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  allow: async ({}, use) => {
    await use((complaint) => allowed.push(complaint));
  },
  openAs: async ({ browser, simulator, shop }, use) => {
    allowed.length = 0;
    const complaints: string[] = [];
    const listen = (page: Page) => {
      page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
      page.on("console", (message: ConsoleMessage) => {
        if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
      });
    };
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (user, path = "app/orders", options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      contexts.push(context);
      const page = await context.newPage();
      listen(page);
      await page.goto(simulator.adminUrl(shop, await readApiKey(), path, user));
      const app = page.frameLocator("#app-frame");
      await expect(app.getByRole("navigation", { name: "Atomic Orders" })).toBeVisible();
      if (options.javaScriptEnabled !== false) await expect(badge(app)).toHaveText("Live");
      return { page, app };
    });
    for (const context of contexts) await context.close();
    expect(complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)))).toEqual([]);
  },
});

const allowed: RegExp[] = [];

/** The admin knows the app by its key and leads a shop's start page there. */
async function readApiKey(): Promise<string> {
  const answer = await fetch(`${stackAddress.simulatorUrl}/store/any`, { redirect: "manual" });
  const key = /\/apps\/([^/]+)\//.exec(answer.headers.get("location") ?? "")?.[1];
  if (!key) throw new Error("the simulator does not say where the app is");
  return key;
}

/** What the browser itself logs for an answer that is an error. */
export const failedWith = (status: number) => new RegExp(`responded with a status of ${status}`);

/** Whether changes arrive live. */
export const badge = (app: FrameLocator): Locator =>
  app
    .getByRole("banner")
    .getByRole("status")
    .filter({ hasText: /^(Live|Reconnecting|Offline)/ });

export const row = (app: FrameLocator, name: string): Locator =>
  app.getByRole("row").filter({ hasText: name });
export const dialog = (app: FrameLocator): Locator => app.getByRole("dialog");
export const button = (app: FrameLocator, name: string): Locator =>
  app.getByRole("button", { name, exact: true });

/** Opens the edit dialog from the list. */
export async function edit(app: FrameLocator, name: string): Promise<void> {
  await app.getByRole("link", { name: `Edit ${name}` }).click();
  await expect(app.getByLabel("Status", { exact: true })).toBeVisible();
}

export const openedAt = (app: FrameLocator, version: number) =>
  expect(app.getByText(`Opened at version ${version}`, { exact: true })).toBeVisible();

export const savedAs = (app: FrameLocator, version: number) =>
  expect(app.getByText(`Saved as version ${version}.`)).toBeVisible();
