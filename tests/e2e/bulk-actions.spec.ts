import type { FrameLocator } from "playwright/test";
import { createDb, withShopDomain } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import type { SimulatorClient } from "../shopify-simulator/client.ts";
import { holdItemsAt } from "../support/hold-items.ts";
import { insertOrders } from "../support/insert-orders.ts";
import { anna, ben, button, expect, failedWith, row, test } from "./journey.ts";
import { stackAddress } from "./stack-address.ts";

async function makeOrders(simulator: SimulatorClient, shop: string, count: number) {
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { name } = await simulator.createOrder(shop, { financialStatus: "pending" });
    names.push(name);
  }
  return names;
}

test("orders are chosen, the change is previewed, runs live and is undone", async ({
  openAs,
  simulator,
  shop,
}) => {
  const [{ app }, second] = [await openAs(anna), await openAs(ben)];
  const [first = "", other = ""] = await makeOrders(simulator, shop, 2);
  await expect(row(app, other)).toBeVisible();
  await button(app, "Change all…").click();
  await expect(app.getByRole("heading", { name: "Change 2 orders" })).toBeVisible();

  await app.getByLabel("Set status to").selectOption("SHIPPED");
  await app.getByRole("button", { name: "Preview the new status" }).click();
  await expect(app.getByRole("region", { name: "Preview" })).toContainText("2will change");
  await button(app, "Change 2 orders").click();
  await expect(app.getByRole("main")).toContainText("Done: 2 changed.");
  await expect(row(second.app, first)).toContainText("Shipped");

  await app.getByRole("link", { name: first }).click();
  await expect(app.getByRole("link", { name: "in a bulk action" })).toBeVisible();
  await app.getByRole("link", { name: "in a bulk action" }).click();
  await app.getByRole("button", { name: "Undo the change of 2 orders" }).click();
  await expect(app.getByRole("heading", { name: "Undo a bulk action" })).toBeVisible();
  await expect(app.getByRole("main")).toContainText("Done: 2 changed.");
  await expect(row(second.app, first)).toContainText("Pending");
});

test("what somebody changes while the preview is looked at shows there as a conflict", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna);
  const { id, name } = await simulator.createOrder(shop, { financialStatus: "pending" });
  await expect(row(app, name)).toBeVisible();
  await button(app, "Change all…").click();
  await app.getByLabel("Set status to").selectOption("SHIPPED");
  await app.getByRole("button", { name: "Preview the new status" }).click();
  await expect(button(app, "Change 1 order")).toBeVisible();
  // The preview is live: somebody is paid while it is looked at.
  await simulator.act(shop, id, "paid");
  await expect(app.getByRole("main")).toContainText("Status was changed to Confirmed by Shopify");
  await expect(app.getByText("There is nothing to do.")).toBeVisible();
});

test("more orders than anybody waits for are collected while the page says how far it is, and the work can be stopped", async ({
  openAs,
  shop,
}) => {
  const { app } = await openAs(anna);
  await fillShop(shop, 6_000);
  const held = await holdItemsAt(stackAddress.databaseUrl, 5_001);
  try {
    await button(app, "Change all…").click();
    await expect(app.getByRole("heading", { name: "Change orders" })).toBeVisible();
    await expect(app.getByRole("main")).toContainText("Collecting 5,000 of about 6,000 orders");
    const again = await openAs(ben, "app/bulk");
    await again.app.getByRole("link", { name: "Change orders" }).click();
    await expect(again.app.getByRole("main")).toContainText("Collecting 5,000 of about 6,000 orders");
  } finally {
    await held.release();
  }
  await app.getByLabel("Set status to").selectOption("SHIPPED");
  await app.getByRole("button", { name: "Preview the new status" }).click();
  await expect(app.getByRole("heading", { name: "Set status to Shipped" })).toBeVisible();
  await expect(app.getByRole("region", { name: "Preview" })).toContainText("6,000will change");
  await button(app, "Change 6,000 orders").click();
  await button(app, "Stop").click();
  await expect(app.getByRole("main")).toContainText(/Stopped: .* not reached\./);
});

/** Puts orders into a shop that somebody has opened. */
async function fillShop(domain: string, count: number): Promise<void> {
  const db = createDb(stackAddress.databaseUrl, { max: 1, name: "journey" });
  const [shop] = await withShopDomain(
    db,
    domain,
    (tx) => tx.sql<{ id: ShopId }[]>`select id from shops where domain = ${domain}`,
  );
  if (!shop) throw new Error("nobody has opened the shop");
  await insertOrders(db, shop.id, count);
  await db.close();
}

test("a tag that is none is refused at its field, and tags are edited on the order", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  const { app } = await openAs(anna);
  const [name = ""] = await makeOrders(simulator, shop, 1);
  await expect(row(app, name)).toBeVisible();
  await button(app, "Change all…").click();
  await app.getByLabel("Add the tag").fill("one, two");
  await app.getByRole("button", { name: "Preview the added tag" }).click();
  await expect(app.getByLabel("Add the tag")).toHaveAccessibleDescription("A tag cannot contain a comma.");

  await app.getByRole("link", { name }).click();
  await app.getByLabel("New tag").fill("hold");
  await button(app, "Add tag").click();
  await expect(app.getByRole("button", { name: "Remove the tag hold" })).toBeVisible();
  await expect(app.getByLabel("New tag")).toHaveValue("");
  await app.getByRole("button", { name: "Remove the tag hold" }).click();
  await expect(app.getByRole("button", { name: "Remove the tag hold" })).toHaveCount(0);
});

test("tracking numbers are pasted, previewed, set and undone without JavaScript", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  await openAs(anna);
  const [name = ""] = await makeOrders(simulator, shop, 1);
  await simulator.waitUntilIdle();
  const { app } = await openAs(ben, "app/orders", { javaScriptEnabled: false });
  await expect(row(app, name)).toBeVisible();
  await app.getByRole("link", { name: "Bulk actions" }).click();
  await app.getByRole("link", { name: "Paste tracking numbers" }).click();
  await app.getByLabel("Orders and tracking numbers").fill("#none,T0");
  await button(app, "Preview").click();
  await expect(app.getByRole("main")).toContainText("There is no such order.");

  await app
    .getByLabel("Orders and tracking numbers")
    .fill(`order;company;tracking\n${name};DHL;T1\n#none;DHL;T0`);
  await button(app, "Preview").click();
  await expect(app.getByRole("heading", { name: "Set tracking numbers" })).toBeVisible();
  await expect(app.getByRole("main")).toContainText("There is no such order.");
  await button(app, "Change 1 order").click();
  await untilDone(app);
  await expect(app.getByRole("main")).toContainText("T1");
  await app.getByRole("button", { name: "Undo the change of 1 order" }).click();
  await untilDone(app);
});

/** Follows the link that a page without a script has for progress, until the work is done. */
async function untilDone(app: FrameLocator): Promise<void> {
  await expect(async () => {
    const again = app.getByRole("link", { name: "See how far it is now" });
    // With the page that the click before asked for the link may be gone.
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(app.getByRole("main")).toContainText("Done: 1 changed.", { timeout: 500 });
  }).toPass({ timeout: 15_000 });
}
