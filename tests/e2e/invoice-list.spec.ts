import type { FrameLocator } from "playwright/test";
import { createDb, withSystem } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { saveSettings } from "../support/invoices.ts";
import { anna, ben, button, expect, row, test } from "./journey.ts";
import { stackAddress } from "./stack-address.ts";

const scroller = (app: FrameLocator) => app.locator("[data-list-scroller]");
const rows = (app: FrameLocator) => app.getByRole("grid").getByRole("row");
const text = (app: FrameLocator, words: string) => app.getByText(words, { exact: true });
const paid = { financialStatus: "paid", test: false, presentmentCurrency: "EUR" } as const;

/** From now on the shop invoices what is paid by itself, past the screen of the settings. */
async function invoiceWhenPaid(domain: string): Promise<void> {
  const db = createDb(stackAddress.databaseUrl, { max: 1, name: "journey" });
  try {
    const [shop] = await withSystem(
      db,
      (tx) => tx.sql<{ id: ShopId }[]>`select id from shops where domain = ${domain}`,
    );
    if (!shop) throw new Error("the shop is not installed");
    await saveSettings({ db }, shop.id, { automation: { trigger: "paid", since: "2026-01-01T00:00:00Z" } });
  } finally {
    await db.close();
  }
}

test("invoices arrive live, a refund changes one in place and brings its credit note", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app, page } = await openAs(anna, "app/invoices?q=anton");
  await invoiceWhenPaid(shop);
  await expect(app.getByText("No document matches")).toBeVisible();
  const by = (firstName: string) => ({ ...paid, customer: { firstName, lastName: "Quast" } });
  const order = await simulator.createOrder(shop, by("Anton"));
  const invoice = row(app, "Anton Quast").filter({ hasText: "INV-" });
  await expect(invoice).toContainText("Paid");
  await simulator.createOrder(shop, by("Berta"));
  await simulator.act(shop, order.id, "refund", { full: true });
  const note = row(app, "Credit note");
  await expect(note).toContainText(order.name);
  await expect(invoice).toContainText("Credited");
  await expect(rows(app)).toHaveCount(3);

  await app.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "All" }).click();
  await expect(text(app, "3 documents")).toBeVisible();
  await app.getByRole("main").press("j");
  await page.keyboard.press("x");
  await expect(text(app, "1 document selected")).toBeVisible();
  await button(app, "Select all 3 documents").click();
  await button(app, "Export").click();
  await expect(text(app, "All invoices")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(app.getByRole("heading", { name: "Invoices", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await app.getByRole("dialog").getByRole("combobox").fill("0002");
  await app.getByRole("option", { name: "-0002" }).click();
  await expect(app.getByRole("heading", { name: /^INV-\d+-0002$/ })).toBeVisible();
});

test("scrolling reaches the first invoice with sixty row nodes at most, and without JavaScript they are pages", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/invoices");
  await invoiceWhenPaid(shop);
  await simulator.createOrders(shop, 120, paid);
  await expect(text(app, "120 documents")).toBeVisible({ timeout: 30_000 });
  let most = 0;
  await expect(async () => {
    const left = await scroller(app).evaluate((element) => {
      element.scrollBy({ top: 2_000 });
      return element.scrollHeight - element.scrollTop - element.clientHeight;
    });
    most = Math.max(most, await rows(app).count());
    expect(left).toBeLessThan(2);
    await expect(app.getByText("End of the list")).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [50] });
  expect(most).toBeLessThanOrEqual(60);
  await expect(row(app, "-0001")).toHaveAttribute("aria-rowindex", "121");

  const plain = await openAs(ben, "app/invoices", { javaScriptEnabled: false });
  // Fifty documents and the head.
  await expect(rows(plain.app)).toHaveCount(51);
  await plain.app.getByRole("link", { name: "Older →" }).click();
  await expect(row(plain.app, "-0070")).toBeVisible();
  await plain.app.getByRole("link", { name: "Older →" }).click();
  await expect(rows(plain.app)).toHaveCount(21);
  await expect(row(plain.app, "-0001")).toBeVisible();
});
