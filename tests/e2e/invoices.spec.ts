import type { FrameLocator, Page } from "playwright/test";
import { createDb, type Tx, withShop, withShopDomain } from "../../app/db.server.ts";
import { holdOrders } from "../../app/invoices/hold-orders.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import type { SimulatorClient } from "../shopify-simulator/client.ts";
import { readPdfText } from "../support/read-pdf-text.ts";
import { anna, ben, button, expect, failedWith, row, test } from "./journey.ts";
import { stackAddress } from "./stack-address.ts";

const heading = (app: FrameLocator, name: string | RegExp) => app.getByRole("heading", { name, level: 1 });
const card = (app: FrameLocator, name: string) => app.getByRole("region", { name, exact: true });

/** A paid order of somebody whose name the invoice must have. What is left open the simulator draws, a test order even. */
const createOrder = (simulator: SimulatorClient, shop: string) =>
  simulator.createOrder(shop, {
    financialStatus: "paid",
    test: false,
    presentmentCurrency: "EUR",
    customer: { firstName: "Eva", lastName: "Lind" },
  });

async function openOrder(app: FrameLocator, name: string): Promise<void> {
  await row(app, name).getByRole("link", { name, exact: true }).click();
  await expect(heading(app, name)).toBeVisible();
}

/** Issues the invoice of the order whose page is open, and waits for its own page. */
async function issue(app: FrameLocator): Promise<string> {
  await app.getByRole("link", { name: "Issue invoice" }).click();
  await button(app, "Issue invoice").click();
  await expect(app.getByRole("link", { name: "Download" })).toBeVisible();
  return (await heading(app, /^INV-/).textContent()) ?? "";
}

async function download(
  page: Page,
  app: FrameLocator,
  link = "Download",
): Promise<{ name: string; bytes: Buffer }> {
  const begun = page.waitForEvent("download");
  await app.getByRole("link", { name: link }).click();
  const file = await begun;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
  return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** Does something to the shop's only order behind the app's back. */
async function meddle(
  shop: string,
  work: (tx: Tx, shopId: ShopId, orderId: string) => Promise<unknown>,
): Promise<void> {
  const db = createDb(stackAddress.databaseUrl, { max: 1, name: "journey" });
  try {
    const [found] = await withShopDomain(
      db,
      shop,
      ({ sql }) => sql<{ id: ShopId }[]>`select id from shops where domain = ${shop}`,
    );
    if (!found) throw new Error("the shop is not installed");
    await withShop(db, found.id, async (tx) => {
      const [order] = await tx.sql<{ id: string }[]>`select id from orders`;
      if (!order) throw new Error("the order is not stored");
      await work(tx, found.id, order.id);
    });
  } finally {
    await db.close();
  }
}

/** Holds it for a person. */
const holdOrder = (shop: string, reason: string) =>
  meddle(shop, (tx, shopId, orderId) =>
    holdOrders(tx, shopId, [{ orderId, kind: "invoice", reason, trigger: "paid", billHash: "" }]),
  );

/** Shopify says of it that it comes to a hundred more than its lines. */
const addHundred = (shop: string) =>
  meddle(
    shop,
    (tx, _, orderId) => tx.sql`
      update order_bills set bill = jsonb_set(bill, '{current,total}', jsonb_build_object(
        'presentment', ((bill #>> '{current,total,presentment}')::bigint + 10000)::text,
        'shop', ((bill #>> '{current,total,shop}')::bigint + 10000)::text))
      where order_id = ${orderId}`,
  );

test("an invoice is previewed, issued from its order, downloaded and listed there", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const { page, app } = await openAs(anna);
  await openOrder(app, order.name);
  await expect(card(app, "Documents")).toContainText("No invoice yet.");
  const number = await issue(app);
  expect(number).toMatch(/^INV-\d{4}-0001$/);
  await expect(card(app, "Payment")).toContainText("Paid");
  await expect(card(app, "Proof")).toContainText("It is as it was issued");
  await expect(card(app, "Timeline")).toContainText(`Anna Berg issued invoice ${number}`);

  const file = await download(page, app);
  expect(file.name).toBe(`${number}.pdf`);
  expect(file.bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  const text = await readPdfText(file.bytes);
  expect(text).toContain(number);
  expect(text).toContain("Eva Lind");
  expect((await download(page, app)).bytes.equals(file.bytes)).toBe(true);

  await app.getByRole("link", { name: `Back to order ${order.name}` }).click();
  await expect(card(app, "Documents").getByRole("link", { name: number })).toBeVisible();
  await expect(app.getByRole("link", { name: "Issue invoice" })).toHaveCount(0);
});

test("what the law asks of the seller is missed before an invoice is issued, a tax number too", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const { app } = await openAs(anna, "app/settings/invoices");
  const seller = card(app, "Seller");
  await seller.getByLabel("Address").fill("Hauptstraße 1");
  await seller.getByLabel("Country").selectOption("DE");
  await seller.getByRole("button", { name: "Save Seller" }).click();
  await expect(seller.getByText("Saved as version 1.")).toBeVisible();
  await app.getByRole("link", { name: "Orders", exact: true }).click();
  await openOrder(app, order.name);
  await app.getByRole("link", { name: "Issue invoice" }).click();
  await expect(app.getByText("The seller has no tax number yet")).toBeVisible();
});

test("a document leads back to where it was opened from: its order, or the list with its search", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const { app } = await openAs(anna);
  await openOrder(app, order.name);
  const number = await issue(app);
  await app.getByRole("link", { name: `Back to order ${order.name}` }).click();
  await card(app, "Documents").getByRole("link", { name: number }).click();
  await app.getByRole("link", { name: "Credit note", exact: true }).click();
  await app.getByRole("link", { name: `Back to ${number}` }).click();
  await app.getByRole("link", { name: `Back to order ${order.name}` }).click();
  await expect(heading(app, order.name)).toBeVisible();

  await app.getByRole("link", { name: "Invoices", exact: true }).click();
  await app.getByRole("combobox", { name: "Search invoices" }).fill("lind");
  await app.getByRole("combobox", { name: "Search invoices" }).press("Enter");
  await expect(app.getByText("Not as in “All”")).toBeVisible();
  await row(app, number).getByRole("link", { name: number }).click();
  await app.getByRole("link", { name: "Back to the invoices" }).click();
  await expect(row(app, number)).toBeVisible();
  await expect(app.getByRole("combobox", { name: "Search invoices" })).toHaveValue("lind");
});

test("a refund at Shopify makes a credit note that appears live on the order and on the invoice", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const [first, second] = [await openAs(anna), await openAs(ben)];
  await openOrder(first.app, order.name);
  await openOrder(second.app, order.name);
  const number = await issue(first.app);
  await expect(card(second.app, "Documents").getByRole("link", { name: number })).toBeVisible();

  await simulator.act(shop, order.id, "refund", { full: true });
  const credit = card(second.app, "Documents").getByRole("link", { name: /^CN-\d{4}-0001$/ });
  await expect(credit).toBeVisible();
  await expect(card(first.app, "Belongs together").getByRole("link", { name: /^CN-/ })).toBeVisible();
  await expect(card(first.app, "Payment")).toContainText(/Refunded.*Open€0\.00/);
  await credit.click();
  await expect(heading(second.app, /^CN-/)).toBeVisible();
  await expect(card(second.app, "Belongs together").getByRole("link", { name: number })).toBeVisible();
});

test("a credit note by hand is previewed, issued, and never exceeds what is left", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  const order = await createOrder(simulator, shop);
  const { app } = await openAs(anna);
  await openOrder(app, order.name);
  const number = await issue(app);
  await app.getByRole("link", { name: "Credit note", exact: true }).click();
  await expect(heading(app, `Credit note for ${number}`)).toBeVisible();
  await app.getByRole("radio", { name: "An amount" }).check();
  await app.getByLabel("Amount with tax (EUR)").fill("1000000");
  await button(app, "Preview").click();
  await expect(app.getByText("That is more than is left")).toBeVisible();
  await app.getByLabel("Amount with tax (EUR)").fill("1.00");
  await app.getByLabel("Reason").fill("A scratch on the mug");
  await button(app, "Preview").click();
  await expect(card(app, "Would be issued")).toContainText("€1.00");
  // What is typed after a preview is not what would be issued.
  await app.getByLabel("Reason").fill("A scratch on the pot");
  await expect(button(app, "Issue credit note")).toHaveCount(0);
  await button(app, "Preview").click();
  await button(app, "Issue credit note").click();
  await expect(heading(app, /^CN-/)).toBeVisible();
  await expect(card(app, "Facts")).toContainText("A scratch on the pot");
  await card(app, "Belongs together").getByRole("link", { name: number }).click();
  await expect(card(app, "Belongs together").getByRole("link", { name: /^CN-/ })).toBeVisible();
});

test("a payment is recorded for what is left of an invoice, and taken back", async ({
  openAs,
  simulator,
  shop,
  allow,
}) => {
  allow(failedWith(422));
  const order = await simulator.createOrder(shop, {
    financialStatus: "pending",
    test: false,
    presentmentCurrency: "EUR",
  });
  const { app } = await openAs(anna);
  await openOrder(app, order.name);
  await issue(app);
  const payment = card(app, "Payment");
  await payment.getByText("Record a payment").click();
  const amount = payment.getByLabel(/^Amount \(/);
  const whole = await amount.inputValue();
  await amount.fill("99999999");
  await button(app, "Record payment").click();
  await expect(payment.getByText(/^!?Only .* is left to pay\.$/)).toBeVisible();
  await amount.fill(whole);
  await payment.getByLabel("Note").fill("By bank transfer");
  await button(app, "Record payment").click();
  await expect(payment.getByText("By bank transfer")).toBeVisible();
  await expect(payment.getByText("Record a payment")).toHaveCount(0);
  await payment.getByRole("button", { name: /^Undo/ }).click();
  await expect(payment.getByText("Taken back by Anna Berg")).toBeVisible();
  await expect(payment.getByText("Record a payment")).toBeVisible();
});

test("without JavaScript an invoice is issued, paid, credited and downloaded", async ({
  openAs,
  simulator,
  shop,
}) => {
  // The first visit installs the shop, which needs App Bridge.
  await openAs(anna);
  const order = await simulator.createOrder(shop, {
    financialStatus: "pending",
    test: false,
    presentmentCurrency: "EUR",
  });
  await simulator.waitUntilIdle();
  const { page, app } = await openAs(anna, "app/orders", { javaScriptEnabled: false });
  await openOrder(app, order.name);
  const number = await issue(app);
  const { bytes } = await download(page, app);
  expect(await readPdfText(bytes)).toContain(number);
  // A frame would stay grey.
  await expect(app.locator("iframe")).toHaveCount(0);
  expect((await download(page, app, "Save the PDF")).bytes).toEqual(bytes);

  await app.getByText("Record a payment").click();
  await app.getByLabel(/^Amount \(/).fill("1.00");
  await button(app, "Record payment").click();
  await expect(app.getByText(/Recorded by Anna Berg/)).toBeVisible();

  await app.getByRole("link", { name: "Credit note", exact: true }).click();
  await button(app, "Preview").click();
  await button(app, "Issue credit note").click();
  await expect(heading(app, /^CN-/)).toBeVisible();
});

test("the audit lists each series from first to last, finds nothing, and is downloaded as a file", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const { page, app } = await openAs(anna);
  await openOrder(app, order.name);
  const number = await issue(app);
  await app.getByRole("link", { name: "Settings", exact: true }).click();
  // The navigation has a link of that name too, to the list.
  await app.getByRole("main").getByRole("link", { name: "Invoices", exact: true }).click();
  await app.getByRole("link", { name: "Audit the numbers" }).click();
  await expect(app.getByText("No number is missing, given twice or out of order")).toBeVisible();
  await expect(row(app, "Invoices")).toContainText(number);
  const begun = page.waitForEvent("download");
  await app.getByRole("link", { name: "Report as CSV" }).click();
  expect((await begun).suggestedFilename()).toBe("invoice-numbers.csv");
});

test("whoever works through the orders that wait comes back to them", async ({ openAs, simulator, shop }) => {
  const order = await createOrder(simulator, shop);
  const { app } = await openAs(anna);
  await expect(row(app, order.name)).toBeVisible();
  await holdOrder(shop, "Shopify says one thing and its lines another.");
  await app.getByRole("link", { name: "Invoices", exact: true }).click();
  await app.getByRole("link", { name: `Invoice for ${order.name}` }).click();
  await expect(card(app, "Documents")).toContainText("Shopify says one thing");
  await app.getByRole("link", { name: "See what can be issued" }).click();
  await app.getByRole("link", { name: `Back to order ${order.name}` }).click();
  await app.getByRole("button", { name: "Leave it as it is" }).click();
  await expect(card(app, "Documents")).toContainText("Left as it is");
  await app.getByRole("link", { name: "Back to the orders that wait" }).click();
  await expect(app.getByText("Nothing waits")).toBeVisible();
});

test("whoever accepts a difference sees before what it is, how it would be taxed and what they answer for", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const { app } = await openAs(anna);
  await openOrder(app, order.name);
  await addHundred(shop);
  await app.getByRole("link", { name: "Issue invoice" }).click();
  const figures = app.getByRole("table", { name: "Figures that differ" });
  const answersFor = app.getByText("Whoever issues it answers for these figures");
  const seesIt = async () => {
    await expect(figures.getByRole("row")).toHaveCount(5);
    await expect(figures.getByRole("row", { name: /^Difference/ })).toContainText("€100.00");
    // A sentence for each of the lines' rates.
    await expect(
      app.getByText(/ of the difference would be taxed like the lines, at .+: tax of /).first(),
    ).toBeVisible();
    await expect(answersFor).toBeVisible();
  };
  await seesIt();
  await expect(app.getByRole("button", { name: "Issue invoice" })).toHaveCount(0);
  await app.getByRole("link", { name: "See it with an adjustment of €100.00" }).click();
  await expect(app.getByText("you are about to accept it")).toBeVisible();
  await seesIt();
  await button(app, "Issue invoice").click();
  await expect(heading(app, /^INV-/)).toBeVisible();
});

test("on a phone the audit's headings stay whole, and what waits leads back to the invoices", async ({
  openAs,
  simulator,
  shop,
}) => {
  const order = await createOrder(simulator, shop);
  const { app } = await openAs(anna, "app/orders", { viewport: { width: 390, height: 844 } });
  await openOrder(app, order.name);
  await issue(app);
  const audit = await openAs(ben, "app/invoices/audit", { viewport: { width: 390, height: 844 } });
  const count = audit.app.getByRole("columnheader", { name: "Count" });
  await expect(count).toBeVisible();
  const lines = await count.evaluate((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getClientRects().length;
  });
  expect(lines).toBe(1);
  await audit.app.getByRole("link", { name: "Back to the invoices" }).click();
  await expect(heading(audit.app, "Invoices")).toBeVisible();
  const settings = await openAs(ben, "app/settings/invoices");
  await settings.app.getByRole("link", { name: "Audit the numbers" }).click();
  await settings.app.getByRole("link", { name: "Invoice settings" }).click();
  await expect(heading(settings.app, "Invoices")).toBeVisible();
  await expect(settings.app.getByRole("region", { name: "Numbers" })).toBeVisible();

  const held = await openAs(ben, "app/invoices/held");
  await held.app.getByRole("link", { name: "Back to the invoices" }).click();
  await expect(heading(held.app, "Invoices")).toBeVisible();
});
