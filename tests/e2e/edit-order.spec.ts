import type { SimulatorClient } from "../shopify-simulator/client.ts";
import {
  anna,
  ben,
  button,
  dialog,
  edit,
  expect,
  failedWith,
  openedAt,
  row,
  savedAs,
  test,
} from "./journey.ts";

/** A pending order with a note, at version 1. */
const makeOrder = (simulator: SimulatorClient, shop: string) =>
  simulator.createOrder(shop, { financialStatus: "pending", note: "Ring twice" });

test("two people edit different fields at once and both are saved without a question", async ({
  openAs,
  simulator,
  shop,
}) => {
  const [first, second] = [await openAs(anna), await openAs(ben)];
  const { name } = await makeOrder(simulator, shop);
  await edit(first.app, name);
  await edit(second.app, name);
  await first.app.getByLabel("Tracking number").fill("00340434161094");
  await second.app.getByRole("textbox", { name: "Notes" }).fill("Call first");
  await button(first.app, "Save").click();
  await savedAs(first.app, 2);
  await button(second.app, "Save").click();
  await savedAs(second.app, 3);
  await expect(dialog(second.app)).toHaveCount(0);

  await edit(first.app, name);
  await openedAt(first.app, 3);
  await expect(first.app.getByLabel("Tracking number")).toHaveValue("00340434161094");
  await expect(first.app.getByRole("textbox", { name: "Notes" })).toHaveValue("Call first");
});

test("a form with unsaved changes shows what Shopify changed at once and keeps what was typed", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna);
  const order = await makeOrder(simulator, shop);
  await edit(app, order.name);
  await app.getByRole("textbox", { name: "Notes" }).fill("Ring once");
  await expect(app.getByText("Unsaved changes")).toBeVisible();
  await simulator.act(shop, order.id, "note", { note: "Ring never" });

  const banner = app.getByRole("region", { name: "This order changed while you were editing" });
  await expect(banner).toContainText("Both started from: Ring twice");
  await expect(banner.getByRole("radio", { name: /^Your change/ })).toBeVisible();
  await expect(banner.getByRole("radio", { name: /^Server value: Ring never.*Shopify/s })).toBeVisible();
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring once");
  await openedAt(app, 1);

  await banner.getByRole("radio", { name: /^Your change/ }).check();
  await button(app, "Save choices").click();
  await savedAs(app, 3);
  await edit(app, order.name);
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring once");
});

test("a save whose session token has expired goes through without a word", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(401));
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("Call first");

  const answers: number[] = [];
  await page.route(/\/edit\?/, async (route) => {
    if (route.request().method() !== "POST" || answers.length > 0) return route.fallback();
    // The token expires on the way: App Bridge believed it good when it sent it.
    await simulator.expireNextTokens(1);
    const expired = await simulator.sessionToken(shop, anna);
    const response = await route.fetch({
      headers: { ...route.request().headers(), authorization: `Bearer ${expired}` },
    });
    answers.push(response.status());
    return route.fulfill({ response });
  });
  await button(app, "Save").click();
  await savedAs(app, 2);
  expect(answers).toEqual([401]);
});

test("what was typed survives a reload, and can be discarded", async ({ openAs, simulator, shop }) => {
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("A long story");
  await app.getByLabel("Tracking company").fill("DHL");
  await page.reload();
  await expect(app.getByText(/Restored what you typed at \d\d:\d\d/)).toBeVisible();
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("A long story");
  await expect(app.getByLabel("Tracking company")).toHaveValue("DHL");
  await openedAt(app, 1);
  await button(app, "Discard").click();
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring twice");
  await expect(app.getByText("Unsaved changes")).toHaveCount(0);
});

test("cancelling unsaved changes asks nothing and offers them back", async ({ openAs, simulator, shop }) => {
  const { app } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("A long story");
  await button(app, "Cancel").click();
  await expect(dialog(app)).toHaveCount(0);
  await expect(app.getByText(`Changes to ${name} were not saved.`)).toBeVisible();

  await button(app, "Undo").click();
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("A long story");
  await button(app, "Cancel").click();
  await edit(app, name);
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring twice");
});

test("a save that the network swallows leaves the form as it was and can be tried again", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(/net::ERR_/);
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("Call first");
  await page.context().setOffline(true);
  await button(app, "Save").click();
  await expect(app.getByRole("alert")).toContainText("Could not be saved");
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Call first");
  await openedAt(app, 1);
  await page.context().setOffline(false);
  await button(app, "Try again").click();
  await savedAs(app, 2);
});

test("a form whose save is under way cannot be left, because nobody knows yet what was saved", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("Call first");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/edit\?/, async (route) => {
    if (route.request().method() === "POST") await held;
    await route.fallback();
  });
  await button(app, "Save").click();
  await expect(button(app, "Saving…")).toBeVisible();
  await expect(button(app, "Cancel")).toBeDisabled();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
  await expect(dialog(app)).toBeVisible();
  await expect(app.getByText("were not saved")).toHaveCount(0);
  letGo();
  await savedAs(app, 2);
  await expect(dialog(app)).toHaveCount(0);
});

test("a save without an answer for twenty seconds lets go of the form", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("Call first");
  await page.route(/\/edit\?/, (route) =>
    // Never answered.
    route.request().method() === "POST" ? undefined : route.fallback(),
  );
  await button(app, "Save").click();
  await expect(app.getByRole("alert")).toContainText("Could not be saved", { timeout: 25_000 });
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Call first");
  await page.unroute(/\/edit\?/);
  await button(app, "Try again").click();
  await savedAs(app, 2);
});

test("a form whose app is uninstalled says so and keeps what was typed", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(403));
  const { app } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByRole("textbox", { name: "Notes" }).fill("Call first");
  await simulator.uninstallApp(shop);
  await expect(app.getByRole("alert")).toContainText("The app was uninstalled");
  await expect(dialog(app).getByRole("status").filter({ hasText: "Offline since" })).toBeVisible();
  await button(app, "Save").click();
  await expect(app.getByRole("alert")).toContainText("Not saved: the app was uninstalled");
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Call first");
});

test("an order that is deleted while its form is open leaves the text to be copied", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(404));
  const { app } = await openAs(anna);
  const order = await makeOrder(simulator, shop);
  await edit(app, order.name);
  await app.getByRole("textbox", { name: "Notes" }).fill("A long story");
  await simulator.act(shop, order.id, "delete");
  await expect(app.getByRole("alert")).toContainText("not there any more");
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("A long story");
  await expect(button(app, "Save")).toBeDisabled();
});

test("a save shows in the list at once, and is taken back when it is refused", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  await app.getByLabel("Status", { exact: true }).selectOption("SHIPPED");
  await app.getByLabel("Tracking number").fill("1".repeat(256));
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/edit\?/, async (route) => {
    if (route.request().method() === "POST") await held;
    await route.fallback();
  });
  await button(app, "Save").click();
  await expect(button(app, "Saving…")).toBeVisible();
  await expect(row(app, name)).toContainText("Shipped");
  await expect(app.getByLabel("Tracking number")).toHaveValue("1".repeat(256));
  letGo();
  await expect(app.getByLabel("Tracking number")).toBeFocused();
  await expect(row(app, name)).toContainText("Pending");
});

test("a value that is too long is refused at its field, with the focus on it", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  const { app } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  await edit(app, name);
  const tooLong = "1".repeat(256);
  await app.getByLabel("Tracking number").fill(tooLong);
  await button(app, "Save").click();
  await expect(app.getByLabel("Tracking number")).toBeFocused();
  await expect(app.getByLabel("Tracking number")).toHaveAccessibleDescription(/at most 255/);
  await expect(app.getByLabel("Tracking number")).toHaveValue(tooLong);
});

test("the list, the dialog and a save need no mouse", async ({ openAs, simulator, shop }) => {
  const { app, page } = await openAs(anna);
  const { name } = await makeOrder(simulator, shop);
  const opener = app.getByRole("link", { name: `Edit ${name}` });
  await expect(opener).toBeVisible();
  await app.getByRole("link", { name: "Skip to content" }).focus();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(opener).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });

  await page.keyboard.press("Enter");
  await expect(app.getByLabel("Status", { exact: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(app.getByLabel("Status", { exact: true })).toHaveValue("CONFIRMED");
  await page.keyboard.press("Tab");
  await page.keyboard.type("DHL");
  await page.keyboard.press("Control+Enter");
  await savedAs(app, 2);
  await expect(row(app, name)).toContainText("Confirmed");
  await expect(row(app, name)).toContainText("DHL");
  await expect(opener).toBeFocused();

  await page.keyboard.press("Enter");
  await openedAt(app, 2);
  await page.keyboard.press("Escape");
  await expect(dialog(app)).toHaveCount(0);
  await expect(opener).toBeFocused();
});
