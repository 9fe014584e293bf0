import { AxeBuilder } from "@axe-core/playwright";
import type { FrameLocator } from "playwright/test";
import { anna, ben, button, expect, row, test } from "./journey.ts";

const scroller = (app: FrameLocator) => app.locator("[data-list-scroller]");
const rows = (app: FrameLocator) => app.getByRole("grid").getByRole("row");
const text = (app: FrameLocator, words: string) => app.getByText(words, { exact: true });
const scrollTo = (app: FrameLocator, top: number) =>
  scroller(app).evaluate((element, to) => element.scrollTo({ top: to }), top);

/** Days far enough in the past that whatever a journey makes now comes before them. */
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** An order of somebody new: the simulator knows nobody again by their name. Test orders do not count for anybody. */
const by = (firstName: string, createdAt?: Date) => ({
  customer: { firstName, lastName: "Quast" },
  test: false,
  ...(createdAt && { createdAt }),
});

test("scrolling reaches the last customer with sixty row nodes at most", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/customers");
  await simulator.createOrders(shop, 220, by("Early", daysAgo(1)));
  await simulator.createOrder(shop, by("Zoe", daysAgo(30)));
  await expect(text(app, "221 customers")).toBeVisible({ timeout: 30_000 });
  await expect(app.getByRole("grid")).toHaveAttribute("aria-rowcount", "222");
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
  await expect(row(app, "Zoe Quast")).toHaveAttribute("aria-rowindex", "222");
});

test("live changes put customers in, change them and take them out under the filter", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/customers?q=spent:>0");
  await expect(app.getByText("No customer matches")).toBeVisible();
  const order = await simulator.createOrder(shop, { ...by("Ada"), financialStatus: "paid" });
  await expect(row(app, "Ada Quast")).toBeVisible();
  await expect(text(app, "1 customer")).toBeVisible();
  await simulator.act(shop, order.id, "cancel");
  await expect(row(app, "Ada Quast")).toHaveCount(0);
  await expect(app.getByText("No customer matches")).toBeVisible();
});

test("a customer far down is changed in place, and new ones wait behind a pill and move nothing", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/customers");
  await simulator.createOrders(shop, 80, by("Early", daysAgo(1)));
  const order = await simulator.createOrder(shop, by("Middle", daysAgo(2)));
  await simulator.createOrders(shop, 40, by("Late", daysAgo(3)));
  await expect(text(app, "121 customers")).toBeVisible({ timeout: 30_000 });
  const middle = row(app, "Middle Quast");
  await expect(async () => {
    await scrollTo(app, 80 * 44);
    await expect(middle).toBeInViewport({ timeout: 500 });
  }).toPass();
  const before = await middle.boundingBox();

  await simulator.createOrders(shop, 2, by("New"));
  await expect(button(app, "2 new customers")).toBeVisible();
  expect(await middle.boundingBox()).toEqual(before);
  await expect(middle).not.toContainText(/\D0\.00/);
  await simulator.act(shop, order.id, "cancel");
  await expect(middle).toContainText(/\D0\.00/);
  expect(await middle.boundingBox()).toEqual(before);

  await button(app, "2 new customers").click();
  await expect(rows(app).nth(1)).toContainText("New Quast");
  await expect(rows(app).nth(2)).toContainText("New Quast");
  await expect(button(app, "2 new customers")).toHaveCount(0);
});

test("without JavaScript the customers are plain pages, and ticked ones are written to a file", async ({
  openAs,
  simulator,
  shop,
}) => {
  const first = await openAs(anna, "app/customers");
  await simulator.createOrders(shop, 60, by("Early", daysAgo(1)));
  await simulator.createOrder(shop, by("Newest"));
  await expect(text(first.app, "61 customers")).toBeVisible({ timeout: 30_000 });
  const { app } = await openAs(ben, "app/customers", { javaScriptEnabled: false });
  await expect(row(app, "Newest Quast")).toBeVisible();
  // Fifty customers and the head.
  await expect(rows(app)).toHaveCount(51);
  await app.getByRole("link", { name: "Next →" }).click();
  await expect(rows(app)).toHaveCount(12);
  await expect(row(app, "Newest Quast")).toHaveCount(0);
  await app.getByRole("link", { name: "← Previous" }).click();
  await expect(row(app, "Newest Quast")).toBeVisible();

  await rows(app).nth(1).getByRole("checkbox").check();
  await rows(app).nth(2).getByRole("checkbox").check();
  await app.locator("#ticked-customers").getByRole("button", { name: "Export" }).click();
  await expect(text(app, "2 customers chosen by hand")).toBeVisible();
});

test("ticked customers are written to a file, alone or all that match", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/customers");
  for (const [at, name] of ["Ada", "Bea", "Cleo"].entries())
    await simulator.createOrder(shop, by(name, daysAgo(at)));
  await expect(text(app, "3 customers")).toBeVisible();
  await expect(row(app, "Cleo Quast")).toBeVisible();
  await app.getByRole("main").press("j");
  await expect(row(app, "Ada Quast")).toBeFocused();
  await row(app, "Ada Quast").press("x");
  await expect(text(app, "1 customer selected")).toBeVisible();
  await button(app, "Select all 3 customers").click();
  await expect(text(app, "3 customers selected")).toBeVisible();
  await button(app, "Clear").click();
  await row(app, "Bea Quast").getByRole("checkbox").check();
  await button(app, "Export").click();
  await expect(text(app, "1 customer chosen by hand")).toBeVisible();
});

test("a customer's page leads back to where the list was scrolled to", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna, "app/customers");
  await simulator.createOrders(shop, 80, by("Early", daysAgo(1)));
  await simulator.createOrder(shop, by("Middle", daysAgo(2)));
  await simulator.createOrders(shop, 40, by("Late", daysAgo(3)));
  await expect(text(app, "121 customers")).toBeVisible({ timeout: 30_000 });
  const middle = row(app, "Middle Quast");
  await expect(async () => {
    await scrollTo(app, 80 * 44);
    await expect(middle).toBeInViewport({ timeout: 500 });
  }).toPass();
  const place = await middle.boundingBox();
  await middle.getByRole("link", { name: "Middle Quast" }).click();
  await expect(app.getByRole("heading", { name: "Middle Quast" })).toBeVisible();
  await app.getByRole("link", { name: "Back to the customers" }).click();
  await expect(middle).toBeVisible();
  expect(await middle.boundingBox()).toEqual(place);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the cards of customers, ${colorScheme}`, async ({ openAs, simulator, shop }) => {
    const narrow = { colorScheme, viewport: { width: 390, height: 844 } };
    const { app, page } = await openAs(anna, "app/customers", narrow);
    await simulator.createOrder(shop, by("Ada"));
    await expect(row(app, "Ada Quast")).toContainText("1 order");
    const { violations } = await new AxeBuilder({ page }).include(["#app-frame", "html"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual(
      [],
    );
  });
}
