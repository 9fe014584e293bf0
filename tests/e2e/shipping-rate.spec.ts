import type { FrameLocator } from "playwright/test";
import { anna, ben, button, expect, failedWith, row, test } from "./journey.ts";

const settings = "app/settings/shipping";
const field = (app: FrameLocator, name: string) => app.getByRole("textbox", { name, exact: true });
const addStep = async (app: FrameLocator, number: number, upTo: string, fee: string) => {
  await button(app, "Add a step").click();
  await field(app, `Step ${number}: Up to (kg)`).fill(upTo);
  await field(app, `Step ${number}: Fee (EUR)`).fill(fee);
};

test("a rate is written, tried while typing, saved, and explains the fee of an order without shipping lines", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  const order = await simulator.createOrder(shop, { shippingMinor: null });
  const { app } = await openAs(anna, settings);
  await field(app, "Free from a subtotal of (EUR)").fill("100000");
  await addStep(app, 1, "1", "4,90");
  await button(app, "Save").click();
  await expect(app.getByText("Write an amount in EUR with at most 2 decimals, like 5.00.")).toBeVisible();
  await expect(field(app, "Step 1: Fee (EUR)")).toBeFocused();
  await field(app, "Step 1: Fee (EUR)").fill("4.90");
  await addStep(app, 2, "", "19");

  await field(app, "Subtotal (EUR)").fill("20");
  await field(app, "Weight (kg)").fill("1");
  await expect(app.getByText("It weighs 1 kg, which is within the step up to 1 kg.")).toBeVisible();
  await expect(app.getByText("By the rate as typed, which is not saved yet.")).toBeVisible();
  await field(app, "Weight (kg)").fill("1.001");
  await expect(app.getByText("It weighs 1.001 kg, which is above 1 kg.")).toBeVisible();

  await button(app, "Save").click();
  await expect(app.getByText("Saved as version 1.")).toBeVisible();
  await app.getByRole("link", { name: "Orders", exact: true }).click();
  await row(app, order.name).getByRole("link", { name: order.name, exact: true }).click();
  const own = app.getByRole("region", { name: "Shipping by your own rate" });
  await expect(own).toContainText("This order came without shipping lines.");
  await expect(own).toContainText("Weight step");
});

test("a rate that somebody else saved meanwhile is not overwritten unseen, and nothing typed is lost", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(409));
  const [first, second] = [await openAs(anna, settings), await openAs(ben, settings)];
  await field(first.app, "Flat fee (EUR)").fill("5");
  await field(second.app, "Flat fee (EUR)").fill("7");
  await button(second.app, "Save").click();
  await expect(second.app.getByText("Saved as version 1.")).toBeVisible();

  await button(first.app, "Save").click();
  await expect(first.app.getByText("Ben Costa saved another rate while you were editing")).toBeVisible();
  await expect(first.app.getByText("Flat fee €7.00.")).toBeVisible();
  await expect(field(first.app, "Flat fee (EUR)")).toHaveValue("5");
  await button(first.app, "Save mine over it").click();
  await expect(first.app.getByText("Saved as version 2.")).toBeVisible();
  // Ben's form is untouched since, so it follows.
  await expect(field(second.app, "Flat fee (EUR)")).toHaveValue("5.00");
});

test("saving over a colleague's rate does not wait for the plain save before it", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(409));
  const [first, second] = [await openAs(anna, settings), await openAs(ben, settings)];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await first.page.route(/_data=.*shipping/, async (route) => {
    if (route.request().postData()?.includes("intent=save")) await held;
    await route.fallback();
  });
  await field(first.app, "Flat fee (EUR)").fill("5");
  await field(second.app, "Flat fee (EUR)").fill("7");
  await button(second.app, "Save").click();
  await expect(first.app.getByText("Ben Costa saved another rate while you were editing")).toBeVisible();
  await button(first.app, "Save").click();
  await expect(button(first.app, "Saving…")).toBeVisible();
  await button(first.app, "Save mine over it").click();
  await expect(first.app.getByText("Saved as version 2.")).toBeVisible();
  letGo();
  await expect(field(second.app, "Flat fee (EUR)")).toHaveValue("5.00");
});

test("without JavaScript steps are added and removed, errors come back at their fields, and the box answers", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(422));
  const { app } = await openAs(anna, settings, { javaScriptEnabled: false });
  await addStep(app, 1, "2", "x");
  await addStep(app, 2, "5", "9");
  await button(app, "Save").click();
  await expect(app.getByText("Write an amount in EUR with at most 2 decimals, like 5.00.")).toBeVisible();
  await app.getByRole("button", { name: "Remove step 1" }).click();
  await expect(field(app, "Step 1: Up to (kg)")).toHaveValue("5");
  await field(app, "Flat fee (EUR)").fill("6");
  await field(app, "Flat fee (EUR)").press("Enter");
  await expect(app.getByText("Saved as version 1.")).toBeVisible();
  await field(app, "Subtotal (EUR)").fill("20");
  await button(app, "Try").click();
  await expect(app.getByText("The order's weight is not known, so no weight step applies.")).toBeVisible();
  await expect(field(app, "Flat fee (EUR)")).toHaveValue("6.00");
});
