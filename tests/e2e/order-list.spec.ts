import type { FrameLocator } from "playwright/test";
import { anna, ben, button, dialog, edit, expect, row, savedAs, test } from "./journey.ts";

const scroller = (app: FrameLocator) => app.locator("[data-list-scroller]");
const rows = (app: FrameLocator) => app.getByRole("grid").getByRole("row");
const scrollTo = (app: FrameLocator, top: number) =>
  scroller(app).evaluate((element, to) => element.scrollTo({ top: to }), top);

/** Far enough in the past that whatever a journey makes now comes before it. */
const yesterday = () => new Date(Date.now() - 86_400_000);

test("scrolling reaches the last order with sixty row nodes at most", async ({ openAs, simulator, shop }) => {
  const { app } = await openAs(anna);
  await simulator.createOrders(shop, 320, { createdAt: yesterday(), financialStatus: "paid" });
  const last = await simulator.createOrder(shop, { createdAt: new Date(Date.now() - 10 * 86_400_000) });
  await expect(app.getByText("321 orders")).toBeVisible({ timeout: 30_000 });
  await expect(app.getByRole("grid")).toHaveAttribute("aria-rowcount", "322");

  let most = 0;
  await expect(async () => {
    const height = await scroller(app).evaluate((element) => {
      element.scrollBy({ top: 2_000 });
      return element.scrollHeight - element.scrollTop - element.clientHeight;
    });
    most = Math.max(most, await rows(app).count());
    expect(height).toBeLessThan(2);
    await expect(app.getByText("End of the list")).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [50] });
  expect(most).toBeLessThanOrEqual(60);
  await expect(row(app, last.name)).toBeVisible();
  await expect(row(app, last.name)).toHaveAttribute("aria-rowindex", "322");
});

test("live changes put rows in, change them and take them out under the filter", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/orders?q=status:pending");
  await expect(app.getByText("No order matches")).toBeVisible();
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await expect(row(app, order.name)).toBeVisible();
  await expect(app.getByText("1 order", { exact: true })).toBeVisible();
  const other = await simulator.createOrder(shop, { financialStatus: "paid" });
  await simulator.act(shop, order.id, "paid");
  await expect(row(app, order.name)).toHaveCount(0);
  await expect(row(app, other.name)).toHaveCount(0);
  await expect(app.getByText("No order matches")).toBeVisible();
});

test("an order that comes in beyond the edge while the rows there are on their way is among them", async ({
  openAs,
  simulator,
  shop,
}) => {
  const first = await openAs(ben);
  await simulator.createOrders(shop, 60, { createdAt: yesterday(), financialStatus: "paid" });
  await expect(first.app.getByText("60 orders")).toBeVisible();
  const { app, page } = await openAs(anna, "app/exports");
  // The next rows are read at once, and told only when the order that came in meanwhile has been read too.
  let isRead = () => {};
  const read = new Promise<void>((resolve) => {
    isRead = resolve;
  });
  let late = "";
  await page.route(/\/app\/orders\/rows\?.*limit=/, async (route) => {
    const response = await route.fetch();
    const order = await simulator.createOrder(shop, { createdAt: new Date(Date.now() - 9 * 86_400_000) });
    late = order.name;
    await read;
    await route.fulfill({ response });
  });
  page.on("response", (response) => {
    if (/\/app\/orders\/rows\?.*ids=/.test(response.url())) void response.finished().then(() => isRead());
  });
  await app.getByRole("navigation").getByRole("link", { name: "Orders", exact: true }).click();
  await expect(app.getByText("61 orders")).toBeVisible();
  await expect(async () => {
    await scrollTo(app, 10_000);
    await expect(row(app, late)).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(row(app, late)).toHaveAttribute("aria-rowindex", "62");
});

test("what comes in at the top waits behind a pill and moves nothing", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna);
  await simulator.createOrders(shop, 120, { createdAt: yesterday(), financialStatus: "paid" });
  await expect(app.getByText("120 orders")).toBeVisible();
  await scrollTo(app, 2_000);
  const read = rows(app).nth(20);
  const name = (await read.getByRole("rowheader").getByRole("link").textContent()) ?? "";
  const before = await row(app, name).boundingBox();

  const [first, second] = await simulator.createOrders(shop, 2, { financialStatus: "pending" });
  await expect(button(app, "2 new orders")).toBeVisible();
  expect(await row(app, name).boundingBox()).toEqual(before);

  await button(app, "2 new orders").click();
  await expect(row(app, first?.name ?? "")).toBeInViewport();
  await expect(row(app, second?.name ?? "")).toBeInViewport();
  await expect(button(app, "2 new orders")).toHaveCount(0);
});

test("without JavaScript the list is plain pages", async ({ openAs, simulator, shop }) => {
  const first = await openAs(anna);
  await simulator.createOrders(shop, 60, { createdAt: yesterday(), financialStatus: "paid" });
  const newest = await simulator.createOrder(shop, {});
  await expect(first.app.getByText("61 orders")).toBeVisible();
  const { app } = await openAs(ben, "app/orders", { javaScriptEnabled: false });
  await expect(row(app, newest.name)).toBeVisible();
  // Fifty orders and the head.
  await expect(rows(app)).toHaveCount(51);
  await app.getByRole("link", { name: "Older →" }).click();
  await expect(rows(app)).toHaveCount(12);
  await expect(row(app, newest.name)).toHaveCount(0);
  await app.getByRole("link", { name: "← Newer" }).click();
  await expect(row(app, newest.name)).toBeVisible();

  await app.getByRole("link", { name: "Total" }).click();
  await expect(app.getByRole("columnheader", { name: "Total" })).toHaveAttribute("aria-sort", "descending");
  await app.locator("summary").filter({ hasText: "Columns" }).click();
  await app.getByLabel("Payment column").uncheck();
  await app.getByLabel("E-mail column").check();
  await button(app, "Show these").click();
  await expect(app.getByRole("columnheader", { name: "E-mail" })).toBeVisible();
  await expect(app.getByRole("columnheader", { name: "Payment" })).toHaveCount(0);
});

test("status and tracking number are changed in their cells", async ({ openAs, simulator, shop }) => {
  const order = await simulator.createOrder(shop, { financialStatus: "pending", note: "Ring twice" });
  await simulator.waitUntilIdle();
  const { app } = await openAs(anna);
  const cell = row(app, order.name).getByRole("button", { name: /edit status/ });
  await cell.click();
  await app.getByLabel(`Status of ${order.name}`).selectOption("Confirmed");
  await expect(cell).toContainText("Confirmed");
  await expect(app.getByText(`${order.name} saved as version 2.`)).toBeAttached();

  await row(app, order.name)
    .getByRole("button", { name: /edit tracking/ })
    .click();
  const tracking = app.getByLabel(`Tracking number of ${order.name}`);
  await tracking.fill("not this");
  await tracking.press("Escape");
  await expect(row(app, order.name)).not.toContainText("not this");
  await row(app, order.name)
    .getByRole("button", { name: /edit tracking/ })
    .press("Enter");
  await tracking.fill("0034043416");
  await tracking.press("Enter");
  await expect(row(app, order.name)).toContainText("0034043416");
  await expect(app.getByText(`${order.name} saved as version 3.`)).toBeAttached();

  // What was not touched is as it was.
  await edit(app, order.name);
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring twice");
  await expect(app.getByLabel("Status", { exact: true })).toHaveValue("CONFIRMED");
});

test("a cell's edit that meets a newer value opens the conflict with what was typed", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/responded with a status of 409/);
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.waitUntilIdle();
  const [first, second] = [await openAs(anna), await openAs(ben)];
  const open = (app: FrameLocator) =>
    row(app, order.name)
      .getByRole("button", { name: /edit tracking/ })
      .click();
  const tracking = (app: FrameLocator) => app.getByLabel(`Tracking number of ${order.name}`);
  await open(first.app);
  await tracking(first.app).fill("mine");
  await open(second.app);
  await tracking(second.app).fill("theirs");
  await tracking(second.app).press("Enter");
  await expect(second.app.getByText(`${order.name} saved as version 2.`)).toBeAttached();

  await tracking(first.app).press("Enter");
  await expect(dialog(first.app)).toContainText("This order changed");
  await expect(first.app.getByRole("radio", { name: /^Your change/ })).toBeVisible();
  await expect(first.app.getByLabel("Tracking number", { exact: true })).toHaveValue("mine");
  await first.app.getByRole("button", { name: "Force overwrite" }).click();
  await savedAs(first.app, 3);
  await expect(row(second.app, order.name)).toContainText("mine");
});

test("the Tab key does not come back to a cell that is being saved: it would conflict with itself", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna);
  let letSave = () => {};
  const held = new Promise<void>((resolve) => {
    letSave = resolve;
  });
  await page.route(/\/edit\b/, async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await row(app, order.name)
    .getByRole("button", { name: /edit tracking/ })
    .click();
  const tracking = app.getByLabel(`Tracking number of ${order.name}`);
  await tracking.fill("0034043416");
  await tracking.press("Shift+Tab");
  await app.getByLabel(`Status of ${order.name}`).press("Tab");
  await expect(row(app, order.name)).toBeFocused();
  await expect(tracking).toHaveCount(0);
  letSave();
  await expect(app.getByText(`${order.name} saved as version 2.`)).toBeAttached();
  await expect(row(app, order.name)).toContainText("0034043416");
});

test("a cell's edit without a network stays typed, with a sentence", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_INTERNET_DISCONNECTED/);
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna);
  await row(app, order.name)
    .getByRole("button", { name: /edit tracking/ })
    .click();
  const tracking = app.getByLabel(`Tracking number of ${order.name}`);
  await tracking.fill("0034043416");
  await page.context().setOffline(true);
  await tracking.press("Enter");
  await expect(row(app, order.name).getByRole("alert")).toHaveText(/The server does not answer/);
  await expect(tracking).toHaveValue("0034043416");
  await page.context().setOffline(false);
  await tracking.press("Enter");
  await expect(app.getByText(`${order.name} saved as version 2.`)).toBeAttached();
});

test("columns are hidden, shown and moved, and the address remembers them", async ({
  openAs,
  simulator,
  shop,
}) => {
  await simulator.createOrder(shop, {});
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna);
  const heads = app.getByRole("columnheader");
  await app.locator("summary").filter({ hasText: "Columns" }).click();
  await app.getByLabel("Payment column").uncheck();
  await expect(heads.filter({ hasText: "Payment" })).toHaveCount(0);
  await app.getByLabel("Items column").check();
  await expect(heads.filter({ hasText: "Items" })).toBeVisible();
  await app.getByRole("link", { name: "Move Items to the left" }).click();
  const usual = ["Order", "Customer", "Date", "Status", "Total", "Items", "Tracking", "Edit"];
  await expect(heads).toHaveText(usual.map((name) => new RegExp(`^${name}|${name}$`)));
  await page.reload();
  await expect(heads.filter({ hasText: "Items" })).toBeVisible();
});

test("a jump to a day begins there, with the way back up", async ({ openAs, simulator, shop }) => {
  const { app } = await openAs(anna);
  const old = await simulator.createOrder(shop, { createdAt: new Date("2026-03-05T12:00:00Z") });
  const young = await simulator.createOrder(shop, { createdAt: new Date("2026-03-07T12:00:00Z") });
  await expect(app.getByText("2 orders")).toBeVisible();
  await app.getByLabel("Jump to date").fill("2026-03-05");
  await button(app, "Go").click();
  await expect(row(app, old.name)).toBeVisible();
  await expect(rows(app).nth(1)).toBeVisible();
  // What is newer is loaded above, where one scrolls to.
  await expect(row(app, young.name)).toBeAttached();

  await app.getByLabel("Jump to date").fill("2026-01-01");
  await button(app, "Go").click();
  await expect(row(app, old.name)).toBeVisible();
  await expect(app.getByText("End of the list")).toBeVisible();
});

test("ticked rows stay ticked when they scroll away, and Shift ticks a range", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna);
  await simulator.createOrders(shop, 120, { createdAt: yesterday(), financialStatus: "paid" });
  await expect(app.getByText("120 orders")).toBeVisible();
  await rows(app).nth(1).getByRole("checkbox").check();
  await rows(app)
    .nth(5)
    .getByRole("checkbox")
    .click({ modifiers: ["Shift"] });
  await expect(app.getByText("5 selected")).toBeVisible();
  await scrollTo(app, 4_000);
  await simulator.createOrder(shop, {});
  await expect(button(app, "1 new order")).toBeVisible();
  await expect(app.getByText("5 selected")).toBeVisible();
  await scrollTo(app, 0);
  await expect(rows(app).nth(3)).toHaveAttribute("aria-selected", "true");
  await button(app, "Select all 121 matching").click();
  await expect(app.getByText("All 121 selected")).toBeVisible();
  await expect(rows(app).nth(10)).toHaveAttribute("aria-selected", "true");
  await button(app, "Clear").click();
  await expect(rows(app).nth(3)).toHaveAttribute("aria-selected", "false");
});

test("the list is worked with the keyboard alone", async ({ openAs, simulator, shop }) => {
  const [older, newer] = [
    await simulator.createOrder(shop, { createdAt: yesterday(), financialStatus: "pending" }),
    await simulator.createOrder(shop, { financialStatus: "pending" }),
  ];
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna);
  await expect(row(app, newer.name)).toBeVisible();
  await expect(row(app, older.name)).toBeVisible();
  await app.getByRole("main").press("j");
  await expect(row(app, newer.name)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(row(app, older.name)).toBeFocused();
  await page.keyboard.press("k");
  await expect(row(app, newer.name)).toBeFocused();
  await page.keyboard.press("End");
  await expect(row(app, older.name)).toBeFocused();
  await page.keyboard.press("x");
  await expect(app.getByText("1 selected")).toBeVisible();

  await page.keyboard.press("F2");
  await expect(app.getByLabel(`Status of ${older.name}`)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(app.getByLabel(`Tracking number of ${older.name}`)).toBeFocused();
  await page.keyboard.type("0034043416");
  await page.keyboard.press("Enter");
  await expect(row(app, older.name)).toContainText("0034043416");
  await expect(row(app, older.name).getByRole("button", { name: /edit tracking/ })).toBeFocused();

  await page.keyboard.press("Home");
  await expect(row(app, newer.name)).toBeFocused();
  await page.keyboard.press("e");
  await expect(dialog(app)).toContainText(`Edit ${newer.name}`);
  await page.keyboard.press("Escape");
  await expect(dialog(app)).toHaveCount(0);
  await expect(row(app, newer.name)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(app.getByRole("heading", { name: newer.name })).toBeVisible();
});

test("going back finds the list where it was, and up to date", async ({ openAs, simulator, shop }) => {
  const filling = await openAs(anna);
  const orders = await simulator.createOrders(shop, 300, { createdAt: yesterday(), financialStatus: "paid" });
  await expect(filling.app.getByText("300 orders")).toBeVisible({ timeout: 30_000 });
  // Opened when all are there: rows that still come in would move the one that is chosen.
  const { app } = await openAs(anna);
  await scrollTo(app, 8_000);
  const middle = rows(app).nth(15);
  const link = middle.getByRole("rowheader").getByRole("link");
  await expect(link).toBeVisible();
  const name = (await link.textContent()) ?? "";
  await row(app, name)
    .getByRole("link", { name: `Edit ${name}` })
    .click();
  await button(app, "Cancel").click();
  await expect(dialog(app)).toHaveCount(0);
  const place = await row(app, name).boundingBox();

  await row(app, name).getByRole("link", { name, exact: true }).click();
  await expect(app.getByRole("heading", { name })).toBeVisible();
  const order = orders.find((one) => one.name === name);
  await simulator.act(shop, order?.id ?? "", "fulfil");
  await expect(app.getByRole("main")).toContainText("Shipped");
  await app.locator("body").evaluate(() => history.back());
  await expect(row(app, name)).toBeVisible();
  expect(await row(app, name).boundingBox()).toEqual(place);
  // What happened meanwhile is in it.
  await expect(row(app, name)).toContainText("Shipped");
});
