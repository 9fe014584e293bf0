import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { answerCreditForm } from "../../app/invoices/answer-credit-form.server.ts";
import type { CreditChoice } from "../../app/invoices/compose-credit-note.ts";
import { discardDraft, findDraft, listDrafts, previewDocuments } from "../../app/invoices/drafts.server.ts";
import { insertDocuments } from "../../app/invoices/insert-documents.server.ts";
import { issueCreditNote, previewCreditNote } from "../../app/invoices/issue-credit-note.server.ts";
import { issueInvoice, issueInvoices } from "../../app/invoices/issue-invoice.server.ts";
import { readOrdersToBill } from "../../app/invoices/orders-to-bill.server.ts";
import { findPreview } from "../../app/invoices/preview-order.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, readOrder } from "../support/deliveries.ts";
import {
  anna,
  billablePayload,
  createOrderToBill,
  deliverOrder,
  readDocuments,
  readEventKinds,
} from "../support/invoices.ts";

const context = openAppContext();
const paid = { financial_status: "paid" };

const issue = (order: { shopId: ShopId; orderId: string }, previewedBillHash?: string) =>
  issueInvoice(context.db, context.queue, { ...order, actor: anna, previewedBillHash });

async function invoicedOrder() {
  const order = await createOrderToBill(context, { trigger: "paid" }, paid);
  const [invoice] = await readDocuments(context, order.shopId);
  if (!invoice) throw new Error("the order was invoiced");
  return { ...order, documentId: invoice.id };
}

test("twice at once issues once", async () => {
  const order = await createOrderToBill(context);
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => issue(order)));
  expect(outcomes.filter(({ outcome }) => outcome === "issued")).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === "nothing_to_invoice")).toHaveLength(11);
  expect(await readDocuments(context, order.shopId)).toHaveLength(1);
});

test("an invoice issued by hand names who did it", async () => {
  const order = await createOrderToBill(context);
  await issue(order);
  const [row] = await withShop(
    context.db,
    order.shopId,
    (tx) => tx.sql`select actor_kind, actor_name, trigger from documents`,
  );
  expect(row).toEqual({ actor_kind: "merchant", actor_name: "Anna Berg", trigger: "by_hand" });
});

test("a preview that the order has left behind issues nothing", async () => {
  const order = await createOrderToBill(context);
  const preview = await previewDocuments(context.db, order.shopId, order.orderId);
  if (preview.outcome !== "preview") throw new Error("there is something to invoice");
  await deliverOrder(
    context,
    order.domain,
    billablePayload({ id: order.shopifyOrderId, mugs: 1, minute: 3 }),
  );
  expect(await issue(order, preview.billHash)).toMatchObject({ outcome: "changed" });
  expect(await readDocuments(context, order.shopId)).toEqual([]);
});

test("what an order's invoice would say is composed for the page and stored nowhere", async () => {
  const order = await createOrderToBill(context);
  const preview = await previewDocuments(context.db, order.shopId, order.orderId);
  expect(preview).toMatchObject({ outcome: "preview", contents: [{ totals: { grossMinor: "3000" } }] });
  const rows = await withShop(context.db, order.shopId, (tx) =>
    Promise.all(
      ["number_series", "invoice_drafts", "documents"].map((table) => tx.sql`select from ${tx.sql(table)}`),
    ),
  );
  expect(rows.flat()).toEqual([]);
  await issue(order);
  const wrong = { ...paid, current_total_price: "99.00" };
  const held = await createOrderToBill(context, { trigger: "paid" }, wrong);
  const [draft] = await listDrafts(context.db, held.shopId, held.orderId);
  const discard = { shopId: held.shopId, draftId: draft?.id ?? "", actor: anna };
  expect(await discardDraft(context.db, discard)).toEqual({ outcome: "done" });
  expect(await discardDraft(context.db, discard)).toEqual({ outcome: "not_found" });
});

test("what a person leaves held stays so until the bill changes", async () => {
  const wrong = { ...paid, current_total_price: "99.00" };
  const order = await createOrderToBill(context, { trigger: "paid" }, wrong);
  const [held] = await listDrafts(context.db, order.shopId, order.orderId);
  await discardDraft(context.db, { shopId: order.shopId, draftId: held?.id ?? "", actor: anna });
  const later = billablePayload({ id: order.shopifyOrderId, minute: 1, note: "x", ...wrong });
  await deliverOrder(context, order.domain, later);
  expect(await readEventKinds(context, order.shopId)).toEqual(["held", "dismissed"]);
  const worse = { ...paid, current_total_price: "98.00" };
  await deliverOrder(
    context,
    order.domain,
    billablePayload({ id: order.shopifyOrderId, minute: 2, ...worse }),
  );
  expect(await readEventKinds(context, order.shopId)).toEqual(["held", "dismissed", "held"]);
});

test("in bulk each order has its own outcome", async () => {
  const order = await createOrderToBill(context, { excludeTags: ["b2b"] });
  const { shopId, domain } = order;
  const add = async (fields: object) => {
    const id = nextOrderId();
    await deliverOrder(context, domain, billablePayload({ id, ...fields }));
    return (await readOrder(context, shopId, id))?.id ?? "";
  };
  const excluded = await add({ tags: "B2B" });
  const held = await add({ current_total_price: "99.00" });
  const done = await add({});
  await issue({ shopId, orderId: done });
  const unknown = randomUUID();
  const orderIds = [order.orderId, excluded, held, done, unknown];
  const outcomes = await withShop(context.db, shopId, (tx) =>
    issueInvoices(tx, context.queue, { shopId, orderIds, trigger: "bulk", actor: anna }),
  );
  expect(outcomes.map(({ orderId, outcome }) => [orderId, outcome])).toEqual([
    [order.orderId, "issued"],
    [excluded, "excluded"],
    [held, "held"],
    [done, "nothing_to_invoice"],
    [unknown, "not_found"],
  ]);
});

test("a credit note by line credits that much and says so on the invoice", async () => {
  const { shopId, documentId } = await invoicedOrder();
  const choice: CreditChoice = { by: "lines", lines: [{ key: "item:11", quantity: 1 }] };
  const credit = { shopId, documentId, choice };
  const preview = await previewCreditNote(context.db, { ...credit, reason: "Chipped" });
  expect(preview).toMatchObject({ outcome: "preview", content: { totals: { grossMinor: "1200" } } });
  const issued = await issueCreditNote(context.db, context.queue, {
    ...credit,
    reason: "Chipped",
    actor: anna,
  });
  expect(issued.outcome).toBe("issued");
  expect(await readDocuments(context, shopId)).toMatchObject([
    { state: "paid", credited: "1200" },
    { kind: "credit_note", gross: "1200", reason: "Chipped", trigger: "by_hand" },
  ]);
});

test("the preview of a template has terms and account, though its order is paid", async () => {
  const { shopId } = await invoicedOrder();
  const preview = await findPreview(context.db, shopId);
  expect(preview?.content).toMatchObject({ paidInFull: false, termsDays: 14, reason: null });
});

test("ten credit notes at once never credit more than was invoiced", async () => {
  const { shopId, documentId } = await invoicedOrder();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () =>
      issueCreditNote(context.db, context.queue, {
        shopId,
        documentId,
        choice: { by: "amount", amountMinor: "1000" },
        reason: null,
        actor: anna,
      }),
    ),
  );
  expect(outcomes.filter(({ outcome }) => outcome === "issued")).toHaveLength(3);
  expect((await readDocuments(context, shopId))[0]).toMatchObject({ state: "credited", credited: "3000" });
});

test("the button below a previewed credit note issues one, however often it is pressed", async () => {
  const { shopId, documentId } = await invoicedOrder();
  const press = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ by: "amount", amount: "5.00", ...fields }))
      form.set(name, value);
    const asked = { shopId, documentId, currency: "EUR", actor: anna, fields: form };
    return answerCreditForm(context.db, async () => context.queue, asked);
  };
  // Nobody issues what nobody has seen.
  expect(await press({ intent: "issue" })).toMatchObject({ status: 200, answer: { documents: 1 } });
  const issue = { intent: "issue", documents: "1" };
  const answers = await Promise.all([press(issue), press(issue), press(issue)]);
  expect(answers.filter(({ outcome }) => outcome === "issued")).toHaveLength(1);
  expect(answers.find(({ outcome }) => outcome === "answered")).toMatchObject({
    status: 409,
    answer: { message: expect.stringContaining("meanwhile"), documents: 2 },
  });
  expect(await readDocuments(context, shopId)).toHaveLength(2);
});

test("a full credit note leaves nothing, and a refund that Shopify tells later makes no second one", async () => {
  const { shopId, documentId, domain, shopifyOrderId: id } = await invoicedOrder();
  const credit = { shopId, documentId, choice: { by: "full" } as const, reason: null, actor: anna };
  expect((await issueCreditNote(context.db, context.queue, credit)).outcome).toBe("issued");
  expect((await issueCreditNote(context.db, context.queue, credit)).outcome).toBe("nothing_left");
  const refund = { minute: 9, financial_status: "partially_refunded", total_outstanding: "0.00" };
  await deliverOrder(context, domain, billablePayload({ id, mugs: 1, ...refund }));
  expect(await readDocuments(context, shopId)).toHaveLength(2);
});

test("transactions that issue invoices and credit notes in any order never wait for each other in a circle", async () => {
  const { shopId, documentId, orderId } = await invoicedOrder();
  await issueCreditNote(context.db, context.queue, {
    shopId,
    documentId,
    choice: { by: "full" },
    reason: null,
    actor: anna,
  });
  const order = await withShop(context.db, shopId, (tx) =>
    readOrdersToBill(tx, shopId, [orderId], { lock: false }),
  );
  const documents = (order.get(orderId)?.documents ?? []).map(({ content }) => ({
    orderId,
    content,
    staffReason: null,
    trigger: "edit" as const,
    refersToId: null,
    actor: anna,
  }));
  const issueAll = (place: number) =>
    withShop(context.db, shopId, (tx) =>
      insertDocuments(tx, context.queue, shopId, place % 2 === 0 ? documents : documents.toReversed()),
    );
  const issued = await Promise.all(Array.from({ length: 40 }, (_, place) => issueAll(place)));
  expect(issued.flat()).toHaveLength(80);
});

test("an invoice of an order that was deleted at Shopify can still be credited", async () => {
  const { shopId, documentId, domain, shopifyOrderId } = await invoicedOrder();
  await deliverAndProcess(context, delivery(domain, `{"id":${shopifyOrderId}}`, { topic: "orders/delete" }));
  const credit = { shopId, documentId, choice: { by: "full" } as const, reason: null, actor: anna };
  expect((await issueCreditNote(context.db, context.queue, credit)).outcome).toBe("issued");
});

test("another shop's order, draft and document find nothing", async () => {
  const theirs = await invoicedOrder();
  const wrong = { ...paid, current_total_price: "99.00" };
  const open = await createOrderToBill(context, { trigger: "paid" }, wrong);
  const [draft] = await listDrafts(context.db, open.shopId, open.orderId);
  const { shopId } = await createOrderToBill(context);
  expect(await issue({ shopId, orderId: open.orderId })).toMatchObject({ outcome: "not_found" });
  expect(await previewDocuments(context.db, shopId, open.orderId)).toEqual({
    outcome: "not_found",
  });
  expect(await findDraft(context.db, shopId, draft?.id ?? "")).toBeNull();
  expect(await listDrafts(context.db, shopId, open.orderId)).toEqual([]);
  const credit = { shopId, documentId: theirs.documentId, choice: { by: "full" } as const, reason: null };
  expect(await previewCreditNote(context.db, credit)).toEqual({ outcome: "not_found" });
  expect(await issueCreditNote(context.db, context.queue, { ...credit, actor: anna })).toEqual({
    outcome: "not_found",
  });
});
