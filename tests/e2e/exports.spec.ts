import { readFile } from "node:fs/promises";
import type { FrameLocator } from "playwright/test";
import { openWorkbook } from "../exports/open-sheet.ts";
import { anna, ben, expect, row, test } from "./journey.ts";

const menu = (app: FrameLocator) => app.locator("summary").filter({ hasText: "Export" });

async function exportAs(app: FrameLocator, format: string): Promise<void> {
  await menu(app).click();
  await app.getByRole("button", { name: new RegExp(`^${format}`) }).click();
  await expect(app.getByRole("heading", { name: "Exports" })).toBeVisible();
}

test("a filtered list is exported, shown to everybody while it is written, and downloaded", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app, page } = await openAs(anna, "app/orders?q=status%3Apending");
  const first = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.createOrder(shop, { financialStatus: "paid" });
  const second = await simulator.createOrder(shop, { financialStatus: "pending" });
  for (const { name } of [first, second]) await expect(row(app, name)).toBeVisible();
  const other = await openAs(ben, "app/exports");
  await expect(other.app.getByText("No exports yet")).toBeVisible();

  await exportAs(app, "Excel");
  for (const screen of [app, other.app]) {
    const item = screen.getByRole("listitem").filter({ hasText: "Orders matching “status:pending”" });
    await expect(item).toContainText("Ready");
    await expect(item).toContainText("2 orders");
    await expect(item).toContainText("Anna Berg");
  }
  const waiting = page.waitForEvent("download");
  await app.getByRole("link", { name: /^Download/ }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^orders-\d{4}-\d\d-\d\d\.xlsx$/);
  const [rows] = openWorkbook(new Uint8Array(await readFile(await download.path()))).sheets;
  const [head, ...orders] = rows?.map(([cell]) => cell?.value) ?? [];
  expect(head).toBe("Order");
  // Both may be placed in the same second, which leaves their order open.
  expect(orders.toSorted()).toEqual([first.name, second.name].toSorted());
});

test("the menu is used with the keyboard alone", async ({ openAs }) => {
  const { app, page } = await openAs(anna);
  await menu(app).focus();
  await page.keyboard.press("Enter");
  await expect(app.getByRole("button", { name: /^CSV/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.getByRole("button", { name: /^CSV/ })).toBeHidden();
  await expect(menu(app)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(app.getByText("There was nothing to write")).toBeVisible();
});

test("without JavaScript a list is exported, followed and exported again", async ({
  openAs,
  simulator,
  shop,
}) => {
  const first = await openAs(anna);
  const { name } = await simulator.createOrder(shop, { financialStatus: "pending" });
  await expect(row(first.app, name)).toBeVisible();
  const { app, page } = await openAs(ben, "app/orders", { javaScriptEnabled: false });
  await exportAs(app, "CSV");
  await expect(async () => {
    const link = app.getByRole("link", { name: "See how far it is" });
    if (await link.isVisible()) await link.click({ timeout: 1_000 });
    await expect(app.getByText("Ready")).toBeVisible({ timeout: 500 });
  }).toPass();
  const waiting = page.waitForEvent("download");
  await app.getByRole("link", { name: /^Download/ }).click();
  expect(await readFile(await (await waiting).path(), "utf8")).toContain(name);
  await app.getByRole("button", { name: /^Export again/ }).click();
  await expect(app.getByText("All orders", { exact: true })).toHaveCount(2);
});
