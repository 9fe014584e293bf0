import { AxeBuilder } from "@axe-core/playwright";
import type { FrameLocator, Locator } from "playwright/test";
import {
  anna,
  test as base,
  ben,
  button,
  edit,
  expect,
  failedWith,
  openedAt,
  type Screen,
  savedAs,
} from "./journey.ts";

interface Conflict {
  first: Screen;
  second: Screen;
  panel: Locator;
  /** The order's. */
  name: string;
}

/**
 * Anna and Ben have both opened version 1; Ben has typed another note and a tracking number, and Anna's note is
 * saved as version 2. What Ben's page learns of it live is cut off, so that only his save can tell him.
 */
const test = base.extend<{ conflict: Conflict }>({
  conflict: async ({ openAs, simulator, shop, allow }, use) => {
    allow(failedWith(409));
    allow(/net::ERR_CONNECTION_CLOSED/);
    const [first, second] = [await openAs(anna), await openAs(ben)];
    const { name } = await simulator.createOrder(shop, { financialStatus: "pending", note: "Ring twice" });
    await edit(first.app, name);
    await edit(second.app, name);
    await second.app.getByRole("textbox", { name: "Notes" }).fill("Ring once");
    await second.app.getByLabel("Tracking number").fill("00340434161094");
    await second.page.route(/_data=/, (route) =>
      route.request().method() === "GET" ? route.abort("connectionclosed") : route.fallback(),
    );
    await first.app.getByRole("textbox", { name: "Notes" }).fill("Call first");
    await button(first.app, "Save").click();
    await savedAs(first.app, 2);
    await button(second.app, "Save").click();
    const panel = second.app.getByRole("alertdialog");
    await expect(panel).toBeFocused();
    await second.page.unroute(/_data=/);
    await use({ first, second, panel, name });
  },
});

async function expectOrder(app: FrameLocator, name: string, version: number, note: string) {
  await edit(app, name);
  await openedAt(app, version);
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue(note);
  await expect(app.getByLabel("Tracking number")).toHaveValue("00340434161094");
}

test("the second save of a field shows both values and who was faster, and loses nothing typed", async ({
  conflict,
}) => {
  const { second, panel } = conflict;
  await expect(panel).toContainText("Both started from: Ring twice");
  await expect(panel.getByRole("radio", { name: /^Your change: Ring once/ })).toBeVisible();
  await expect(panel.getByRole("radio", { name: /^Server value: Call first.*Anna Berg/s })).toBeVisible();
  await expect(second.app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring once");
  await expect(second.app.getByLabel("Tracking number")).toHaveValue("00340434161094");
  await openedAt(second.app, 1);
  const { violations } = await new AxeBuilder({ page: second.page })
    .include(["#app-frame", "dialog"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
});

test("a choice for the field saves it, one version higher", async ({ conflict }) => {
  const { second, panel, name } = conflict;
  await panel.getByRole("radio", { name: /^Your change/ }).check();
  await button(second.app, "Save choices").click();
  await savedAs(second.app, 3);
  await expectOrder(second.app, name, 3, "Ring once");
});

test("choices that are not made yet are asked for at their field, and the buttons stay in view", async ({
  conflict,
}) => {
  const { second, panel } = conflict;
  await second.page.setViewportSize({ width: 390, height: 700 });
  for (const name of ["Save choices", "Refresh", "Force overwrite", "Cancel"])
    await expect(button(second.app, name)).toBeInViewport({ ratio: 1 });
  await expect(button(second.app, "Save")).toHaveCount(0);
  const sent: string[] = [];
  second.page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await button(second.app, "Save choices").click();
  const mine = panel.getByRole("group", { name: "Notes" }).getByRole("radio", { name: /^Your change: / });
  await expect(mine).toBeFocused();
  await expect(mine).toHaveAccessibleDescription("Choose one of the two");
  await panel.getByRole("radio", { name: /^Server value: / }).check();
  await expect(panel.getByText("Choose one of the two")).toHaveCount(0);
  expect(sent.filter((url) => url.includes("/edit"))).toEqual([]);
  await button(second.app, "Save choices").click();
  await savedAs(second.app, 3);
});

test("Refresh takes the server's value and still saves what does not conflict", async ({ conflict }) => {
  const { second, name } = conflict;
  await button(second.app, "Refresh").click();
  await savedAs(second.app, 3);
  await expectOrder(second.app, name, 3, "Call first");
});

test("Force overwrite keeps one's own value as a new version like any other", async ({ conflict }) => {
  const { second, name } = conflict;
  await button(second.app, "Force overwrite").click();
  await savedAs(second.app, 3);
  await expectOrder(second.app, name, 3, "Ring once");
});

test("a field that changes once more after the decision is asked once more", async ({ conflict }) => {
  const { first, second, panel, name } = conflict;
  await panel.getByRole("radio", { name: /^Your change/ }).check();
  await edit(first.app, name);
  await first.app.getByRole("textbox", { name: "Notes" }).fill("Write a mail");
  await button(first.app, "Save").click();
  await savedAs(first.app, 3);
  await expect(panel.getByRole("radio", { name: /^Server value: Write a mail/ })).toBeVisible();
  await expect(panel.getByRole("radio", { name: /^Your change/ })).not.toBeChecked();
  await panel.getByRole("radio", { name: /^Server value/ }).check();
  await button(second.app, "Save choices").click();
  await savedAs(second.app, 4);
  await expectOrder(second.app, name, 4, "Write a mail");
});

test("a status that is not possible any more cannot be chosen, and the panel says why", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openAs(anna);
  const order = await simulator.createOrder(shop, { financialStatus: "pending" });
  await edit(app, order.name);
  await app.getByLabel("Status", { exact: true }).selectOption("SHIPPED");
  await simulator.act(shop, order.id, "cancel");
  const mine = app.getByRole("radio", { name: /^Your change/ });
  await expect(mine).toBeDisabled();
  await expect(mine).toHaveAccessibleDescription(/cancelled, and that is final/);
  await expect(app.getByRole("radio", { name: /^Server value/ })).toBeChecked();
  await expect(button(app, "Force overwrite")).toBeDisabled();
});

test("without JavaScript the conflict is a page that can be resolved", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(409));
  const first = await openAs(anna);
  const { name } = await simulator.createOrder(shop, { financialStatus: "pending", note: "Ring twice" });
  await edit(first.app, name);
  const { app } = await openAs(ben, "app/orders", { javaScriptEnabled: false });
  await expect(
    app.locator("noscript span").filter({ hasText: "Changes show after a reload." }),
  ).toBeVisible();
  await edit(app, name);
  await openedAt(app, 1);
  await app.getByRole("textbox", { name: "Notes" }).fill("Ring once");
  await app.getByLabel("Tracking number").fill("00340434161094");
  await first.app.getByRole("textbox", { name: "Notes" }).fill("Call first");
  await button(first.app, "Save").click();
  await savedAs(first.app, 2);

  await button(app, "Save").click();
  const panel = app.getByRole("alertdialog");
  await expect(panel).toContainText("Both started from: Ring twice");
  await expect(panel).toContainText("Choose for: Notes");
  await expect(panel.getByRole("radio", { name: /^Server value: Call first.*Anna Berg/s })).toBeVisible();
  await expect(app.getByRole("textbox", { name: "Notes" })).toHaveValue("Ring once");
  await expect(app.getByLabel("Tracking number")).toHaveValue("00340434161094");
  await openedAt(app, 1);
  await panel.getByRole("radio", { name: /^Your change/ }).check();
  await button(app, "Save choices").click();
  await savedAs(app, 3);
  await expectOrder(app, name, 3, "Ring once");
});
