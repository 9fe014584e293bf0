import { anna, badge, ben, button, edit, expect, failedWith, row, test } from "./journey.ts";

test("an order made at Shopify appears on every screen of the shop without a reload", async ({
  openAs,
  simulator,
  shop,
}) => {
  const [first, second] = [await openAs(anna), await openAs(ben)];
  const { name } = await simulator.createOrder(shop);
  await expect(row(first.app, name)).toBeVisible();
  await expect(row(second.app, name)).toBeVisible();
});

test("uninstalling the app ends the stream, and the badge says so", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  // The screen reads again as its stream opens; a read that the uninstall overtakes is refused.
  allow(failedWith(403));
  const { app, page } = await openAs(anna);
  await simulator.uninstallApp(shop);
  await expect(badge(app)).toContainText(/Offline since \d\d:\d\d/);
  await expect(badge(app)).toContainText("Open the app again from your Shopify admin");
  // Coming back would install the app again behind the merchant's back.
  const came: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/app")) came.push(pathname);
  });
  await app.locator("body").evaluate(() => window.dispatchEvent(new Event("online")));
  // Longer than a screen waits before it reads again what failed.
  await page.waitForTimeout(2_500);
  expect(came).toEqual([]);
  expect((await simulator.getShop(shop)).appStatus).toBe("uninstalled");
  await expect(app.getByRole("heading", { name: "Orders", exact: true })).toBeVisible();
});

test("a screen that was offline is right again within seconds of coming back", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_INTERNET_DISCONNECTED/);
  const { app, page } = await openAs(anna);
  const before = await simulator.createOrder(shop, { financialStatus: "pending" });
  await expect(row(app, before.name)).toContainText("Pending");

  const lostAt = Date.now();
  await page.context().setOffline(true);
  await expect(badge(app)).toHaveText(/^Offline since \d\d:\d\d$/);
  const missed = await simulator.createOrder(shop);
  await simulator.act(shop, before.id, "paid");
  await simulator.waitUntilIdle();
  // Ten seconds are what this journey is about: by then several tries have failed.
  await expect.poll(() => Date.now() - lostAt, { timeout: 15_000 }).toBeGreaterThan(10_000);
  await expect(row(app, missed.name)).toHaveCount(0);

  await page.context().setOffline(false);
  await expect(badge(app)).toHaveText("Live", { timeout: 5_000 });
  await expect(row(app, missed.name)).toBeVisible({ timeout: 5_000 });
  await expect(row(app, before.name)).toContainText("Confirmed");
});

test("a burst of two hundred orders costs only a few reads", async ({ openAs, simulator, shop }) => {
  const { app, page } = await openAs(anna);
  const reads: number[] = [];
  page.on("request", (request) => {
    const { searchParams } = new URL(request.url());
    if (searchParams.get("_data") === "routes/app.orders") reads.push(performance.now());
  });
  const orders = await simulator.createOrders(shop, 200, {
    createdAt: new Date(Date.now() - 86_400_000),
    financialStatus: "pending",
  });
  await simulator.waitUntilIdle();
  // The newest by its own date, so that it leads the list once everything before it has been worked off.
  const last = await simulator.createOrder(shop);
  await expect(row(app, last.name)).toBeVisible();

  expect(orders).toHaveLength(200);
  expect(reads.length).toBeGreaterThan(0);
  const seconds = ((reads.at(-1) ?? 0) - (reads[0] ?? 0)) / 1_000;
  expect(reads.length).toBeLessThanOrEqual(Math.ceil(seconds * 3) + 2);
  expect(reads.length).toBeLessThan(40);
});

test("two tabs of one browser share one stream, and the second takes over when the first closes", async ({
  openAs,
  simulator,
  shop,
}) => {
  const first = await openAs(anna);
  const streams: string[] = [];
  const second = await first.page.context().newPage();
  second.on("request", (request) => {
    if (new URL(request.url()).pathname === "/app/live") streams.push(request.url());
  });
  await second.goto(first.page.url());
  const app = second.frameLocator("#app-frame");
  await expect(badge(app)).toHaveText("Live");
  const early = await simulator.createOrder(shop);
  await expect(row(app, early.name)).toBeVisible();
  expect(streams).toHaveLength(0);

  await first.page.close();
  await expect.poll(() => streams.length).toBe(1);
  const late = await simulator.createOrder(shop);
  await expect(row(app, late.name)).toBeVisible();
});

test("an untouched form follows the order live, version included", async ({ openAs, simulator, shop }) => {
  const { app } = await openAs(anna);
  const order = await simulator.createOrder(shop, { financialStatus: "pending", note: "Before" });
  await edit(app, order.name);
  await simulator.act(shop, order.id, "note", { note: "After" });
  await expect(app.getByLabel("Notes")).toHaveValue("After");
  await expect(app.getByText("Opened at version 2", { exact: true })).toBeVisible();
  await button(app, "Cancel").click();
  await expect(app.getByRole("dialog")).toHaveCount(0);
});

test("an order with a 64-bit id shows on its page", async ({ openAs, simulator, shop }) => {
  const { app } = await openAs(anna);
  const order = await simulator.createOrder(shop, { id: 820_982_911_946_154_508n });
  await row(app, order.name).getByRole("link", { name: order.name, exact: true }).click();
  await expect(app.getByRole("heading", { name: order.name })).toBeVisible();
  await expect(app.getByText("820982911946154508")).toBeVisible();
});
