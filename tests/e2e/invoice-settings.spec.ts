import type { FrameLocator } from "playwright/test";
import { pngOf } from "../invoices/pictures.ts";
import { anna, ben, expect, failedWith, test } from "./journey.ts";

const settings = "app/settings/invoices";
const card = (app: FrameLocator, name: string) => app.getByRole("region", { name, exact: true });
const save = (app: FrameLocator, name: string) => app.getByRole("button", { name: `Save ${name}` }).click();

test("a seller with a slip in the IBAN is refused at the field, and saved once it is right", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(422));
  const { app } = await openAs(anna, settings);
  const seller = card(app, "Seller");
  await seller.getByLabel("Name of the business").fill("Tea & Co");
  await seller.getByLabel("Tax number 1: what it is").fill("VAT ID");
  await seller.getByLabel("Tax number 1", { exact: true }).fill("DE136695977");
  await seller.getByLabel("IBAN").fill("DE89 3704 0044 0532 0130 01");
  await save(app, "Seller");
  await expect(seller.getByText("The check digits of this IBAN do not fit.")).toBeVisible();
  await expect(seller.getByText("The check digit of this VAT id does not fit.")).toBeVisible();
  await seller.getByLabel("IBAN").fill("DE89370400440532013000");
  await seller.getByLabel("Tax number 1", { exact: true }).fill("DE136695976");
  await save(app, "Seller");
  await expect(seller.getByText("Saved as version 1.")).toBeVisible();
});

test("the seller that nobody has filled in is proposed from the shop, and saved only by a person", async ({
  openAs,
}) => {
  const { app } = await openAs(anna, settings);
  const seller = card(app, "Seller");
  await expect(seller.getByText("proposed from your shop and not saved yet")).toBeVisible();
  await expect(seller.getByText("Unsaved changes")).toHaveCount(0);
  const name = await seller.getByLabel("Name of the business").inputValue();
  expect(name).not.toBe("");
  await seller.getByLabel("Country").selectOption({ label: "Austria" });
  await save(app, "Seller");
  await expect(seller.getByText("Saved as version 1.")).toBeVisible();
  await expect(seller.getByText("proposed from your shop")).toHaveCount(0);
  const again = await openAs(ben, settings);
  await expect(card(again.app, "Seller").getByLabel("Name of the business")).toHaveValue(name);
  await expect(card(again.app, "Seller").getByLabel("Country")).toHaveValue("AT");
});

test("whoever lets invoices be issued by themselves is told what the seller lacks, and led there", async ({
  openAs,
}) => {
  const { app, page } = await openAs(anna, "app");
  await app.getByRole("main").press("g");
  await page.keyboard.press("n");
  const automation = card(app, "Automation");
  const warning = automation.getByText("The seller has no address yet.");
  await expect(automation.getByLabel("Issue invoices")).toHaveValue("by_hand");
  await expect(warning).toHaveCount(0);
  await automation.getByLabel("Issue invoices").selectOption("paid");
  await expect(warning).toBeVisible();
  // What is paid already is no change: it is for the bulk.
  await automation.getByLabel("For orders placed from").fill("2026-01-01");
  const missed = automation.getByRole("link", { name: "Orders that are paid" });
  await expect(missed).toHaveAttribute(
    "href",
    /q=payment%3Apaid%2Cpartially_refunded\+created%3A2026-01-01\.\./,
  );
  await automation.getByRole("link", { name: "Fill in the seller" }).click();
  await expect(card(app, "Seller").getByLabel("Address")).toBeInViewport();
  await card(app, "Seller").getByLabel("Address").fill("1 Kiln Lane");
  await save(app, "Seller");
  await expect(warning).toHaveCount(0);
});

test("the next number is shown while the pattern is typed, and a pattern that repeats numbers is refused", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(422));
  const { app } = await openAs(anna, settings);
  const numbers = card(app, "Numbers");
  const invoices = numbers.getByRole("group", { name: "Invoices" });
  await expect(invoices.getByText(/INV-\d{4}-0001/)).toBeVisible();
  await invoices.getByLabel("Prefix").fill("R{YY}/");
  await invoices.getByLabel("A new series starts at").fill("500");
  await invoices.getByLabel("Digits at least").fill("6");
  await expect(invoices.getByText(/^R\d{2}\/000500$/)).toBeVisible();
  await invoices.getByLabel("Prefix").fill("R-");
  await save(app, "Numbers");
  await expect(invoices.getByText("Numbers that start again each year need the year")).toBeVisible();
  await invoices.getByLabel("Start again each year").uncheck();
  await save(app, "Numbers");
  await expect(numbers.getByText("Saved as version 1.")).toBeVisible();
  await expect(invoices.getByText("R-000500")).toBeVisible();
});

test("two people at the same card are shown the difference, at different cards neither is disturbed", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(409));
  const [first, second] = [await openAs(anna, settings), await openAs(ben, settings)];
  await card(first.app, "Seller").getByLabel("Name of the business").fill("Tea & Co");
  await card(first.app, "E-mail").getByLabel("Subject").fill("Your invoice");
  await card(second.app, "Seller").getByLabel("Name of the business").fill("Coffee & Co");
  await expect(card(second.app, "Seller").getByLabel("Name of the business")).toHaveValue("Coffee & Co");
  await save(second.app, "Seller");
  await expect(card(second.app, "Seller").getByText("Saved as version 1.")).toBeVisible();

  // Nobody else has touched this card.
  await save(first.app, "E-mail");
  await expect(card(first.app, "E-mail").getByText("Saved as version 2.")).toBeVisible();

  const seller = card(first.app, "Seller");
  await expect(seller.getByText("Somebody else saved this card while you were editing")).toBeVisible();
  await save(first.app, "Seller");
  // A refused save leads to the question.
  await expect(seller.locator("[tabindex='-1']:focus")).toContainText("Theirs: Coffee & Co");
  await expect(seller.getByLabel("Name of the business")).toHaveValue("Tea & Co");
  await seller.getByRole("button", { name: "Save mine over it" }).click();
  await expect(seller.getByText("Saved as version 3.")).toBeVisible();
  // Ben's card is untouched since, so it follows.
  await expect(card(second.app, "Seller").getByLabel("Name of the business")).toHaveValue("Tea & Co");
});

test("a new preview is drawn while the template is changed", async ({ openAs }) => {
  const { app } = await openAs(anna, settings);
  const template = card(app, "Template");
  const frame = template.locator("iframe");
  await expect(frame).toHaveAttribute("src", /name=classic/);
  await template.getByRole("combobox", { name: "Template" }).selectOption("modern");
  await template.getByLabel("Notes").fill("Thank you");
  await expect(frame).toHaveAttribute("src", /name=modern.*notes=Thank\+you/);
  const drawn = await frame.evaluate(async (element) => {
    const answer = await fetch(element.getAttribute("src") ?? "");
    return { status: answer.status, begins: (await answer.text()).slice(0, 5) };
  });
  expect(drawn).toEqual({ status: 200, begins: "%PDF-" });
});

test("a logo is looked at before it is taken, and can be taken off again, with and without JavaScript", async ({
  openAs,
  allow,
}) => {
  // A picture that is asked for at the moment it is taken off.
  allow(failedWith(404));
  allow(failedWith(422));
  await openAs(anna);
  for (const javaScriptEnabled of [true, false]) {
    const { app } = await openAs(anna, settings, { javaScriptEnabled });
    const logo = card(app, "Logo");
    const upload = async (name: string, buffer: Buffer) => {
      await logo.getByLabel("Picture").setInputFiles({ name, mimeType: "image/png", buffer });
      await logo.getByRole("button", { name: "Upload" }).click();
    };
    await upload("logo.png", Buffer.from("<svg/>"));
    await expect(logo.getByText("This is neither a PNG nor a JPEG picture")).toBeVisible();
    await upload("logo.png", pngOf(320, 80));
    await expect(logo.getByRole("img")).toHaveJSProperty("naturalWidth", 320);
    await logo.getByRole("button", { name: "Use no logo" }).click();
    await expect(logo.getByText("No logo yet.")).toBeVisible();
  }
});

test("without JavaScript a card is saved, errors come back at their fields, and the preview follows a button", async ({
  openAs,
  allow,
}) => {
  allow(failedWith(422));
  await openAs(anna);
  const { app } = await openAs(anna, settings, { javaScriptEnabled: false });
  const template = card(app, "Template");
  await template.getByLabel("Days to pay").fill("400");
  await save(app, "Template");
  await expect(template.getByText("From 0 to 365 days.")).toBeVisible();
  await template.getByLabel("Days to pay").fill("30");
  await template.getByRole("combobox", { name: "Template" }).selectOption("modern");
  await template.getByRole("button", { name: "Preview" }).click();
  const preview = template.getByRole("link", { name: "Save the PDF" });
  await expect(preview).toHaveAttribute("href", /name=modern.*termsDays=30/);
  await expect(template.locator("iframe")).toHaveCount(0);
  await expect(template.getByLabel("Days to pay")).toHaveValue("30");
  await save(app, "Template");
  await expect(template.getByText("Saved as version 1.")).toBeVisible();
});
