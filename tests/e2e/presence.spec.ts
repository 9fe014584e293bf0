import type { FrameLocator } from "playwright/test";
import { anna, ben, button, edit, expect, openedAt, row, test } from "./journey.ts";

const openOrder = async (app: FrameLocator, name: string) => {
  await row(app, name).getByRole("link", { name, exact: true }).click();
  await expect(app.getByRole("heading", { name })).toBeVisible();
};

test("two people at one order see each other, the field each is in, and that the other has gone", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  const [first, second] = [await openAs(anna), await openAs(ben)];
  await openOrder(first.app, order.name);
  await edit(second.app, order.name);
  await openedAt(second.app, 1);

  await second.app.getByRole("textbox", { name: "Notes" }).focus();
  await expect(first.app.getByText("Ben Costa is editing Notes")).toBeVisible();
  await second.app.getByLabel("Tracking company").focus();
  await expect(first.app.getByText("Ben Costa is editing Tracking company")).toBeVisible();
  await expect(second.app.getByText("Anna Berg has this open")).toBeVisible();

  await first.app.getByRole("link", { name: `Edit ${order.name}` }).click();
  await first.app.getByRole("textbox", { name: "Notes" }).focus();
  const dialog = second.app.getByRole("dialog");
  await expect(dialog.getByText("Anna Berg is here")).toBeVisible();
  await expect(first.app.getByRole("dialog").getByText("Ben Costa is here")).toBeVisible();

  await first.page.close();
  await expect(dialog.getByText("Anna Berg")).toHaveCount(0);
});

test("a tab that dies without a word is gone within ten seconds", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_INTERNET_DISCONNECTED/);
  const order = await simulator.createOrder(shop);
  const [first, second] = [await openAs(anna), await openAs(ben)];
  await openOrder(first.app, order.name);
  await openOrder(second.app, order.name);
  await expect(first.app.getByText("Ben Costa has this open")).toBeVisible();
  await second.page.context().setOffline(true);
  await expect(first.app.getByText("Ben Costa has this open")).toHaveCount(0, { timeout: 10_000 });
});

test("a person's own other tab is named as theirs, and leaving the order leaves nobody behind", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop);
  const { app, page } = await openAs(anna);
  await openOrder(app, order.name);
  const other = await page.context().newPage();
  await other.goto(page.url());
  const otherApp = other.frameLocator("#app-frame");
  await edit(otherApp, order.name);
  await expect(app.getByText("You are editing Status in another tab")).toBeVisible();
  // From the form to the order's page is no leaving.
  await button(otherApp, "Cancel").click();
  await expect(app.getByText("You have this open in another tab")).toBeVisible();
  await otherApp.getByRole("link", { name: "Orders", exact: true }).click();
  await expect(app.getByText("in another tab")).toHaveCount(0);
});
