import { anna, badge, button, dialog, edit, expect, row, test } from "./journey.ts";

test("a screen opened for the first time without a network says so in the app, and comes by itself later", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_INTERNET_DISCONNECTED/);
  const { app, page } = await openAs(anna);
  const { name } = await simulator.createOrder(shop);
  await expect(row(app, name)).toBeVisible();
  await page.context().setOffline(true);
  await expect(badge(app)).toHaveText(/^Offline since \d\d:\d\d$/);

  await row(app, name).getByRole("link", { name, exact: true }).click();
  await expect(app.getByRole("heading", { name: "No connection" })).toBeVisible();
  await button(app, "Try again").click();
  await expect(app.getByRole("heading", { name: "No connection" })).toBeVisible();
  await expect(badge(app)).toHaveText(/^Offline since/);

  await app.getByRole("link", { name: "Go to the orders" }).click();
  await expect(row(app, name)).toBeVisible();
  await app.getByRole("link", { name: `Edit ${name}` }).click();
  await expect(dialog(app)).toContainText("No connection");
  await expect(row(app, name)).toBeVisible();

  await page.context().setOffline(false);
  await expect(app.getByLabel("Notes")).toBeVisible();
  await expect(badge(app)).toHaveText("Live");
});

test("a screen that could not be read is there after Try again", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_CONNECTION_CLOSED/);
  const { app, page } = await openAs(anna);
  const { name } = await simulator.createOrder(shop);
  // The screen also reads again by itself: only the click brings the line back, so that nothing else can.
  const html = app.locator("html");
  await html.evaluate((root) => {
    root.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.textContent === "Try again") root.dataset.tried = "";
    });
  });
  await page.route(/_data=routes%2Fapp.orders_/, async (route) =>
    (await html.getAttribute("data-tried")) === null ? route.abort("connectionclosed") : route.continue(),
  );
  await row(app, name).getByRole("link", { name, exact: true }).click();
  await expect(app.getByRole("heading", { name: "No connection" })).toBeVisible();
  await button(app, "Try again").click();
  await expect(app.getByRole("heading", { name })).toBeVisible();
});

test("the code of every screen is fetched ahead, their data is not", async ({ openAs, simulator, shop }) => {
  const { app, page } = await openAs(anna);
  const { name } = await simulator.createOrder(shop);
  await expect(row(app, name)).toBeVisible();
  const preloaded = app.locator('link[rel="modulepreload"]');
  await expect.poll(async () => (await preloaded.evaluateAll(hrefs)).join(" ")).toMatch(/app\.privacy/);
  expect(await app.locator('link[rel="prefetch"][as="fetch"]').count()).toBe(0);

  const fetched: string[] = [];
  page.on("request", (request) => {
    // The drawing of a chart is no screen: where it cannot be fetched, its table stands.
    if (request.resourceType() === "script" && !request.url().includes("figures-drawing"))
      fetched.push(request.url());
  });
  await edit(app, name);
  await button(app, "Cancel").click();
  for (const screen of ["Home", "Deliveries", "Privacy", "Orders"]) {
    await app.getByRole("link", { name: screen, exact: true }).click();
    await expect(app.getByRole("link", { name: screen, exact: true })).toHaveAttribute(
      "aria-current",
      "page",
    );
  }
  expect(fetched).toEqual([]);
});

const hrefs = (links: Element[]) => links.map((link) => link.getAttribute("href"));
