import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { recordPayment } from "../../app/invoices/record-payment.server.ts";
import { LiveHub } from "../../app/live/live-hub.server.ts";
import { openLiveStream } from "../../app/live/live-stream.server.ts";
import { joinHints, notifyShop, type ShopHint } from "../../app/live/notify-shop.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "../support/deliveries.ts";
import {
  anna,
  billablePayload,
  createOrderToBill,
  deliverOrder,
  readDocuments,
} from "../support/invoices.ts";

const context = openAppContext();
const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A stream of the shop, once it listens. */
async function listen(shopId: ShopId) {
  const hub = new LiveHub(context.db, context.url);
  const connection = new AbortController();
  const response = openLiveStream(hub, shopId, 0, connection.signal);
  open.push(hub, { close: () => connection.abort() });
  const stream = { text: "" };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) stream.text += decoder.decode(chunk, { stream: true });
  })();
  await expect.poll(() => stream.text).toContain("event: resync\n");
  return stream;
}

test("a payment that makes an invoice tells the shop's screens its document and its order, and no other shop's", async () => {
  const { shopId, domain, shopifyOrderId: id } = await createOrderToBill(context, { trigger: "paid" });
  const [stream, stranger] = [await listen(shopId), await listen((await createShop(context.db)).shopId)];
  await deliverOrder(context, domain, billablePayload({ id, minute: 1, financial_status: "paid" }));
  const [invoice] = await readDocuments(context, shopId);
  await expect.poll(() => stream.text).toContain(`"documentId":"${invoice?.id}"`);
  await expect.poll(() => stream.text).toContain("event: ORDER_SYNCED\n");
  expect(stranger.text).not.toContain("DOCUMENT_CHANGED");
});

test("a recorded payment, which changes no order, carries the change number that makes screens read again", async () => {
  const order = await createOrderToBill(
    context,
    { trigger: "fulfilled" },
    { fulfillment_status: "fulfilled" },
  );
  const { shopId } = order;
  const [invoice] = await readDocuments(context, shopId);
  const stream = await listen(shopId);
  const payment = { amountMinor: 500n, paidOn: "2026-11-25", note: null, actor: anna };
  await recordPayment(context.db, { shopId, documentId: invoice?.id ?? "", ...payment });
  await expect
    .poll(() => stream.text)
    .toMatch(new RegExp(`event: DOCUMENT_CHANGED\\ndata: {"documentId":"${invoice?.id}","change":\\d+}`));
  expect(stream.text).not.toContain("ORDER_SYNCED");
});

test("more documents than a hint can carry become one request to read again", async () => {
  const { shopId } = await createShop(context.db);
  const stream = await listen(shopId);
  const documents = Array.from({ length: 300 }, () => randomUUID());
  notifyShop(context.db, { shopId, change: 7, orders: [], documents });
  await expect.poll(() => stream.text).toContain('event: resync\ndata: {"change":7}');
  expect(stream.text).not.toContain("DOCUMENT_CHANGED");
});

test("hints joined name each document once, and never grow beyond what can be sent", () => {
  const hint = (change: number, documents?: string[]): ShopHint => ({
    shopId: "x" as ShopId,
    change,
    orders: [],
    documents,
  });
  expect(joinHints(hint(1, ["a", "b"]), hint(2, ["b", "c"])).documents).toEqual(["a", "b", "c"]);
  expect(joinHints(hint(1, ["a"]), hint(2)).documents).toEqual(["a"]);
  const many = Array.from({ length: 200 }, (_, place) => `document ${place}`);
  expect(joinHints(hint(1, many), hint(2, ["a"]))).toMatchObject({ orders: null, documents: undefined });
});

test("a payload that says something new of the customer alone names the order, and one that says nothing new counts no change", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  const deliver = (minute: number, phone: string) => {
    const customer = { id: 77, first_name: "Eve", phone, updated_at: `2026-11-02T00:0${minute}:00Z` };
    const payload = orderPayload({ id, customer, updatedAt: `2026-11-01T10:0${minute}:00Z` });
    return deliverAndProcess(context, delivery(domain, payload));
  };
  await deliver(0, "+49 30 1");
  const order = await readOrder(context, shopId, id);
  const stream = await listen(shopId);
  await deliver(1, "+49 30 2");
  await expect
    .poll(() => stream.text)
    .toContain(`event: ORDER_SYNCED\ndata: {"orderId":"${order?.id}","version":1,"change":2}`);
  await deliver(2, "+49 30 2");
  await deliver(3, "+49 30 3");
  await expect.poll(() => stream.text).toContain('"version":1,"change":3}');
});
