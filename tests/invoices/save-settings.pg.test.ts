import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import { readInvoiceSettings } from "../../app/invoices/read-settings.server.ts";
import { findLogo, saveLogo } from "../../app/invoices/save-logo.server.ts";
import { type SaveInvoiceSettings, saveInvoiceSettings } from "../../app/invoices/save-settings.server.ts";
import { type InvoiceSettings, invoiceSettingsSchema } from "../../app/invoices/settings.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { anna, createOrderToBill, readDocuments } from "../support/invoices.ts";
import { asSuperuser, asSuperuserInShop } from "../support/superuser.ts";

const context = openAppContext();
const defaults = invoiceSettingsSchema.parse({});

const save = (
  shopId: ShopId,
  openedVersion: number,
  parts: Partial<InvoiceSettings>,
  opened: SaveInvoiceSettings["opened"] = {},
) => saveInvoiceSettings(context.db, { shopId, openedVersion, parts, opened, actor: anna });

const read = (shopId: ShopId) => withShop(context.db, shopId, (tx) => readInvoiceSettings(tx, shopId));

const seller = (name: string) => ({ seller: { ...defaults.seller, name } });
const pattern = (changes: Partial<InvoiceSettings["numbering"]["invoice"]>) => ({
  numbering: { ...defaults.numbering, invoice: { ...defaults.numbering.invoice, ...changes } },
});

test("a part is saved and the others stay", async () => {
  const { shopId } = await createShop(context.db);
  expect(await save(shopId, 0, seller("Mug Shop"))).toEqual({ outcome: "saved", version: 1 });
  await save(shopId, 1, { template: { ...defaults.template, termsDays: 30 } });
  expect(await read(shopId)).toMatchObject({
    version: 2,
    seller: { name: "Mug Shop" },
    template: { termsDays: 30 },
  });
});

test("a save that changes nothing raises no version", async () => {
  const { shopId } = await createShop(context.db);
  expect(await save(shopId, 0, { seller: defaults.seller })).toEqual({ outcome: "unchanged", version: 0 });
});

test("two who save the same card conflict, two cards do not", async () => {
  const { shopId } = await createShop(context.db);
  await save(shopId, 0, seller("Theirs"));
  expect(await save(shopId, 0, seller("Mine"), { seller: defaults.seller })).toMatchObject({
    outcome: "conflict",
    theirs: { version: 1, seller: { name: "Theirs" } },
  });
  const taxes = { ...defaults.taxes, rounding: "document" as const };
  expect(await save(shopId, 0, { taxes }, { taxes: defaults.taxes })).toMatchObject({ outcome: "saved" });
  expect(await read(shopId)).toMatchObject({ seller: { name: "Theirs" }, taxes: { rounding: "document" } });
});

test("ten first saves at once: one is saved, the others conflict", async () => {
  const { shopId } = await createShop(context.db);
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, place) => save(shopId, 0, seller(`Name ${place}`))),
  );
  expect(outcomes.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === "conflict")).toHaveLength(9);
});

test("automation that is switched on begins now", async () => {
  const { shopId } = await createShop(context.db);
  await save(shopId, 0, { automation: { ...defaults.automation, trigger: "paid" } });
  const { since } = (await read(shopId)).automation;
  expect(Math.abs(Date.parse(since ?? "") - Date.now())).toBeLessThan(600_000);
});

test.each([
  ["INV-{YYYY}", false, /./],
  ["INV-2026", true, /digit/],
  ["INV-", true, /start again each year/],
  ["INV-{MM}-{YYYY}-", true, /braces/],
])("the prefix %s is judged", async (prefix, refused, reason) => {
  const { shopId } = await createShop(context.db);
  const outcome = await save(shopId, 0, pattern({ prefix }));
  if (!refused) expect(outcome.outcome).toBe("saved");
  else expect(outcome).toEqual({ outcome: "refused", reason: expect.stringMatching(reason) });
});

test("a pattern that would come across a number of another series is refused, one beyond it is not", async () => {
  const { shopId } = await createOrderToBill(context, { trigger: "paid" }, { financial_status: "paid" });
  const year = new Date().getFullYear();
  const { version } = await read(shopId);
  const endless = { prefix: `INV-${year}-`, yearly: false };
  expect(await save(shopId, version, pattern(endless))).toMatchObject({
    outcome: "refused",
    reason: expect.stringContaining(`INV-${year}-0001`),
  });
  expect(await save(shopId, version, pattern({ ...endless, start: 500 }))).toMatchObject({
    outcome: "saved",
  });
});

test("a series of a year that will begin at 1, whatever the start says, must not come across numbers either", async () => {
  const { shopId } = await createOrderToBill(context, { trigger: "paid" }, { financial_status: "paid" });
  const { version } = await read(shopId);
  await save(shopId, version, pattern({ prefix: "R-{YYYY}-", yearly: false }));
  // The shop's first invoice was of the year before; this year's are of a series without years.
  await asSuperuser(
    context,
    (sql) => sql`update number_series set year = year - 1 where shop_id = ${shopId}`,
  );
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      insert into documents
      select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'issued_at', null))).* from documents d`,
  );
  expect(await save(shopId, version + 1, pattern({ prefix: "R-{YYYY}-", start: 500 }))).toMatchObject({
    outcome: "refused",
    reason: expect.stringMatching(/R-\d{4}-0001/),
  });
});

test("a pattern that would come across a number in a year to come is refused as well", async () => {
  const { shopId } = await createOrderToBill(context, { trigger: "paid" }, { financial_status: "paid" });
  const later = new Date().getFullYear() + 3;
  const { version } = await read(shopId);
  await save(shopId, version, pattern({ prefix: `R-${later}-`, yearly: false, start: 40 }));
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      insert into documents
      select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'issued_at', null))).* from documents d`,
  );
  for (const prefix of ["R-{YYYY}-", `R-${Math.floor(later / 100)}{YY}-`])
    expect(await save(shopId, version + 1, pattern({ prefix, start: 900 }))).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining(`R-${later}-0040`),
    });
  // Six digits are not four, and a series that goes on is beyond the number for ever.
  expect(await save(shopId, version + 1, pattern({ prefix: "R-{YYYY}-", padding: 6 }))).toMatchObject({
    outcome: "saved",
  });
  expect(await save(shopId, version + 2, pattern({ prefix: "R-{YYYY}-", yearly: false }))).toMatchObject({
    outcome: "saved",
  });
});

test.each([
  ["INV-{YYYY}-", "INV-{YYYY}-", true],
  ["INV-{YYYY}-", "INV-2031-", true],
  ["R{YY}-", "R31-", true],
  ["R{YY}", "R", true],
  ["R{YY}-", "R{YYYY}-", false],
  ["R-{YYYY}-", "R-{YYYY}-C", false],
  ["A.{YY}", "AB{YY}", false],
])("an invoice of %s and a credit note of %s could meet: %s", async (invoice, credit, meet) => {
  const { shopId } = await createShop(context.db);
  const written = (prefix: string) => ({
    ...defaults.numbering.invoice,
    prefix,
    yearly: prefix.includes("{"),
  });
  const numbering = { invoice: written(invoice), credit_note: written(credit) };
  expect(await save(shopId, 0, { numbering })).toEqual(
    meet
      ? { outcome: "refused", reason: expect.stringContaining("same number") }
      : { outcome: "saved", version: 1 },
  );
});

test("changing the pattern renumbers nothing and goes on in the same series", async () => {
  const { shopId } = await createOrderToBill(context, { trigger: "paid" }, { financial_status: "paid" });
  const before = await readDocuments(context, shopId);
  const { version } = await read(shopId);
  await save(shopId, version, pattern({ prefix: "R{YY}/", padding: 6 }));
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      insert into documents
      select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'issued_at', null))).* from documents d`,
  );
  const [first, ...rest] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ number: string }[]>`select number from documents order by sequence`,
  );
  expect(first?.number).toBe(before[0]?.number);
  expect(rest).toEqual([{ number: expect.stringMatching(/^R\d\d\/000002$/) }]);
});

test("a shop that moves here goes on with its own numbers", async () => {
  const order = await createOrderToBill(context);
  const { version } = await read(order.shopId);
  await save(order.shopId, version, pattern({ prefix: "{YYYY}-R-", start: 4711 }));
  await issueInvoice(context.db, context.queue, { ...order, actor: anna });
  const [invoice] = await readDocuments(context, order.shopId);
  expect(invoice?.number).toMatch(/^\d{4}-R-4711$/);
  // The year after, it is 1 again.
  const [next] = await asSuperuserInShop(
    context,
    order.shopId,
    (sql) => sql<{ number: string }[]>`
      insert into documents select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
        'issued_at', d.issued_at + interval '1 year'))).* from documents d where d.shop_id = ${order.shopId}
      returning number`,
  );
  expect(next?.number).toMatch(/^\d{4}-R-0001$/);
});

test("a logo is kept by its bytes; what is no picture or too large is refused", async () => {
  const { shopId } = await createShop(context.db);
  const png = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(100)]);
  const saved = await saveLogo(context.db, shopId, png);
  if (saved.outcome !== "saved") throw new Error("the logo was saved");
  expect(await saveLogo(context.db, shopId, png)).toEqual(saved);
  expect(await findLogo(context.db, shopId, saved.sha256)).toMatchObject({ mediaType: "image/png" });
  const stranger = await createShop(context.db);
  expect(await findLogo(context.db, stranger.shopId, saved.sha256)).toBeNull();
  expect(await saveLogo(context.db, shopId, Buffer.from("<svg/>"))).toMatchObject({ outcome: "refused" });
  const large = Buffer.concat([png, Buffer.alloc(600_000)]);
  expect(await saveLogo(context.db, shopId, large)).toMatchObject({ outcome: "refused" });
});
