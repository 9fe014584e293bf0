import { expect, test } from "vitest";
import { erasePersonalData } from "../../app/customers/erase-personal-data.server.ts";
import { listPrivacyRequests } from "../../app/customers/list-privacy-requests.server.ts";
import { withShop } from "../../app/db.server.ts";
import { readDocumentFile } from "../../app/invoices/document-file.server.ts";
import { issueInvoice } from "../../app/invoices/issue-invoice.server.ts";
import { recordPayment } from "../../app/invoices/record-payment.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, readOrder } from "../support/deliveries.ts";
import {
  anna,
  billablePayload,
  createInvoicingShop,
  deliverOrder,
  readDocuments,
} from "../support/invoices.ts";

const context = openAppContext();

const person = {
  customer: { id: 4242, first_name: "Eve", last_name: "Adams", updated_at: "2026-11-01T00:00:00Z" },
  email: "eve@example.com",
  note_attributes: [{ name: "Company", value: "Eve Adams Ltd" }],
  po_number: "EVE-1",
  billing_address: { name: "Eve Adams", address1: "Apple Road 1", city: "Berlin", country_code: "DE" },
};

async function redactEve(shopId: ShopId, domain: string) {
  const body = JSON.stringify({ customer: { id: 4242 } });
  await deliverAndProcess(context, delivery(domain, body, { topic: "customers/redact" }));
  const [request] = await listPrivacyRequests(context.db, shopId);
  await erasePersonalData(context.db, shopId, request?.id ?? "");
  return (await listPrivacyRequests(context.db, shopId))[0];
}

async function dump(shopId: ShopId): Promise<string> {
  const tables = ["order_bills", "invoice_drafts", "document_events", "document_payments", "document_states"];
  const rows = await withShop(context.db, shopId, (tx) =>
    Promise.all(tables.map((table) => tx.sql`select to_jsonb(t)::text as row from ${tx.sql(table)} t`)),
  );
  return JSON.stringify(rows);
}

test("an erasure takes bills and remarks, keeps the invoice as it was issued, and says so", async () => {
  const { shopId, domain } = await createInvoicingShop(context);
  const [invoiced, open] = [nextOrderId(), nextOrderId()];
  for (const id of [invoiced, open]) await deliverOrder(context, domain, billablePayload({ id, ...person }));
  const orderId = (await readOrder(context, shopId, invoiced))?.id ?? "";
  await issueInvoice(context.db, context.queue, { shopId, orderId, actor: anna });
  const [invoice] = await readDocuments(context, shopId);
  const documentId = invoice?.id ?? "";
  const payment = { amountMinor: 100n, paidOn: "2026-11-25", note: "from Eve Adams", actor: anna };
  await recordPayment(context.db, { shopId, documentId, ...payment });
  const file = await readDocumentFile(context.db, shopId, documentId);
  const read = () => withShop(context.db, shopId, (tx) => tx.sql`select content, hash from documents`);
  const before = await read();
  expect(await dump(shopId)).toMatch(/Eve|EVE/);

  const request = await redactEve(shopId, domain);
  expect(await dump(shopId)).not.toMatch(/Eve|EVE|Apple Road/);
  expect(request?.outcome).toMatchObject({ orders: 2, documentsKept: 1 });
  expect(await read()).toEqual(before);
  expect((await readDocumentFile(context.db, shopId, documentId))?.sha256).toBe(file?.sha256);
});

test("a payload after the erasure brings nothing back and issues nothing, and a refund is credited still", async () => {
  const { shopId, domain } = await createInvoicingShop(context, { trigger: "paid" });
  const id = nextOrderId();
  const paid = { ...person, financial_status: "paid" };
  await deliverOrder(context, domain, billablePayload({ id, ...paid }));
  await redactEve(shopId, domain);
  await deliverOrder(context, domain, billablePayload({ id, minute: 1, ...paid }));
  expect(await dump(shopId)).not.toMatch(/Eve|EVE|Apple Road/);
  expect(await readDocuments(context, shopId)).toHaveLength(1);
  const refund = { mugs: 1, minute: 2, financial_status: "partially_refunded", total_outstanding: "0.00" };
  await deliverOrder(context, domain, billablePayload({ id, ...person, ...refund }));
  expect(await readDocuments(context, shopId)).toMatchObject([{ kind: "invoice" }, { kind: "credit_note" }]);
});
