import { AxeBuilder } from "@axe-core/playwright";
import type { FrameLocator, Locator } from "playwright/test";
import { anna, ben, button, expect, failedWith, type Screen, test } from "./journey.ts";

const tabs = (app: FrameLocator): Locator => app.getByRole("navigation", { name: "Views" });
const tab = (app: FrameLocator, name: string | RegExp): Locator => tabs(app).getByRole("link", { name });
const menu = (app: FrameLocator, name: string): Locator => app.getByLabel(`Options of the view ${name}`);
const says = (app: FrameLocator, text: string) => expect(app.getByText(text, { exact: true })).toBeVisible();

/** Turns the customers round by name and keeps that as a view. */
async function saveView({ app }: Screen, name: string, team = false) {
  await expect(tab(app, /^All$/)).toHaveAttribute("aria-current", "page");
  await app.getByRole("columnheader", { name: "Customer" }).getByRole("link").click();
  await expect(tab(app, "All , modified")).toHaveAttribute("aria-current", "page");
  await app.getByText("Save as new view").click();
  await app.getByLabel("Name of the new view").fill(name);
  if (team) await app.getByLabel("Share with the team").check();
  await button(app, "Save view").click();
  await says(app, "View saved.");
  await expect(tab(app, new RegExp(`${name}$`))).toHaveAttribute("aria-current", "page");
}

async function expectNoViolations({ page }: Screen) {
  const { violations } = await new AxeBuilder({ page }).include(["#app-frame", "main"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

test.beforeEach(async ({ simulator, shop }) => {
  const customer = { firstName: "Zoé", lastName: "Müller", email: "zoe@example.com" };
  await simulator.createOrders(shop, 1, { customer, financialStatus: "pending" });
});

test("a view is kept, changed, renamed, moved, deleted and brought back", async ({ openAs }) => {
  const screen = await openAs(anna, "app/customers");
  const { app } = screen;
  await saveView(screen, "By name");

  await app.getByRole("columnheader", { name: "Customer" }).getByRole("link").click();
  await expect(tab(app, "By name , modified")).toBeVisible();
  await expectNoViolations(screen);
  await app.getByRole("link", { name: "Discard" }).click();
  await expect(tab(app, /^By name$/)).toBeVisible();
  await app.getByRole("columnheader", { name: "Spent" }).getByRole("link").click();
  await button(app, "Save").click();
  await says(app, "View updated.");
  await expect(tab(app, /^By name$/)).toBeVisible();

  await menu(app, "By name").click();
  await expectNoViolations(screen);
  await app.getByLabel("Name", { exact: true }).fill("By money");
  await app.getByLabel("Name", { exact: true }).press("Enter");
  await says(app, "View renamed.");

  await tab(app, "All").click();
  await saveView(screen, "Second");
  await menu(app, "Second").focus();
  await menu(app, "Second").press("Enter");
  await button(app, "← Move left").press("Enter");
  await says(app, "View moved.");
  await expect(tabs(app).getByRole("link").last()).toHaveText("By money");

  await menu(app, "Second").click();
  await button(app, "Delete view").click();
  await says(app, "View deleted.");
  await expect(tab(app, "Second")).toBeHidden();
  await expect(tab(app, "All")).toHaveAttribute("aria-current", "page");
  await button(app, "Undo").click();
  await says(app, "View restored.");
  await expect(tab(app, "Second")).toHaveAttribute("aria-current", "page");
  await expect(tabs(app).getByRole("link").last()).toHaveText("By money");
});

test("a team view appears for the other person by itself, a private one never", async ({ openAs }) => {
  const [mine, theirs] = [await openAs(anna, "app/customers"), await openAs(ben, "app/customers")];
  await saveView(mine, "Only mine");
  await tab(mine.app, "All").click();
  await saveView(mine, "For all of us", true);
  await expect(tab(theirs.app, "Team view: For all of us")).toBeVisible();
  await expect(tab(theirs.app, "Only mine")).toBeHidden();
});

test("the person's list opens with the chosen view, and an address that says more opens what it says", async ({
  openAs,
}) => {
  const { app } = await openAs(anna, "app/orders");
  await tab(app, "Shipped").click();
  await menu(app, "Shipped").click();
  await button(app, "Open orders with this view").click();
  await says(app, "This list opens with this view now.");
  const navigation = app.getByRole("navigation", { name: "Atomic Orders" });
  await navigation.getByRole("link", { name: "Home" }).click();
  await navigation.getByRole("link", { name: "Orders" }).click();
  await expect(tab(app, "Shipped")).toHaveAttribute("aria-current", "page");
  await tab(app, "All").click();
  await expect(app.getByRole("link", { name: /^Edit #/ })).toBeVisible();

  const other = await openAs(ben, "app/orders");
  await expect(tab(other.app, "All")).toHaveAttribute("aria-current", "page");
  await navigation.getByRole("link", { name: "Orders" }).click();
  await menu(app, "Shipped").click();
  await button(app, "Open orders with all again").click();
  await says(app, "This list opens with all again.");
});

test("two people who change a team view at once: the second hears what the first did, and decides", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(409));
  allow(/net::ERR_CONNECTION_CLOSED/);
  const [first, second] = [await openAs(anna, "app/customers"), await openAs(ben, "app/customers")];
  await saveView(first, "Ours", true);
  await tab(second.app, "Team view: Ours").click();
  await menu(second.app, "Ours").click();
  await second.app.getByLabel("Name", { exact: true }).fill("Ben's name");
  await second.page.route(/_data=/, (route) =>
    route.request().method() === "GET" ? route.abort("connectionclosed") : route.fallback(),
  );
  await menu(first.app, "Ours").click();
  await first.app.getByLabel("Name", { exact: true }).fill("Anna's name");
  await button(first.app, "Rename").click();
  await says(first.app, "View renamed.");
  await button(second.app, "Rename").click();
  await second.page.unroute(/_data=/);
  await says(second.app, "It was renamed to “Anna's name”.");
  await button(second.app, "Rename it all the same").click();
  await says(second.app, "View renamed.");
  await expect(tab(first.app, "Team view: Ben's name")).toBeVisible();
});

test("without JavaScript a view is kept, renamed, opened by default, deleted and brought back", async ({
  openAs,
}) => {
  const { app } = await openAs(anna, "app/customers", { javaScriptEnabled: false });
  const navigation = app.getByRole("navigation", { name: "Atomic Orders" });
  const head = app.getByRole("columnheader", { name: "Customer" });
  // The order that the shop had before its installation comes a moment after it.
  await expect(async () => {
    // Where it is there already, another opening would overtake the click that follows.
    if (!(await head.isVisible())) await navigation.getByRole("link", { name: "Customers" }).click();
    await expect(head).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await head.getByRole("link").click();
  await app.getByText("Save as new view").click();
  await app.getByLabel("Name of the new view").fill("By name");
  await button(app, "Save view").click();
  await says(app, "View saved.");
  await menu(app, "By name").click();
  await app.getByLabel("Name", { exact: true }).fill("Plain");
  await button(app, "Rename").click();
  await menu(app, "Plain").click();
  await button(app, "Open customers with this view").click();
  await says(app, "This list opens with this view now.");
  await navigation.getByRole("link", { name: "Customers" }).click();
  // The page before shows the same tab as current: only the message tells the two apart.
  await expect(app.getByText("This list opens with this view now.")).toBeHidden();
  await expect(tab(app, "Plain")).toHaveAttribute("aria-current", "page");
  await menu(app, "Plain").click();
  await button(app, "Delete view").click();
  await expect(tab(app, "Plain")).toBeHidden();
  await button(app, "Undo").click();
  await expect(tab(app, "Plain")).toHaveAttribute("aria-current", "page");
});
