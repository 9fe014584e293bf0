import { expect, test } from "vitest";
import { findAnything } from "../../app/orders/find-anything.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload } from "../support/deliveries.ts";

const context = openAppContext();

async function createShopWithOrders() {
  const { shopId, domain } = await createShop(context.db);
  const order = (name: string, customer: object | null, fields: object = {}) =>
    delivery(domain, orderPayload({ id: nextOrderId(), name, customer, email: null, ...fields }));
  const person = (id: number, first_name: string, last_name: string, email: string | null) => ({
    id,
    first_name,
    last_name,
    email,
    updated_at: "2026-11-01T00:00:00Z",
  });
  await deliverAndProcess(
    context,
    order("#1042", person(1, "Anna", "Schäfer", "anna@example.com")),
    order("#10420", person(2, "Ben", "Krause", null)),
    order("#10421", null),
  );
  const find = (typed: string) =>
    findAnything(context.db, { id: shopId, timeZone: "Europe/Berlin", currency: "EUR" }, typed);
  return { find };
}

test("the order of exactly that name comes first, then those that begin with it", async () => {
  const { find } = await createShopWithOrders();
  const labels = async (typed: string) => (await find(typed)).map(({ label }) => label);
  expect((await labels("#1042"))[0]).toBe("#1042");
  expect((await labels("1042")).sort()).toEqual(["#1042", "#10420", "#10421"]);
});

test("people are found by any part of their name, with their orders, without accents", async () => {
  const { find } = await createShopWithOrders();
  expect(await find("schaf ann")).toMatchObject([
    { kind: "order", label: "#1042", detail: "Anna Schäfer · Pending · €30.00" },
    { kind: "customer", label: "Anna Schäfer", detail: "anna@example.com" },
  ]);
});

test("one letter, nothing, and what cannot be a name find nothing", async () => {
  const { find } = await createShopWithOrders();
  for (const typed of ["", " ", "a", "##", "\0\0", "%%", "'; --", "x".repeat(5_000)]) {
    expect(await find(typed)).toEqual([]);
  }
});

test("another shop's orders and people are not found", async () => {
  await createShopWithOrders();
  const { shopId } = await createShop(context.db);
  const find = (typed: string) =>
    findAnything(context.db, { id: shopId, timeZone: "Europe/Berlin", currency: "EUR" }, typed);
  expect([...(await find("1042")), ...(await find("anna"))]).toEqual([]);
});
