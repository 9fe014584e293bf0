import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { describeDocumentEvent } from "../../app/invoices/describe-document-event.ts";
import { listDocumentEvents } from "../../app/invoices/document-events.server.ts";
import { findDocument } from "../../app/invoices/documents.server.ts";
import { listDrafts, previewDocuments } from "../../app/invoices/drafts.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, readOrder } from "../support/deliveries.ts";
import {
  anna,
  billablePayload,
  createInvoicingShop,
  createOrderToBill,
  deliverOrder,
  readDocuments,
  readEventKinds,
} from "../support/invoices.ts";

const context = openAppContext();
const paid = { financial_status: "paid" };
const year = new Date().getFullYear();

test("a paid order gets its invoice in the transaction that applies the payment, and the job to render it", async () => {
  const { shopId } = await createOrderToBill(context, { trigger: "paid" }, paid);
  const [invoice, ...others] = await readDocuments(context, shopId);
  expect(invoice).toMatchObject({
    kind: "invoice",
    number: `INV-${year}-0001`,
    trigger: "paid",
    gross: "3000",
    state: "paid",
    paid: "3000",
  });
  expect(others).toEqual([]);
  const [job] = await context.db.sql`
    select data from pgboss.job where name = 'render-document' and data->>'shopId' = ${shopId}`;
  expect(job?.data).toEqual({ shopId, documentIds: [invoice?.id] });
});

test("issuing does not raise the order's version", async () => {
  const { shopId, shopifyOrderId } = await createOrderToBill(context, { trigger: "paid" }, paid);
  expect(await readDocuments(context, shopId)).toHaveLength(1);
  expect(await readOrder(context, shopId, shopifyOrderId)).toMatchObject({ version: 1 });
});

test("an order that is not paid yet gets none, and one by hand never", async () => {
  const waiting = await createOrderToBill(context, { trigger: "paid" });
  expect(await readDocuments(context, waiting.shopId)).toEqual([]);
  const byHand = await createOrderToBill(context, {}, paid);
  expect(await readDocuments(context, byHand.shopId)).toEqual([]);
});

test("a fulfilled order gets its invoice where that is the trigger", async () => {
  const { shopId } = await createOrderToBill(
    context,
    { trigger: "fulfilled" },
    { fulfillment_status: "fulfilled" },
  );
  expect(await readDocuments(context, shopId)).toMatchObject([{ trigger: "fulfilled", state: "issued" }]);
});

test("however often the trigger fires there is one invoice", async () => {
  const { shopId, domain } = await createInvoicingShop(context, { trigger: "paid" });
  const id = nextOrderId();
  const body = billablePayload({ id, ...paid });
  const again = delivery(domain, body, { webhookId: "again" });
  await deliverAndProcess(context, again, again);
  for (const topic of ["orders/paid", "orders/create", "orders/fulfilled"]) {
    await deliverAndProcess(context, delivery(domain, body, { topic }));
  }
  await deliverOrder(context, domain, billablePayload({ id, minute: 5, note: "hurry", ...paid }));
  // Out of order: the state before the payment.
  await deliverOrder(context, domain, billablePayload({ id, minute: 0 }));
  expect(await readDocuments(context, shopId)).toHaveLength(1);
});

test.each([
  ["a test order", { test: true }],
  ["one with an excluded tag, whatever its case", { tags: "vip, WHOLESALE" }],
  ["one paid through an excluded gateway", { payment_gateway_names: ["Gift_Card"] }],
  ["one that was cancelled", { cancelled_at: "2026-11-01T10:00:00Z" }],
  ["one that was placed before automation began", { created_at: "2025-12-31T22:00:00Z" }],
])("%s gets no invoice by itself", async (_what, fields) => {
  const { shopId } = await createOrderToBill(
    context,
    { trigger: "paid", excludeTags: ["wholesale"], excludeGateways: ["gift_card"] },
    { ...paid, ...fields },
  );
  expect(await readDocuments(context, shopId)).toEqual([]);
});

test("a refund makes a credit note that says what went back, in the transaction that applies it", async () => {
  const { shopId, domain, shopifyOrderId: id } = await createOrderToBill(context, { trigger: "paid" }, paid);
  await deliverOrder(
    context,
    domain,
    billablePayload({
      id,
      mugs: 1,
      minute: 5,
      financial_status: "partially_refunded",
      total_outstanding: "0.00",
    }),
  );
  expect(await readDocuments(context, shopId)).toMatchObject([
    { kind: "invoice", state: "paid", paid: "1800", credited: "1200" },
    { number: `CN-${year}-0001`, trigger: "refund", gross: "1200", reason: "1 × Mug was refunded" },
  ]);
  expect(await readEventKinds(context, shopId)).toEqual(["issued", "issued"]);
  const [invoice] = await readDocuments(context, shopId);
  expect((await findDocument(context.db, shopId, invoice?.id ?? ""))?.account).toEqual({
    totalMinor: "3000",
    creditedMinor: "1200",
    paidMinor: "3000",
    refundedMinor: "1200",
    openMinor: "0",
  });
});

test("the timeline says in English why a credit note was issued, the document in the buyer's language", async () => {
  const german = { customer_locale: "de-DE" };
  const {
    shopId,
    domain,
    orderId,
    shopifyOrderId: id,
  } = await createOrderToBill(context, { trigger: "paid" }, { ...paid, ...german });
  await deliverOrder(context, domain, billablePayload({ id, mugs: 1, minute: 5, ...paid, ...german }));
  const credit = (await readDocuments(context, shopId)).find(({ kind }) => kind === "credit_note");
  expect(credit?.reason).toBe("1 × Mug wurde erstattet");
  const [event] = await listDocumentEvents(context.db, shopId, { orderId });
  if (!event) throw new Error("nothing was written");
  expect(describeDocumentEvent(event)).toBe(
    `Credit note CN-${year}-0001 was issued because 1 × Mug was refunded`,
  );
});

test("an invoice's timeline has the credit note that corrects it, and the credit note's not the invoice", async () => {
  const order = await createOrderToBill(context, { trigger: "paid" }, paid);
  const { shopId, domain, orderId, shopifyOrderId: id } = order;
  await deliverOrder(context, domain, billablePayload({ id, mugs: 1, minute: 5, ...paid }));
  const [invoice, credit] = await readDocuments(context, shopId);
  const told = async (documentId?: string) =>
    (await listDocumentEvents(context.db, shopId, { orderId, documentId })).flatMap(({ kind, detail }) =>
      kind === "issued" ? [detail.number] : [],
    );
  expect(await told(invoice?.id)).toEqual([`CN-${year}-0001`, `INV-${year}-0001`]);
  expect(await told(credit?.id)).toEqual([`CN-${year}-0001`]);
});

test("an item that comes back onto the order makes a further invoice", async () => {
  const {
    shopId,
    domain,
    shopifyOrderId: id,
  } = await createOrderToBill(context, { trigger: "paid" }, { ...paid, mugs: 1, refunds: [] });
  await deliverOrder(
    context,
    domain,
    billablePayload({ id, mugs: 2, minute: 5, financial_status: "partially_paid" }),
  );
  expect(await readDocuments(context, shopId)).toMatchObject([
    { kind: "invoice", gross: "1800" },
    { kind: "invoice", gross: "1200", trigger: "edit" },
  ]);
});

test("figures that do not add up are held with the reason, and tried again when they change", async () => {
  const wrong = { ...paid, current_total_price: "99.00" };
  const {
    shopId,
    domain,
    orderId,
    shopifyOrderId: id,
  } = await createOrderToBill(context, { trigger: "paid" }, wrong);
  expect(await readDocuments(context, shopId)).toEqual([]);
  const [held] = await listDrafts(context.db, shopId, orderId);
  expect(held?.heldReason).toContain("99.00");
  await deliverOrder(context, domain, billablePayload({ id, minute: 1, note: "nothing new", ...wrong }));
  expect(await readEventKinds(context, shopId)).toEqual(["held"]);
  await deliverOrder(context, domain, billablePayload({ id, minute: 2, ...paid }));
  expect(await readDocuments(context, shopId)).toHaveLength(1);
  expect(await listDrafts(context.db, shopId, orderId)).toEqual([]);
  expect(await readEventKinds(context, shopId)).toEqual(["held", "issued"]);
});

test("text that no database can store keeps no order from being applied and invoiced", async () => {
  const { shopId, orderId } = await createOrderToBill(
    context,
    { trigger: "paid" },
    { ...paid, note_attributes: [{ name: "Company", value: "Mug\u0000 Friends \ud83d" }] },
  );
  expect(await readDocuments(context, shopId)).toHaveLength(1);
  expect(await listDrafts(context.db, shopId, orderId)).toEqual([]);
});

test("a person accepts a difference once, and later changes stand on it", async () => {
  const wrong = { ...paid, current_total_price: "32.00" };
  const order = await createOrderToBill(context, { trigger: "paid" }, wrong);
  const preview = await previewDocuments(context.db, order.shopId, order.orderId);
  if (preview.outcome !== "held") throw new Error("the figures differ");
  const shown = await previewDocuments(context.db, order.shopId, order.orderId, { acceptDifference: true });
  const accepted = await issueInvoice(context.db, context.queue, {
    ...order,
    actor: anna,
    acceptDifference: true,
  });
  expect(accepted.outcome).toBe("issued");
  const [invoice] = await readDocuments(context, order.shopId);
  expect(invoice).toMatchObject({ kind: "invoice", gross: "3200" });
  expect(preview.difference).toMatchObject({
    shopify: { totalMinor: "3200" },
    lines: { totalMinor: "3000" },
    documents: { totalMinor: "3200" },
    differenceMinor: "200",
  });
  expect(shown).toMatchObject({ outcome: "preview", accepted: preview.difference });
  expect(await listDrafts(context.db, order.shopId, order.orderId)).toEqual([]);
  // The lines lose what was refunded, Shopify's total the same: the accepted difference stays as it is.
  const { shopifyOrderId: id } = order;
  const less = { ...paid, current_total_price: "20.00" };
  await deliverOrder(context, order.domain, billablePayload({ id, minute: 1, mugs: 1, ...less }));
  expect(await readDocuments(context, order.shopId)).toMatchObject([
    { kind: "invoice", gross: "3200" },
    { kind: "credit_note", gross: "1200" },
  ]);
});

test("an order that is cancelled before it was paid owes nothing, whatever its totals go on saying", async () => {
  const { shopId, domain, shopifyOrderId: id, orderId } = await createOrderToBill(context);
  await issueInvoice(context.db, context.queue, { shopId, orderId, actor: anna });
  const cancelled = { financial_status: "voided", cancelled_at: "2026-11-01T10:01:00Z" };
  await deliverOrder(context, domain, billablePayload({ id, minute: 1, ...cancelled }));
  expect(await readDocuments(context, shopId)).toMatchObject([
    { kind: "invoice", gross: "3000", state: "credited" },
    { kind: "credit_note", gross: "3000", trigger: "cancel" },
  ]);
});

test("an invoiced order that is deleted at Shopify is held for a person, and nothing is deleted", async () => {
  const { shopId, domain, orderId, shopifyOrderId } = await createOrderToBill(
    context,
    { trigger: "paid" },
    paid,
  );
  await deliverAndProcess(context, delivery(domain, `{"id":${shopifyOrderId}}`, { topic: "orders/delete" }));
  expect(await readDocuments(context, shopId)).toMatchObject([{ kind: "invoice", state: "paid" }]);
  const [held] = await listDrafts(context.db, shopId, orderId);
  expect(held).toMatchObject({
    kind: "credit_note",
    heldReason: expect.stringContaining("deleted at Shopify"),
  });
});

test("an order without documents and without a trigger has its bill kept, once for each state", async () => {
  const { shopId, domain, shopifyOrderId: id } = await createOrderToBill(context);
  const readBill = () =>
    withShop(
      context.db,
      shopId,
      (tx) => tx.sql`select bill_hash, updated_at from order_bills where shop_id = ${shopId}`,
    );
  const [before] = await readBill();
  await deliverOrder(context, domain, billablePayload({ id, minute: 1, note: "same money" }));
  expect(await readBill()).toEqual([before]);
  await deliverOrder(context, domain, billablePayload({ id, minute: 2, mugs: 1 }));
  expect((await readBill())[0]?.bill_hash).not.toBe(before?.bill_hash);
});

test("what was issued by hand before the payment is not issued again by it", async () => {
  const {
    shopId,
    domain,
    orderId,
    shopifyOrderId: id,
  } = await createOrderToBill(context, {
    trigger: "paid",
  });
  const issued = await issueInvoice(context.db, context.queue, { shopId, orderId, actor: anna });
  expect(issued.outcome).toBe("issued");
  expect(await readDocuments(context, shopId)).toMatchObject([{ state: "issued", paid: "0" }]);
  await deliverOrder(context, domain, billablePayload({ id, minute: 5, ...paid }));
  expect(await readDocuments(context, shopId)).toMatchObject([{ trigger: "by_hand", state: "paid" }]);
  expect(await readEventKinds(context, shopId)).toEqual(["issued", "paid"]);
});
