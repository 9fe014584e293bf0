import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, FrameLocator, Page } from "playwright/test";
import { createDb, withShop, withShopDomain } from "../../app/db.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { fakePdf, placeDocument } from "../support/issue-document.ts";
import { anna, button, expect, failedWith, row, type Screen, test } from "./journey.ts";
import { stackAddress } from "./stack-address.ts";

/** Issues an invoice for the shop's only order behind the app's back. */
async function placeInvoice(shop: string) {
  const db = createDb(stackAddress.databaseUrl, { max: 1, name: "journey" });
  try {
    const [found] = await withShopDomain(
      db,
      shop,
      ({ sql }) => sql<{ id: ShopId }[]>`select id from shops where domain = ${shop}`,
    );
    if (!found) throw new Error("the shop is not installed");
    const [order] = await withShop(db, found.id, ({ sql }) => sql<{ id: OrderId }[]>`select id from orders`);
    if (!order) throw new Error("the order is not stored");
    return await placeDocument(db, found.id, order.id);
  } finally {
    await db.close();
  }
}

interface Opening {
  openAs: (user: number, path?: string, options?: BrowserContextOptions) => Promise<Screen>;
  simulator: { createOrder(shop: string): Promise<{ name: string }> };
  shop: string;
}

async function openSendPage({ openAs, simulator, shop }: Opening, options: BrowserContextOptions = {}) {
  const list = await openAs(anna);
  const { name } = await simulator.createOrder(shop);
  await expect(row(list.app, name)).toBeVisible();
  const { documentId, number } = await placeInvoice(shop);
  const screen = await openAs(anna, `app/invoices/${documentId}/send`, options);
  await expect(screen.app.getByRole("heading", { name: `Send ${number}` })).toBeVisible();
  return { ...screen, number };
}

const mails = (app: FrameLocator) => app.getByRole("list", { name: "E-mails of this document" });
const links = (app: FrameLocator) => app.getByRole("list", { name: "Links to this document" });

test("a document is mailed to the demo outbox and its timeline follows live", async ({
  openAs,
  simulator,
  shop,
  browser,
  allow,
}) => {
  allow(failedWith(422));
  const { app, number } = await openSendPage({ openAs, simulator, shop });
  await expect(app.getByLabel("Recipient")).toHaveValue("anna@example.com");
  const recipient = `buyer@${shop.replace(".myshopify.com", "")}.example`;
  await app.getByLabel("Recipient").fill("nobody");
  await button(app, "Send").click();
  await expect(app.getByText("That is no e-mail address")).toBeVisible();
  await app.getByLabel("Recipient").fill(recipient);
  await button(app, "Send").click();
  await expect(mails(app)).toContainText(recipient);
  await expect(mails(app)).toContainText("Taken by the mail server");
  // What the form answered does not go on saying that it is on its way.
  await expect(app.getByText("The mail server took the e-mail.")).toBeVisible();

  const mail = (await simulator.listMails()).find(({ to }) => to.includes(recipient));
  expect(mail).toMatchObject({
    subject: `Invoice ${number} from Mug & Sons`,
    attachments: [`${number}.pdf`],
  });
  const context = await browser.newContext();
  const outbox = await context.newPage();
  await outbox.goto(`${stackAddress.simulatorUrl}/outbox`);
  await outbox.getByRole("row", { name: recipient }).getByRole("link").click();
  const waiting = outbox.waitForEvent("download");
  await outbox.getByRole("link", { name: `${number}.pdf` }).click();
  expect(await readFile(await (await waiting).path())).toEqual(fakePdf);
  await context.close();
});

test("a mail that the mailbox refuses and one that comes back later say so live", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openSendPage({ openAs, simulator, shop });
  for (const [recipient, trouble] of [
    ["nobody@refused.example", "There is no such mailbox here."],
    ["full@bounces.example", "The mailbox is full."],
  ] as const) {
    await app.getByLabel("Recipient").fill(recipient);
    await button(app, "Send").click();
    const mail = mails(app).getByRole("listitem").filter({ hasText: recipient });
    await expect(mail.first()).toContainText("Bounced");
    await expect(mail.first()).toContainText(trouble);
    await expect(app.getByText("The e-mail came back.")).toBeVisible();
  }
});

test("a public link opens in a stranger's browser without JavaScript, until it is revoked", async ({
  openAs,
  simulator,
  shop,
  browser,
}) => {
  const { app, number } = await openSendPage({ openAs, simulator, shop });
  await button(app, "Create link").click();
  const address = await app.getByLabel("New link").inputValue();
  expect(address).toMatch(new RegExp(`^${stackAddress.appUrl}/d/[\\w-]{22}$`));

  // The headless browser's own name is that of a program, and programs are not counted.
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en", userAgent });
  const stranger = await context.newPage();
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { name: `Invoice ${number}` })).toBeVisible();
  await expect(stranger.getByText("€25.00").first()).toBeVisible();
  const waiting = stranger.waitForEvent("download");
  await stranger.getByRole("link", { name: "Download PDF" }).click();
  expect((await waiting).suggestedFilename()).toBe(`${number}.pdf`);

  await app.getByRole("button", { name: "Revoke this link" }).click();
  await expect(links(app)).toContainText("Revoked");
  await expect(links(app)).toContainText("Viewed once");
  expect((await stranger.goto(address))?.status()).toBe(410);
  await expect(stranger.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await app.getByRole("button", { name: "Undo revoking this link" }).click();
  await expect(links(app)).toContainText("Open");
  expect((await stranger.goto(address))?.status()).toBe(200);
  await context.close();
});

test("a public page is printed in dark ink without its buttons, from a dark screen too", async ({
  openAs,
  simulator,
  shop,
  browser,
}) => {
  const { app } = await openSendPage({ openAs, simulator, shop });
  await button(app, "Create link").click();
  const context = await browser.newContext({ locale: "en", colorScheme: "dark" });
  const stranger = await context.newPage();
  await stranger.goto(await app.getByLabel("New link").inputValue());
  const ink = () => stranger.locator("body").evaluate((body) => getComputedStyle(body).color);
  const onScreen = await ink();
  await stranger.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await ink();
  await expect(stranger.getByRole("link", { name: "Download PDF" })).toBeHidden();
  await stranger.emulateMedia({ media: "print", colorScheme: "light" });
  expect(printed).toBe(await ink());
  expect(printed).not.toBe(onScreen);
  // As a footer of the table the totals would stand at the end of every sheet.
  await expect(stranger.locator("tfoot")).toHaveCSS("display", "table-row-group");
  await context.close();
});

test("without JavaScript a document is mailed, linked, and its link revoked", async ({
  openAs,
  simulator,
  shop,
}) => {
  const { app } = await openSendPage({ openAs, simulator, shop }, { javaScriptEnabled: false });
  await app.getByLabel("Recipient").fill("plain@example.com");
  await button(app, "Send").click();
  await expect(
    app.getByText(/^The e-mail is on its way\.$|^The mail server took the e-mail\.$/),
  ).toBeVisible();
  await expect(mails(app)).toContainText("plain@example.com");
  await button(app, "Create link").click();
  expect(await app.getByLabel("New link").inputValue()).toContain("/d/");
  await app.getByRole("button", { name: "Revoke this link" }).click();
  await expect(links(app)).toContainText("Revoked");
});

const violationsOf = async (page: Page, part: string[] = ["html"]) => {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
};

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on sending and on the public page, ${colorScheme}, nor do they scroll sideways`, async ({
    openAs,
    simulator,
    shop,
    browser,
  }) => {
    const { app, page } = await openSendPage({ openAs, simulator, shop }, { colorScheme });
    await button(app, "Send").click();
    await expect(mails(app)).toContainText("Taken by the mail server");
    await button(app, "Create link").click();
    const address = await app.getByLabel("New link").inputValue();
    expect(await violationsOf(page, ["#app-frame", "html"])).toEqual([]);

    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
    const visitor = await context.newPage();
    for (const [shown, heading] of [
      [address, /^Invoice /],
      [`${stackAddress.appUrl}/d/wrong`, "Nothing here"],
    ] as const) {
      await visitor.goto(shown);
      await expect(visitor.getByRole("heading", { level: 1, name: heading })).toBeVisible();
      expect(await violationsOf(visitor)).toEqual([]);
      expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
    await context.close();
  });
}
