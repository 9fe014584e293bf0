import type { FrameLocator, Page } from "playwright/test";
import { type Shortcut, shortcuts } from "../../app/ui/shortcuts.ts";
import { anna, dialog, expect, openedAt, row, savedAs, test } from "./journey.ts";

const press = async (page: Page, { keys }: Pick<Shortcut, "keys">) => {
  for (const key of keys.split(" ")) await page.keyboard.press(key.replace("Mod", "Control"));
};

/** The address inside the admin's frame. */
const addressIn = (app: FrameLocator) => app.locator("body").evaluate(() => window.location.pathname);

/** The row that has the focus, or holds what has it. */
const focusedRow = (app: FrameLocator) =>
  app.locator("body").evaluate(() => document.activeElement?.closest("tr, [role=row]")?.textContent ?? "");

/** Puts the focus into the app, on nothing in particular. */
const enter = (app: FrameLocator) => app.locator("main").focus();

const shortcut = (scope: string, id: string): Shortcut => {
  const found = shortcuts.find((one) => one.scope === scope && one.id === id);
  if (!found) throw new Error(`there is no shortcut ${scope} ${id}`);
  return found;
};

test("every shortcut on the sheet acts", async ({ openAs, simulator, shop }) => {
  const yesterday = new Date(Date.now() - 86_400_000);
  const older = await simulator.createOrder(shop, { financialStatus: "pending", createdAt: yesterday });
  const newer = await simulator.createOrder(shop, { financialStatus: "pending", test: false });
  const { app, page } = await openAs(anna);
  await expect(row(app, older.name)).toBeVisible();
  await expect(row(app, newer.name)).toBeVisible();
  const tried = new Set<Shortcut>();
  const act = async (scope: string, id: string) => {
    const one = shortcut(scope, id);
    tried.add(one);
    await press(page, one);
  };
  await enter(app);

  await act("app", "help");
  await expect(dialog(app)).toHaveAccessibleName("Keyboard shortcuts");
  for (const { label } of shortcuts)
    await expect(dialog(app).getByText(label, { exact: true }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(app)).toHaveCount(0);
  await expect(app.getByRole("main")).toBeFocused();

  await act("app", "palette");
  await expect(dialog(app).getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog(app)).toHaveCount(0);

  await act("list", "next");
  await act("list", "next");
  await expect.poll(() => focusedRow(app)).toContain(older.name);
  await act("list", "toggle");
  await expect(app.getByText("1 selected")).toBeVisible();
  await act("list", "previous");
  await expect.poll(() => focusedRow(app)).toContain(newer.name);
  await act("list", "edit");
  await openedAt(app, 1);
  await dialog(app).getByLabel("Tracking number").fill("1Z999");
  await act("form", "save");
  await savedAs(app, 2);
  await enter(app);
  await act("app", "search");
  await expect(app.getByRole("combobox", { name: "Search orders" })).toBeFocused();
  await enter(app);
  await act("list", "previous");
  await act("list", "open");
  await expect(app.getByRole("heading", { name: newer.name })).toBeVisible();
  await enter(app);
  await act("order", "edit");
  await openedAt(app, 2);
  await page.keyboard.press("Escape");
  await expect(dialog(app)).toHaveCount(0);
  await enter(app);
  await act("order", "next");
  await expect(app.getByRole("heading", { name: older.name })).toBeVisible();
  await act("order", "previous");
  await expect(app.getByRole("heading", { name: newer.name })).toBeVisible();

  await app.getByRole("link", { name: "Issue invoice" }).click();
  await app.getByRole("button", { name: "Issue invoice" }).click();
  await expect(app.getByRole("link", { name: "Download" })).toBeVisible();
  await enter(app);
  const download = page.waitForEvent("download");
  await act("document", "download");
  expect((await download).suggestedFilename()).toMatch(/^INV-\d{4}-0001\.pdf$/);
  await app.locator("#document-frame").evaluate((frame) => {
    if (!(frame instanceof HTMLIFrameElement) || !frame.contentWindow) throw new Error("there is no frame");
    frame.contentWindow.print = () => frame.setAttribute("data-printed", "");
  });
  await act("document", "print");
  await expect(app.locator("#document-frame[data-printed]")).toHaveCount(1);

  await simulator.act(shop, newer.id, "paid");
  await simulator.act(shop, newer.id, "refund", { full: true });
  await app.getByRole("link", { name: "Invoices", exact: true }).click();
  await expect(row(app, "CN-")).toBeVisible();
  const documents = app.getByRole("row").getByRole("link", { name: /^(INV|CN)-/ });
  const [above = "", below = ""] = await documents.allTextContents();
  await documents.first().click();
  await expect(app.getByRole("heading", { name: above, level: 1 })).toBeVisible();
  await enter(app);
  await act("document", "next");
  await expect(app.getByRole("heading", { name: below, level: 1 })).toBeVisible();
  await act("document", "previous");
  await expect(app.getByRole("heading", { name: above, level: 1 })).toBeVisible();

  await app.getByRole("link", { name: "Orders", exact: true }).click();
  await app.getByRole("link", { name: "Total" }).click();
  await expect(app.getByText("Not as in “All”")).toBeVisible();
  await enter(app);
  await act("list", "view");
  await expect(app.getByLabel("Name of the new view")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(app.getByLabel("Name of the new view")).toBeHidden();

  for (const one of shortcuts as readonly Shortcut[]) {
    if (!one.to) continue;
    tried.add(one);
    await enter(app);
    await press(page, one);
    await expect.poll(() => addressIn(app)).toBe(one.to);
  }
  expect(shortcuts.filter((one) => !tried.has(one)).map(({ id }) => id)).toEqual([]);
});

test("letters typed into a field are text, and a switch turns single keys off for good", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop);
  const { app, page } = await openAs(anna);
  await app.getByRole("link", { name: `Edit ${order.name}` }).click();
  await app.getByRole("textbox", { name: "Notes" }).focus();
  await page.keyboard.type("g o ? j k");
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue(/g o \? j k/);
  await page.keyboard.press("Escape");
  await expect(dialog(app)).toHaveCount(0);

  await app.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await dialog(app).getByLabel("Single-key shortcuts").uncheck();
  await dialog(app).getByRole("button", { name: "Close" }).click();
  await enter(app);
  await page.keyboard.press("?");
  await press(page, { keys: "g h" });
  await press(page, { keys: "Mod+k" });
  await expect(dialog(app).getByRole("combobox")).toBeFocused();
  expect(await addressIn(app)).toBe("/app/orders");
  await page.keyboard.press("Escape");

  await page.reload();
  await expect(row(app, order.name)).toBeVisible();
  await app.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(dialog(app).getByLabel("Single-key shortcuts")).not.toBeChecked();
});

test("the palette finds an order and a customer, and says when there is none", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop, { customer: { firstName: "Paula", lastName: "Quast" } });
  const { app, page } = await openAs(anna);
  await expect(row(app, order.name)).toBeVisible();
  await enter(app);
  await page.keyboard.press("Control+k");
  await expect(dialog(app).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("zzzzzz");
  await expect(dialog(app).getByRole("status")).toHaveText("Nothing begins like this.");
  await dialog(app).getByRole("combobox").fill(order.name);
  await expect(dialog(app).getByRole("option", { name: order.name })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(app.getByRole("heading", { name: order.name })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quast");
  await dialog(app)
    .getByRole("option", { name: /^Paula Quast/ })
    .click();
  await expect(app.getByRole("heading", { name: "Paula Quast" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("deliv");
  await page.keyboard.press("Enter");
  await expect(app.getByRole("heading", { name: "Deliveries", exact: true })).toBeVisible();
});

test("the customers' rows are walked with j and k, and Enter opens one", async ({
  openAs,
  simulator,
  shop,
}) => {
  for (const [firstName, day] of [
    ["Ada", 2],
    ["Bea", 1],
  ] as const)
    await simulator.createOrder(shop, {
      customer: { firstName, lastName: "Quast" },
      createdAt: new Date(Date.now() - day * 86_400_000),
    });
  const { app, page } = await openAs(anna, "app/customers");
  await expect(row(app, "Ada Quast")).toBeVisible();
  // Who ordered last stands first once both have arrived.
  await expect(app.getByRole("row").nth(1)).toContainText("Bea Quast");
  await enter(app);
  await press(page, shortcut("list", "next"));
  await expect.poll(() => focusedRow(app)).toContain("Bea Quast");
  await press(page, shortcut("list", "next"));
  await expect.poll(() => focusedRow(app)).toContain("Ada Quast");
  await press(page, shortcut("list", "previous"));
  await press(page, shortcut("list", "open"));
  await expect(app.getByRole("heading", { name: "Bea Quast" })).toBeVisible();

  await app.getByRole("link", { name: "Back to the customers" }).click();
  await app.getByRole("link", { name: "Spent" }).click();
  await expect(app.getByRole("columnheader", { name: "Spent" })).toHaveAttribute("aria-sort", "descending");
  await app.getByRole("link", { name: "Ada Quast" }).click();
  await expect(app.getByRole("heading", { name: "Ada Quast" })).toBeVisible();
  await app.getByRole("link", { name: "Back to the customers" }).click();
  await expect(app.getByRole("columnheader", { name: "Spent" })).toHaveAttribute("aria-sort", "descending");
});

test("an order's page leads back to the list it was opened from, with its filter", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.createOrder(shop, { financialStatus: "paid" });
  const { app } = await openAs(anna, "app/orders?q=status:pending");
  await row(app, order.name).getByRole("link", { name: order.name, exact: true }).click();
  await expect(app.getByRole("heading", { name: order.name })).toBeVisible();
  await app.getByRole("link", { name: "Back to the orders" }).click();
  await expect(app.getByRole("combobox", { name: "Search orders" })).toHaveValue("status:pending");
});
