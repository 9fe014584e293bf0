import { AxeBuilder } from "@axe-core/playwright";
import type { SimulatorClient } from "../shopify-simulator/client.ts";
import { anna, ben, button, expect, failedWith, row, type Screen, savedAs, test } from "./journey.ts";

const zoe = { firstName: "Zoé", lastName: "Müller", email: "zoe@example.com" };

async function createOrders(simulator: SimulatorClient, shop: string) {
  const [order] = await simulator.createOrders(shop, 1, { customer: zoe, financialStatus: "paid" });
  await simulator.createOrders(shop, 1, {
    customer: { firstName: "Bela", lastName: "Bartók", email: "bela@example.com" },
  });
  await simulator.createOrders(shop, 2, { customer: null });
  await simulator.waitUntilIdle();
  if (!order) throw new Error("the simulator created no order");
  return order;
}

async function expectNoViolations({ page }: Screen) {
  const { violations } = await new AxeBuilder({ page }).include(["#app-frame", "main"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

const notes = ({ app }: Screen) => app.getByLabel("Notes about the customer");
const open = async ({ app }: Screen, name: string) => {
  await app.getByRole("link", { name, exact: true }).click();
  await expect(app.getByRole("heading", { name, level: 1 })).toBeVisible();
};

test("customers appear as they order, are found by a few letters, and guests are told apart", async ({
  openAs,
  simulator,
  shop,
}) => {
  const screen = await openAs(anna, "app/customers");
  const { app } = screen;
  await expect(app.getByText("No customers yet")).toBeVisible();
  await createOrders(simulator, shop);
  await expect(row(app, "Zoé Müller")).toBeVisible();
  await expect(app.getByText("2 customers", { exact: true })).toBeVisible();
  await expectNoViolations(screen);

  const box = app.getByRole("combobox", { name: "Search customers" });
  await box.fill("mull orders:>=1");
  await box.press("Enter");
  await expect(row(app, "Bela Bartók")).toBeHidden();
  await expect(row(app, "Zoé Müller")).toBeVisible();
  await app.getByRole("link", { name: "Remove filter: Orders at least 1" }).click();
  await expect(box).toHaveValue("mull");
  await box.fill("country:de");
  await box.press("Enter");
  await expect(app.getByRole("status").filter({ hasText: "country" })).toBeVisible();
  await app.getByRole("link", { name: "Clear search" }).click();
  await expect(row(app, "Bela Bartók")).toBeVisible();

  await app.getByRole("columnheader", { name: "Customer" }).getByRole("link").click();
  await expect(app.getByRole("columnheader", { name: "Customer" })).toHaveAttribute("aria-sort", "ascending");
  await expect(app.getByRole("row").nth(1)).toContainText("Bela Bartók");

  await app.getByRole("link", { name: "2 orders" }).click();
  await expect(app.getByRole("heading", { name: "Orders", level: 1 })).toBeVisible();
});

test("a customer's page tells who it is and what was ordered, and is a click away from the order", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrders(simulator, shop);
  const screen = await openAs(anna, "app/customers");
  const { app } = screen;
  await open(screen, "Zoé Müller");
  await expect(app.getByRole("link", { name: "zoe@example.com" })).toBeVisible();
  await expectNoViolations(screen);
  await app.getByRole("link", { name: order.name, exact: true }).click();
  await app.getByRole("link", { name: "Orders and notes" }).click();
  await expect(app.getByRole("heading", { name: "Zoé Müller", level: 1 })).toBeVisible();
  await app.getByRole("link", { name: "All orders" }).click();
  await expect(app.getByRole("link", { name: `Edit ${order.name}` })).toBeVisible();
  await expect(app.getByRole("link", { name: /^Edit / })).toHaveCount(1);
});

test("notes written by two people at once meet as a conflict, and nothing typed is lost", async ({
  openAs,
  simulator,
  shop,
}) => {
  await createOrders(simulator, shop);
  const [first, second] = [await openAs(anna, "app/customers"), await openAs(ben, "app/customers")];
  await open(first, "Zoé Müller");
  await open(second, "Zoé Müller");
  await notes(second).fill("Ring twice, says Ben");
  await notes(first).fill("Ring once, says Anna");
  await button(first.app, "Save notes").click();
  await savedAs(first.app, 2);
  await expect(second.app.getByText("Somebody else changed these notes while you were typing")).toBeVisible();
  await expect(notes(second)).toHaveValue("Ring twice, says Ben");
  await expectNoViolations(second);

  await notes(second).fill("Ring once or twice");
  await button(second.app, "Replace theirs with mine").click();
  await savedAs(second.app, 3);
  // A form in which nothing was typed shows the new notes by itself.
  await expect(notes(first)).toHaveValue("Ring once or twice");

  await notes(second).fill("Not sent");
  await notes(first).fill("Sent first");
  await button(first.app, "Save notes").click();
  await savedAs(first.app, 4);
  await second.app.getByRole("link", { name: "Take theirs" }).click();
  await expect(notes(second)).toHaveValue("Sent first");
});

test("what was typed and not saved is there again after a reload", async ({ openAs, simulator, shop }) => {
  await createOrders(simulator, shop);
  const screen = await openAs(anna, "app/customers");
  await open(screen, "Zoé Müller");
  await notes(screen).fill("Half a sen");
  await screen.page.reload();
  await expect(notes(screen)).toHaveValue("Half a sen");
  await button(screen.app, "Discard").click();
  await expect(notes(screen)).toHaveValue("");
});

test("without JavaScript customers are searched and sorted, and a conflict of notes is resolved", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(409));
  await createOrders(simulator, shop);
  // A page without a script does not follow what is still on its way: somebody else's says when all is there.
  const other = await openAs(ben, "app/customers");
  await expect(row(other.app, "Zoé Müller")).toBeVisible();
  const plain = await openAs(anna, "app/customers", { javaScriptEnabled: false });
  await plain.app.getByRole("searchbox", { name: "Search customers" }).fill("zoe");
  await plain.app.getByRole("searchbox", { name: "Search customers" }).press("Enter");
  await expect(row(plain.app, "Bela Bartók")).toBeHidden();
  await open(plain, "Zoé Müller");
  await notes(plain).fill("Plain");

  await open(other, "Zoé Müller");
  await notes(other).fill("Faster");
  await button(other.app, "Save notes").click();
  await savedAs(other.app, 2);

  await button(plain.app, "Save notes").click();
  await expect(
    plain.app.getByText("Not saved yet: somebody else changed these notes meanwhile"),
  ).toBeVisible();
  await expect(plain.app.getByText("Faster").first()).toBeVisible();
  await expect(notes(plain)).toHaveValue("Plain");
  await button(plain.app, "Replace theirs with mine").click();
  await savedAs(plain.app, 3);
  await expect(notes(plain)).toHaveValue("Plain");
});

test("the list's columns are chosen and moved, and the address remembers them", async ({
  openAs,
  simulator,
  shop,
}) => {
  await simulator.createOrder(shop, { customer: { firstName: "Ada", lastName: "Quast" } });
  await simulator.waitUntilIdle();
  const { app, page } = await openAs(anna, "app/customers");
  const heads = app.getByRole("columnheader");
  await app.locator("summary").filter({ hasText: "Columns" }).click();
  await app.getByLabel("E-mail column").uncheck();
  await expect(heads.filter({ hasText: "E-mail" })).toHaveCount(0);
  await app.getByLabel("Phone column").check();
  await app.getByRole("link", { name: "Move Phone to the left" }).click();
  await expect(heads).toHaveText([/Customer/, "Orders", "Spent", "Phone", /Last order/]);
  await page.reload();
  await expect(heads).toHaveText([/Customer/, "Orders", "Spent", "Phone", /Last order/]);
});
