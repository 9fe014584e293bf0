import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { CustomerId } from "../../app/customers/customer.ts";
import { editCustomerNote } from "../../app/customers/edit-customer-note.server.ts";
import { findCustomer } from "../../app/customers/find-customer.server.ts";
import { firstPage } from "../../app/customers/list-address.ts";
import { listCustomers } from "../../app/customers/list-customers.server.ts";
import { parseCustomerQuery } from "../../app/customers/parse-customer-query.ts";
import { withShop } from "../../app/db.server.ts";
import { readLastChange } from "../../app/live/last-change.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, orderPayload } from "../support/deliveries.ts";

const context = openAppContext();

async function createCustomer() {
  const { shopId, domain } = await createShop(context.db);
  const customer = {
    id: 77,
    first_name: "Eve",
    last_name: "Adams",
    email: "eve@example.com",
    phone: null,
    updated_at: "2026-11-01T00:00:00Z",
  };
  const order = (total: string, fields: object = {}) =>
    delivery(domain, orderPayload({ customer, current_total_price: total, ...fields }));
  const usd = { currency: "USD", presentment_currency: "USD" };
  await deliverAndProcess(
    context,
    order("10.00"),
    order("20.01", { created_at: "2026-11-05T09:00:00Z" }),
    order("500.00", { cancelled_at: "2026-11-02T00:00:00Z" }),
    order("600.00", { test: true }),
    order("7.00", usd),
  );
  const [row] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ id: CustomerId }[]>`select id from customers where shop_id = ${shopId}`,
  );
  if (!row) throw new Error("the customer was not stored");
  return { shopId, customerId: row.id };
}

const edit = (
  customer: { shopId: ShopId; customerId: CustomerId },
  openedVersion: number,
  openedNote: string | null,
  note: string | null,
) => editCustomerNote(context.db, { ...customer, openedVersion, openedNote, note });

test("a customer's page knows what was spent in each currency, without cancelled and test orders", async () => {
  const { shopId, customerId } = await createCustomer();
  expect(await findCustomer(context.db, shopId, customerId)).toMatchObject({
    firstName: "Eve",
    email: "eve@example.com",
    shopifyCustomerId: "77",
    erased: false,
    note: null,
    version: 1,
    orderCount: 4,
    lastOrderAt: "2026-11-05T09:00:00+00:00",
    knownSince: "2026-11-01T09:00:00+00:00",
    spending: [
      { currency: "EUR", spentMinor: "3001", orders: 2 },
      { currency: "USD", spentMinor: "700", orders: 1 },
    ],
  });
});

test("another shop's customer and an unknown one are not found, nor can notes be saved about them", async () => {
  const theirs = await createCustomer();
  const { shopId } = await createShop(context.db);
  for (const customer of [
    { shopId, customerId: theirs.customerId },
    { shopId: theirs.shopId, customerId: randomUUID() as CustomerId },
  ]) {
    expect(await findCustomer(context.db, customer.shopId, customer.customerId)).toBeNull();
    expect(await edit(customer, 1, null, "mine now")).toEqual({ outcome: "not_found" });
  }
});

test("a saved note raises the version, counts as a change and is found by search", async () => {
  const customer = await createCustomer();
  const before = await readLastChange(context.db, customer.shopId);
  expect(await edit(customer, 1, null, "likes green tea")).toEqual({ outcome: "saved", version: 2 });
  expect(await readLastChange(context.db, customer.shopId)).toBe(before + 1);
  expect(await findCustomer(context.db, customer.shopId, customer.customerId)).toMatchObject({
    note: "likes green tea",
    version: 2,
  });
  const terms = { timeZone: "Europe/Berlin", currency: "EUR" };
  const { query } = parseCustomerQuery('has:note "green tea"', terms.timeZone);
  const { customers } = await listCustomers(
    context.db,
    { id: customer.shopId, ...terms },
    { ...firstPage, query },
  );
  expect(customers.map(({ id }) => id)).toEqual([customer.customerId]);
});

test("of two notes written from one version the second is told the first, and nothing is overwritten", async () => {
  const customer = await createCustomer();
  await edit(customer, 1, null, "from Anna");
  expect(await edit(customer, 1, null, "from Ben")).toEqual({
    outcome: "conflict",
    version: 2,
    theirs: "from Anna",
  });
  expect(await edit(customer, 2, null, "from both")).toEqual({ outcome: "saved", version: 3 });
});

test("a note that says the same, or that was not touched, is nothing to save and no conflict", async () => {
  const customer = await createCustomer();
  await edit(customer, 1, null, "from Anna");
  expect(await edit(customer, 1, null, "from Anna")).toEqual({ outcome: "unchanged", version: 2 });
  expect(await edit(customer, 1, null, null)).toEqual({ outcome: "unchanged", version: 2 });
});

test("of twenty notes saved in the same instant exactly one is kept", async () => {
  const customer = await createCustomer();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, at) => edit(customer, 1, null, `note ${at}`)),
  );
  expect(outcomes.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
});

test("an erased customer takes no note", async () => {
  const customer = await createCustomer();
  await withShop(
    context.db,
    customer.shopId,
    (tx) => tx.sql`update customers set erased_at = now() where shop_id = ${customer.shopId}`,
  );
  expect(await edit(customer, 1, null, "Eve again")).toEqual({ outcome: "erased" });
});
