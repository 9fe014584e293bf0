import { readFile } from "node:fs/promises";
import type { FrameLocator, Page } from "playwright/test";
import type { SimulatorClient } from "../shopify-simulator/client.ts";
import { openZip, readCsv, sha256 } from "../support/open-zip.ts";
import { anna, ben, button, expect, row, test } from "./journey.ts";

const heading = (app: FrameLocator, name: string) => app.getByRole("heading", { name, level: 1 });

async function createOrders(simulator: SimulatorClient, shop: string, count: number): Promise<string[]> {
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const order = await simulator.createOrder(shop, {
      financialStatus: "pending",
      test: false,
      presentmentCurrency: "EUR",
      customer: { firstName: "Eva", lastName: `Lind ${index}` },
    });
    names.push(order.name);
  }
  return names;
}

async function saveFile(page: Page, app: FrameLocator): Promise<Buffer> {
  const waiting = page.waitForEvent("download");
  await app
    .getByRole("link", { name: /^Download/ })
    .first()
    .click();
  return readFile(await (await waiting).path());
}

test("invoices are issued in bulk from the list of orders, marked paid, downloaded with hashes and told the accountant", async ({
  openAs,
  simulator,
  shop,
}) => {
  const [first = "", second = "", third = ""] = await createOrders(simulator, shop, 3);
  const { app, page } = await openAs(anna);
  const other = await openAs(ben, "app/invoices");
  for (const name of [first, second]) await row(app, name).getByRole("checkbox").check();
  await button(app, "Issue invoices").click();
  await expect(heading(app, "Issue invoices for 2 orders")).toBeVisible();
  const preview = app.getByRole("region", { name: "Preview" });
  await expect(app.getByText(/^The seller has no address/)).toBeVisible();
  await expect(preview).toContainText("2will be invoiced");
  await expect(preview).toContainText("cannot be taken back");
  await button(app, "Issue invoices for 2 orders").click();
  await expect(app.getByRole("main")).toContainText("Done: 2 invoiced.");
  await expect(app.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
  await expect(app.getByRole("main")).toContainText(/INV-\d{4}-0001 issued/);
  await expect(row(other.app, "-0001")).toBeVisible();
  await expect(row(other.app, "-0002")).toBeVisible();

  for (const number of ["-0001", "-0002"]) await row(other.app, number).getByRole("checkbox").check();
  await button(other.app, "Mark paid").click();
  await button(other.app, "Mark as paid: 2 documents").click();
  await expect(other.app.getByRole("main")).toContainText("Done: 2 marked paid.");
  await other.app.getByRole("button", { name: /^Undo/ }).click();
  await expect(other.app.getByRole("main")).toContainText("Done: 2 taken back.");

  await app.getByRole("link", { name: "Invoices", exact: true }).click();
  await row(app, "-0001").getByRole("checkbox").check();
  await row(app, "-0002").getByRole("checkbox").check();
  await button(app, "Download ZIP").click();
  await expect(app.getByRole("listitem").filter({ hasText: "2 documents chosen by hand" })).toContainText(
    "Ready",
  );
  const files = openZip(await saveFile(page, app));
  const pdfs = [...files.keys()].filter((path) => path.endsWith(".pdf"));
  expect(pdfs).toHaveLength(2);
  expect(readCsv(files.get("manifest.csv") ?? Buffer.of()).map((line) => line["SHA-256"])).toEqual(
    pdfs.map((path) => sha256(files.get(path) ?? Buffer.of())),
  );

  await app.getByRole("link", { name: "Invoices", exact: true }).click();
  await app.getByRole("link", { name: "For the accountant" }).click();
  const period = app.getByRole("combobox", { name: "Period" });
  await period.selectOption({ index: 0 });
  await button(app, "Show this period").click();
  await expect(app.getByRole("main")).toContainText("EUR: 2 invoices");
  await button(app, "Write the ZIP").click();
  await expect(app.getByRole("listitem").filter({ hasText: "For the accountant" })).toContainText("Ready");
  const books = openZip(await saveFile(page, app));
  expect(readCsv(books.get("documents.csv") ?? Buffer.of())).toHaveLength(2);
  expect(String(books.get("taxes.csv"))).toContain("Invoice");
  expect(third).not.toBe("");
});

test("without JavaScript ticked orders are invoiced and ticked documents become one PDF", async ({
  openAs,
  simulator,
  shop,
}) => {
  const watching = await openAs(anna);
  const [name = ""] = await createOrders(simulator, shop, 1);
  await expect(row(watching.app, name)).toBeVisible();
  const { app } = await openAs(ben, "app/orders", { javaScriptEnabled: false });
  await row(app, name).getByRole("checkbox").check();
  await button(app, "Issue invoices").click();
  await button(app, "Issue invoices for 1 order").click();
  await expect(async () => {
    const again = app.getByRole("link", { name: "See how far it is now" });
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(app.getByRole("main")).toContainText("Done: 1 invoiced.", { timeout: 500 });
  }).toPass();
  await app.getByRole("link", { name: "Invoices", exact: true }).click();
  await row(app, "-0001").getByRole("checkbox").check();
  await button(app, "One PDF to print").click();
  await expect(async () => {
    const again = app.getByRole("link", { name: "See how far it is" });
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(app.getByText("Ready")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(app.getByRole("link", { name: /^Open to print/ })).toHaveAttribute("target", "_blank");
});
