import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { findDocument } from "../../app/invoices/documents.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import { markOverdue } from "../../app/invoices/mark-overdue.server.ts";
import { markPaid, recordPayment, undoPayment } from "../../app/invoices/record-payment.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import {
  anna,
  billablePayload,
  createOrderToBill,
  deliverOrder,
  readDocuments,
  readEventKinds,
} from "../support/invoices.ts";
import { asSuperuser } from "../support/superuser.ts";

const context = openAppContext();
const never = new AbortController().signal;

async function unpaidInvoice() {
  const order = await createOrderToBill(context);
  const issued = await issueInvoice(context.db, context.queue, { ...order, actor: anna });
  if (issued.outcome !== "issued") throw new Error("the order was invoiced");
  return { ...order, documentId: issued.documents[0]?.id ?? "" };
}

const pay = ({ shopId, documentId }: { shopId: ShopId; documentId: string }, amountMinor: bigint) =>
  recordPayment(context.db, {
    shopId,
    documentId,
    amountMinor,
    paidOn: "2026-11-25",
    note: "bank transfer",
    actor: anna,
  });

const standing = async (shopId: ShopId) => {
  const [invoice] = await readDocuments(context, shopId);
  return [invoice?.state, invoice?.paid];
};

test("payments add up to paid, and one that was wrong is taken back", async () => {
  const invoice = await unpaidInvoice();
  const first = await pay(invoice, 1000n);
  expect(await standing(invoice.shopId)).toEqual(["partly_paid", "1000"]);
  await pay(invoice, 2000n);
  expect(await standing(invoice.shopId)).toEqual(["paid", "3000"]);
  if (first.outcome !== "recorded") throw new Error("the payment was recorded");
  const undo = { shopId: invoice.shopId, paymentId: first.paymentId, actor: anna };
  expect(await undoPayment(context.db, undo)).toEqual({ outcome: "undone" });
  expect(await undoPayment(context.db, undo)).toEqual({ outcome: "already_undone" });
  expect(await standing(invoice.shopId)).toEqual(["partly_paid", "2000"]);
  const document = await findDocument(context.db, invoice.shopId, invoice.documentId);
  expect(document?.payments).toMatchObject([{ undoneBy: "Anna Berg" }, { undoneBy: null }]);
});

test("more than is owed is refused with what is left, also by twenty at once", async () => {
  const invoice = await unpaidInvoice();
  expect(await pay(invoice, 3001n)).toEqual({ outcome: "too_much", leftMinor: "3000", currency: "EUR" });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => pay(invoice, 1000n)));
  expect(outcomes.filter(({ outcome }) => outcome === "recorded")).toHaveLength(3);
  expect(await standing(invoice.shopId)).toEqual(["paid", "3000"]);
});

test("what Shopify is paid counts beside what was entered, never beyond what is owed", async () => {
  const invoice = await unpaidInvoice();
  await pay(invoice, 1000n);
  const { domain, shopId, shopifyOrderId: id } = invoice;
  const partly = { financial_status: "partially_paid", total_outstanding: "15.00" };
  await deliverOrder(context, domain, billablePayload({ id, minute: 1, ...partly }));
  expect(await standing(shopId)).toEqual(["partly_paid", "2500"]);
  await deliverOrder(context, domain, billablePayload({ id, minute: 2, financial_status: "paid" }));
  expect(await standing(shopId)).toEqual(["paid", "3000"]);
});

test("marking paid pays what is left of each invoice and leaves the others", async () => {
  const invoice = await unpaidInvoice();
  const { shopId, documentId } = invoice;
  const unknown = randomUUID();
  const mark = (documentIds: string[]) =>
    withShop(context.db, shopId, (tx) => markPaid(tx, { shopId, documentIds, actor: anna }));
  expect(await mark([documentId, unknown])).toEqual([
    { documentId, outcome: "marked", paymentId: expect.any(String) },
    { documentId: unknown, outcome: "not_found" },
  ]);
  expect(await mark([documentId])).toEqual([{ documentId, outcome: "already_paid" }]);
  expect(await standing(shopId)).toEqual(["paid", "3000"]);
});

test("an unpaid invoice is overdue on the day after its due date on the shop's calendar, and paid again later", async () => {
  const invoice = await unpaidInvoice();
  const { shopId } = invoice;
  await markOverdue(context.db, never);
  expect((await standing(shopId))[0]).toBe("issued");
  await makeDue(invoice.documentId);
  await markOverdue(context.db, never);
  await markOverdue(context.db, never);
  expect((await standing(shopId))[0]).toBe("overdue");
  await pay(invoice, 3000n);
  expect((await standing(shopId))[0]).toBe("paid");
  expect(await readEventKinds(context, shopId)).toEqual(["issued", "overdue", "payment_recorded"]);
});

test("another shop's invoice and payment find nothing", async () => {
  const invoice = await unpaidInvoice();
  const paid = await pay(invoice, 500n);
  const { shopId } = await createOrderToBill(context);
  expect(await pay({ shopId, documentId: invoice.documentId }, 100n)).toEqual({ outcome: "not_found" });
  const paymentId = paid.outcome === "recorded" ? paid.paymentId : "";
  expect(await undoPayment(context.db, { shopId, paymentId, actor: anna })).toEqual({ outcome: "not_found" });
  const marked = await withShop(context.db, shopId, (tx) =>
    markPaid(tx, { shopId, documentIds: [invoice.documentId], actor: anna }),
  );
  expect(marked).toMatchObject([{ outcome: "not_found" }]);
  expect(await findDocument(context.db, shopId, invoice.documentId)).toBeNull();
});

/** As if two months had gone by. */
function makeDue(documentId: string) {
  return asSuperuser(
    context,
    (sql) => sql`update documents set due_on = due_on - 60 where id = ${documentId}`,
  );
}
