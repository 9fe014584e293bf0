import { expect, test } from "vitest";
import { discardDraft } from "../../app/invoices/drafts.server.ts";
import { findDocuments } from "../../app/invoices/find-documents.server.ts";
import { listHeldOrders } from "../../app/invoices/held-orders.server.ts";
import { firstPage } from "../../app/invoices/list-address.ts";
import { listDocuments, readListedDocuments } from "../../app/invoices/list-documents.server.ts";
import { parseDocumentQuery } from "../../app/invoices/parse-document-query.ts";
import { recordPayment } from "../../app/invoices/record-payment.server.ts";
import { totalDocuments } from "../../app/invoices/total-documents.server.ts";
import { emptyQuery } from "../../app/search/query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { exportSteps } from "../exports/export-steps.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  anna,
  billablePayload,
  createOrderToBill,
  deliverOrder,
  readDocuments,
  saveSettings,
} from "../support/invoices.ts";

const context = openAppContext();
const terms = { timeZone: "Europe/Berlin", currency: "EUR" };
const paid = { financial_status: "paid" };

async function found(shopId: ShopId, q: string): Promise<string[]> {
  const { query, errors } = parseDocumentQuery(q, terms.timeZone);
  expect(errors).toEqual([]);
  const list = await listDocuments(context.db, { id: shopId, ...terms }, { ...firstPage, query });
  return list.documents.map(({ number }) => number.replace(/-\d{4}-/, "-"));
}

/** One invoice of 30.00 that was paid, and the credit note of 12.00 for a mug that came back. */
async function shopWithRefund() {
  const order = await createOrderToBill(context, { trigger: "paid" }, paid);
  const { shopId, domain, shopifyOrderId: id } = order;
  await deliverOrder(context, domain, billablePayload({ id, minute: 5, mugs: 1, ...paid }));
  return { ...order, shopId };
}

test("a document is found by what is printed on it, and so is the credit note by the invoice it corrects", async () => {
  const { shopId } = await shopWithRefund();
  expect(await found(shopId, "kind:invoice")).toEqual(["INV-0001"]);
  expect(await found(shopId, "kind:credit_note")).toEqual(["CN-0001"]);
  expect(await found(shopId, "number:1 -kind:credit_note")).toEqual(["INV-0001"]);
  expect((await found(shopId, "#1001")).sort()).toEqual(["CN-0001", "INV-0001"]);
  expect((await found(shopId, "INV")).sort()).toEqual(["CN-0001", "INV-0001"]);
  expect(await found(shopId, "total:12")).toEqual(["CN-0001"]);
  expect(await found(shopId, "issued:-1d.. total:30")).toEqual(["INV-0001"]);
  expect(await found(shopId, "issued:<2020")).toEqual([]);
  expect(await found(shopId, "due:>=2000-01-01")).toEqual([]);
});

test("what is paid of an invoice moves it between the tabs, with the sums above the list", async () => {
  const { shopId, domain } = await createOrderToBill(context, { trigger: "by_hand" });
  await saveSettings(context, shopId, {
    automation: { trigger: "fulfilled", since: "2026-01-01T00:00:00Z" },
  });
  await deliverOrder(context, domain, billablePayload({ fulfillment_status: "fulfilled", minute: 3 }));
  expect(await found(shopId, "is:open status:issued due:>today")).toEqual(["INV-0001"]);
  const [invoice] = await readDocuments(context, shopId);
  const payment = { shopId, documentId: invoice?.id ?? "", paidOn: "2026-11-20", note: null, actor: anna };
  await recordPayment(context.db, { ...payment, amountMinor: 1000n });
  expect(await found(shopId, "is:open status:partly_paid")).toEqual(["INV-0001"]);
  const shop = { id: shopId, ...terms };
  expect((await totalDocuments(context.db, shop, emptyQuery)).sum).toEqual([
    { currency: "EUR", totalMinor: "3000", openMinor: "2000" },
  ]);
  await recordPayment(context.db, { ...payment, amountMinor: 2000n });
  expect(await found(shopId, "is:open")).toEqual([]);
  expect(await found(shopId, "status:paid")).toEqual(["INV-0001"]);
});

test("rows are read again by id, with a later version, and never for a stranger", async () => {
  const { shopId } = await shopWithRefund();
  const stranger = await createShop(context.db);
  const ids = (await readDocuments(context, shopId)).map(({ id }) => id);
  const read = (id: ShopId) =>
    readListedDocuments(context.db, { id, ...terms }, { query: emptyQuery, sort: "number", ids });
  const rows = await read(shopId);
  expect(rows.map(({ kind, state, openMinor }) => [kind, state, openMinor]).sort()).toEqual([
    ["credit_note", "issued", "0"],
    ["invoice", "paid", "0"],
  ]);
  expect(rows.find(({ kind }) => kind === "invoice")?.version).toBeGreaterThan(1);
  expect(await read(stranger.shopId)).toEqual([]);
});

test("an order that is held is listed with its reason until a person leaves it", async () => {
  const { shopId, orderId } = await createOrderToBill(
    context,
    { trigger: "paid" },
    { ...paid, current_total_price: "99.00" },
  );
  const stranger = await createShop(context.db);
  const { held, count } = await listHeldOrders(context.db, shopId);
  expect(count).toBe(1);
  expect(held).toMatchObject([{ orderId, orderName: "#1001", kind: "invoice", orderDeleted: false }]);
  expect(held[0]?.reason).toContain("99.00");
  expect(await listHeldOrders(context.db, stranger.shopId)).toEqual({ held: [], count: 0 });
  await discardDraft(context.db, { shopId, draftId: held[0]?.draftId ?? "", actor: anna });
  expect(await listHeldOrders(context.db, shopId)).toEqual({ held: [], count: 0 });
});

test("the palette finds a document by its number, with and without zeros, and by its order's name", async () => {
  const { shopId } = await shopWithRefund();
  const shop = { id: shopId, ...terms };
  const labels = async (typed: string) =>
    (await findDocuments(context.db, shop, typed)).map(({ label }) => label.replace(/-\d{4}-/, "-")).sort();
  expect(await labels("INV-20")).toEqual(["INV-0001"]);
  expect(await labels("0001")).toEqual(["CN-0001", "INV-0001"]);
  expect(await labels("#1001")).toEqual(["CN-0001", "INV-0001"]);
  expect(await labels("0002")).toEqual([]);
  expect(await labels("--")).toEqual([]);
});

test("documents are exported as they are listed, a credit note's amount below nought", async () => {
  const { shopId } = await shopWithRefund();
  const { ask, run, download } = exportSteps(context);
  const exportId = await ask(shopId, {
    screen: "invoices",
    format: "jsonl",
    query: "total:>=1",
    sort: "number-desc",
    columns: ["buyer", "order", "status", "total", "open", "reason"],
  });
  await run(shopId, exportId);
  const lines = (await download(shopId, exportId)).toString().trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { kind: "invoice", order: "#1001", status: "paid", totalMinor: "3000", openMinor: "0", currency: "EUR" },
    { kind: "credit_note", totalMinor: "-1200", reason: expect.stringContaining("Mug") },
  ]);
});
