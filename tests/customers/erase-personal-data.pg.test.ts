import { expect, test } from "vitest";
import { erasePersonalData } from "../../app/customers/erase-personal-data.server.ts";
import { answerDataRequest, listPrivacyRequests } from "../../app/customers/list-privacy-requests.server.ts";
import { withShop } from "../../app/db.server.ts";
import { editOrder } from "../../app/orders/edit-order.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "../support/deliveries.ts";

const context = openAppContext();
const person = /Eve|eve@|Hidden Street|call Eve|\+49 170/;

const eve = (id: number) => ({
  id,
  first_name: "Eve",
  last_name: "Adams",
  email: "eve@example.com",
  phone: "+49 170",
  updated_at: "2026-11-01T00:00:00Z",
});

async function createShopWithCustomer() {
  const shop = await createShop(context.db);
  const shopifyOrderId = nextOrderId();
  const customerId = Number(shopifyOrderId) - 5_000_000_000_000 + 100;
  const body = orderPayload({
    id: shopifyOrderId,
    email: "eve@example.com",
    note: "call Eve first",
    customer: eve(customerId),
    shipping_address: { name: "Eve Adams", address1: "Hidden Street 1", city: "Berlin", country: "Germany" },
  });
  await deliverAndProcess(context, delivery(shop.domain, body));
  const order = await readOrder(context, shop.shopId, shopifyOrderId);
  if (!order) throw new Error("the order was not stored");
  await editOrder(context.db, {
    shopId: shop.shopId,
    orderId: order.id,
    openedVersion: 1,
    edit: { status: "PENDING", trackingCompany: null, trackingNumber: null, note: "call Eve twice" },
    actor: { kind: "merchant", id: "1", name: "Anna Berg" },
  });
  return { ...shop, shopifyOrderId, customerId, orderId: order.id, body };
}

/** Everything a shop has, as one text. */
async function dump(shopId: ShopId): Promise<string> {
  const tables = ["customers", "orders", "order_lines", "order_events", "webhook_events", "privacy_requests"];
  const parts = await withShop(context.db, shopId, (tx) =>
    Promise.all(tables.map((table) => tx.sql`select to_jsonb(t)::text as row from ${tx.sql(table)} t`)),
  );
  return parts.flatMap((rows) => rows.map(({ row }) => row)).join("\n");
}

async function redact(domain: string, shopId: ShopId, topic: string, payload: object): Promise<void> {
  await deliverAndProcess(context, delivery(domain, JSON.stringify(payload), { topic }));
  const [request] = await listPrivacyRequests(context.db, shopId);
  if (!request) throw new Error("the request was not recorded");
  await erasePersonalData(context.db, shopId, request.id);
}

test("customers/redact leaves nothing of the person anywhere, and the order with its amounts stays", async () => {
  const { domain, shopId, customerId, shopifyOrderId } = await createShopWithCustomer();
  expect(await dump(shopId)).toMatch(person);
  await redact(domain, shopId, "customers/redact", { customer: { id: customerId } });
  expect((await dump(shopId)).replaceAll("customers/redact", "")).not.toMatch(person);
  expect(await readOrder(context, shopId, shopifyOrderId)).toMatchObject({ total_minor: "3000", note: null });
});

test("the erasure log says what was done, without saying to whom", async () => {
  const { domain, shopId, customerId } = await createShopWithCustomer();
  await redact(domain, shopId, "customers/redact", {
    customer: { id: customerId, email: "eve@example.com" },
  });
  const [request] = await listPrivacyRequests(context.db, shopId);
  expect(request).toMatchObject({
    topic: "customers/redact",
    outcome: { customers: 1, orders: 1, deliveries: 1 },
  });
  expect(request?.completedAt).not.toBeNull();
});

test("another customer of the shop keeps everything", async () => {
  const { domain, shopId, shopifyOrderId } = await createShopWithCustomer();
  await redact(domain, shopId, "customers/redact", { customer: { id: 424242 } });
  expect(await readOrder(context, shopId, shopifyOrderId)).toMatchObject({ note: "call Eve twice" });
});

test("a late delivery does not bring an erased person back", async () => {
  const { domain, shopId, customerId, shopifyOrderId } = await createShopWithCustomer();
  await redact(domain, shopId, "customers/redact", { customer: { id: customerId } });
  const late = {
    customer: eve(customerId),
    email: "eve@example.com",
    note: "call Eve",
    shipping_address: { name: "Eve" },
  };
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id: shopifyOrderId, updatedAt: "2026-12-01T00:00:00Z", ...late })),
  );
  const rows = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
    select customer_name, email, note, shipping_address from orders union all
    select first_name, email, phone, null from customers`,
  );
  expect(JSON.stringify(rows)).not.toMatch(person);
});

test("shop/redact leaves nothing personal of the whole shop, and another shop everything", async () => {
  const [mine, theirs] = [await createShopWithCustomer(), await createShopWithCustomer()];
  await redact(mine.domain, mine.shopId, "shop/redact", { shop_domain: mine.domain });
  expect(await dump(mine.shopId)).not.toMatch(person);
  expect(await dump(theirs.shopId)).toMatch(person);
});

test("erasing twice does nothing more", async () => {
  const { domain, shopId, customerId } = await createShopWithCustomer();
  await redact(domain, shopId, "customers/redact", { customer: { id: customerId } });
  const [before] = await listPrivacyRequests(context.db, shopId);
  await erasePersonalData(context.db, shopId, before?.id ?? "");
  expect(await listPrivacyRequests(context.db, shopId)).toEqual([before]);
});

test("a data request is answered with what is stored of that customer", async () => {
  const { domain, shopId, customerId } = await createShopWithCustomer();
  await deliverAndProcess(
    context,
    delivery(domain, JSON.stringify({ customer: { id: customerId } }), { topic: "customers/data_request" }),
  );
  const [request] = await listPrivacyRequests(context.db, shopId);
  const answer = await answerDataRequest(context.db, shopId, request?.id ?? "");
  expect(answer).toMatchObject({ customer: { email: "eve@example.com" }, orders: [{ name: "#1001" }] });
  const stranger = await createShop(context.db);
  expect(await answerDataRequest(context.db, stranger.shopId, request?.id ?? "")).toBeNull();
});
