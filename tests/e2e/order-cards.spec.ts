import { AxeBuilder } from "@axe-core/playwright";
import type { FrameLocator } from "playwright/test";
import { anna, ben, dialog, edit, expect, row, savedAs, test } from "./journey.ts";

/** A phone: there is no room for columns, and a finger instead of a pointer. */
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

const statusButton = (app: FrameLocator, name: string) =>
  row(app, name).getByRole("button", { name: /edit status/ });
const trackingButton = (app: FrameLocator, name: string) =>
  row(app, name).getByRole("button", { name: /edit tracking/ });
const trackingField = (app: FrameLocator, name: string) => app.getByLabel(`Tracking number of ${name}`);

test("status and tracking number are changed in a card with a finger", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop, { financialStatus: "pending", note: "Ring twice" });
  await simulator.waitUntilIdle();
  const { app } = await openAs(anna, "app/orders", phone);
  for (const target of [statusButton(app, order.name), trackingButton(app, order.name)]) {
    const box = await target.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(24);
    expect(box?.width).toBeGreaterThanOrEqual(24);
  }
  await statusButton(app, order.name).tap();
  await app.getByLabel(`Status of ${order.name}`).selectOption("Confirmed");
  await expect(statusButton(app, order.name)).toContainText("Confirmed");
  await expect(app.getByText(`${order.name} saved as version 2.`)).toBeAttached();

  await trackingButton(app, order.name).tap();
  await trackingField(app, order.name).fill("0034043416");
  // A tap elsewhere saves.
  await app.getByRole("heading", { name: "Orders", exact: true }).tap();
  await expect(trackingButton(app, order.name)).toContainText("0034043416");
  await expect(app.getByText(`${order.name} saved as version 3.`)).toBeAttached();
  // Nothing of it has opened the order's page.
  await expect(app.getByRole("heading", { name: "Orders", exact: true })).toBeVisible();
  await expect(app.locator("html")).toHaveJSProperty("scrollWidth", 390);

  await edit(app, order.name);
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring twice");
  await expect(app.getByLabel("Status", { exact: true })).toHaveValue("CONFIRMED");
});

test("the fields of cards are walked with the keyboard", async ({ openAs, simulator, shop }) => {
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna, "app/orders", phone);
  await expect(row(app, order.name)).toBeVisible();
  await app.getByRole("main").press("j");
  await expect(row(app, order.name)).toBeFocused();
  await page.keyboard.press("F2");
  await expect(trackingField(app, order.name)).toBeFocused();
  await page.keyboard.type("1Z999");
  await page.keyboard.press("Tab");
  await expect(app.getByLabel(`Status of ${order.name}`)).toBeFocused();
  await expect(trackingButton(app, order.name)).toContainText("1Z999");
  await page.keyboard.press("Escape");
  await expect(statusButton(app, order.name)).toBeFocused();
});

test("a card's edit that meets a newer value opens the conflict with what was typed", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/responded with a status of 409/);
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.waitUntilIdle();
  const [mine, theirs] = [await openAs(anna, "app/orders", phone), await openAs(ben)];
  await trackingButton(mine.app, order.name).tap();
  await trackingField(mine.app, order.name).fill("mine");
  await trackingButton(theirs.app, order.name).click();
  await trackingField(theirs.app, order.name).fill("theirs");
  await trackingField(theirs.app, order.name).press("Enter");
  await expect(theirs.app.getByText(`${order.name} saved as version 2.`)).toBeAttached();

  await trackingField(mine.app, order.name).press("Enter");
  await expect(dialog(mine.app)).toContainText("This order changed");
  await expect(mine.app.getByRole("radio", { name: /^Your change/ })).toBeVisible();
  await expect(mine.app.getByLabel("Tracking number", { exact: true })).toHaveValue("mine");
  await mine.app.getByRole("button", { name: "Force overwrite" }).tap();
  await savedAs(mine.app, 3);
  await expect(trackingButton(mine.app, order.name)).toContainText("mine");
});

test("a card's edit without a network stays chosen, and is sent again with a finger", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_INTERNET_DISCONNECTED/);
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna, "app/orders", phone);
  await statusButton(app, order.name).tap();
  await page.context().setOffline(true);
  const status = app.getByLabel(`Status of ${order.name}`);
  await status.selectOption("Confirmed");
  await expect(row(app, order.name).getByRole("alert")).toHaveText(/The server does not answer/);
  await expect(status).toHaveValue("CONFIRMED");
  await page.context().setOffline(false);
  await app.getByRole("button", { name: "Try again (Enter)" }).tap();
  await expect(app.getByText(`${order.name} saved as version 2.`)).toBeAttached();
  await expect(statusButton(app, order.name)).toContainText("Confirmed");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on a card that is being edited, ${colorScheme}`, async ({
    openAs,
    simulator,
    shop,
  }) => {
    const order = await simulator.createOrder(shop, { financialStatus: "pending" });
    await simulator.waitUntilIdle();
    const { app, page } = await openAs(anna, "app/orders", { ...phone, colorScheme });
    await trackingButton(app, order.name).tap();
    await expect(trackingField(app, order.name)).toBeFocused();
    const { violations } = await new AxeBuilder({ page }).include(["#app-frame", "html"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
      [],
    );
  });
}
