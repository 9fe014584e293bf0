import type { FrameLocator } from "playwright/test";
import { shiftDay } from "../../app/search/parse-days.ts";
import { todayIn } from "../../app/search/today-in.ts";
import { anna, badge, expect, test } from "./journey.ts";

const figure = (app: FrameLocator, label: string, value: string) =>
  app.getByRole("link", { name: `${label}: ${value}`, exact: true });
const listed = (app: FrameLocator) => app.getByRole("row").filter({ hasText: /#\d+/ });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test("the figures change live, and each opens the list of what it counts", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app");
  await expect(figure(app, "Total orders", "0")).toBeVisible();
  await simulator.createOrder(shop, { financialStatus: "pending" });
  await simulator.createOrder(shop, { financialStatus: "paid", test: true });
  const shipped = await simulator.createOrder(shop, { financialStatus: "paid" });
  await expect(figure(app, "Total orders", "2")).toBeVisible();
  await simulator.act(shop, shipped.id, "fulfil");
  await expect(figure(app, "Active shipments", "1")).toBeVisible();

  await figure(app, "Total orders", "2").click();
  await expect(listed(app)).toHaveCount(2);
  await app.getByRole("link", { name: "Home", exact: true }).click();
  await figure(app, "Active shipments", "1").click();
  await expect(listed(app)).toHaveCount(1);
  await expect(listed(app)).toContainText(shipped.name);

  await app.getByRole("link", { name: "Home", exact: true }).click();
  await simulator.act(shop, shipped.id, "track", { shipmentStatus: "delivered" });
  await expect(figure(app, "Active shipments", "0")).toBeVisible();
  await expect(app.getByRole("link", { name: /^Average delivery time: / })).toBeVisible();
});

test("a period is chosen by link or by days, drawn, and shown as a table at the same address", async ({
  openAs,
  simulator,
  shop,
}) => {
  await simulator.createOrder(shop, { createdAt: daysAgo(3) });
  const { app, page } = await openAs(anna, "app");
  await simulator.createOrder(shop, { createdAt: daysAgo(3) });
  await expect(figure(app, "Total orders", "2")).toBeVisible();
  await expect(app.locator("[data-chart=orders] .recharts-bar-rectangle").first()).toBeVisible();

  await app.getByRole("link", { name: "Show as table" }).click();
  const table = app.getByRole("table", { name: "Orders and revenue for each day, newest first" });
  await expect(table.getByRole("row")).toHaveCount(31);
  await app.getByRole("link", { name: "Today", exact: true }).click();
  await expect(figure(app, "Total orders", "0")).toBeVisible();
  await expect(app.getByText("No orders in this period")).toBeVisible();

  const day = daysAgo(3).toISOString().slice(0, 10);
  await app.getByLabel("From").fill(day);
  await app.getByRole("button", { name: "Show", exact: true }).click();
  await expect(figure(app, "Total orders", "2")).toBeVisible();
  const frame = page.frames().find((one) => new URL(one.url()).pathname === "/app");
  expect(frame?.url()).toContain(`from=${day}`);
  expect(frame?.url()).not.toContain("_session");
});

test("without a script the periods work and the numbers stand in a table", async ({
  openAs,
  simulator,
  shop,
}) => {
  const first = await openAs(anna, "app");
  await simulator.createOrder(shop);
  await expect(figure(first.app, "Total orders", "1")).toBeVisible();

  const { app } = await openAs(anna, "app", { javaScriptEnabled: false });
  await expect(badge(app)).toHaveCount(0);
  await app.getByRole("link", { name: "Last 7 days", exact: true }).click();
  const table = app.getByRole("table", { name: "Orders and revenue for each day, newest first" });
  await expect(table.getByRole("row")).toHaveCount(8);
  await app.getByLabel("From").fill(shiftDay(todayIn("Europe/Berlin"), -1));
  await app.getByRole("button", { name: "Show", exact: true }).click();
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(figure(app, "Total orders", "1")).toBeVisible();
});

test("when the shop moves to another time zone its orders move to other days by themselves", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app?from=2026-11-10&to=2026-11-10");
  // Half past midnight of the next day in Berlin.
  await simulator.createOrder(shop, { createdAt: new Date("2026-11-10T23:30:00Z") });
  await expect(app.getByRole("heading", { name: "Orders and revenue per day" })).toBeVisible();
  await expect(figure(app, "Total orders", "0")).toBeVisible();
  await simulator.changeShop(shop, { timeZone: "America/New_York" });
  await expect(figure(app, "Total orders", "1")).toBeVisible();
});
