import { expect, test } from "vitest";
import type { AskedCustomer } from "../../app/customers/asked-customers.ts";
import { firstPage } from "../../app/customers/list-address.ts";
import {
  countListedCustomers,
  type ListCustomers,
  listCustomers,
  readListedCustomers,
} from "../../app/customers/list-customers.server.ts";
import { parseCustomerQuery } from "../../app/customers/parse-customer-query.ts";
import { withShop } from "../../app/db.server.ts";
import { countChange } from "../../app/live/notify-shop.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, orderPayload } from "../support/deliveries.ts";

const context = openAppContext();
const terms = { timeZone: "Europe/Berlin", currency: "EUR" };

let lastCustomerId = 900;
const person = (first_name: string, last_name: string, fields: object = {}) => ({
  id: ++lastCustomerId,
  first_name,
  last_name,
  email: `${first_name}@example.com`.toLowerCase(),
  updated_at: "2026-11-01T00:00:00Z",
  ...fields,
});

/** Anna has three orders, Ben one and a test order, Zoé one in another currency and one cancelled; two are guests'. */
async function createPeople() {
  const { shopId, domain } = await createShop(context.db);
  const [anna, ben, zoe] = [
    person("Anna", "Berg"),
    person("Ben", "Costa"),
    person("Zoé", "Müller", { phone: "+49 170 5550" }),
  ];
  const order = (customer: object | null, total: string, day: number, fields: object = {}) =>
    delivery(
      domain,
      orderPayload({
        customer,
        current_total_price: total,
        created_at: `2026-11-${String(day).padStart(2, "0")}T12:00:00Z`,
        ...fields,
      }),
    );
  await deliverAndProcess(
    context,
    order(anna, "10.00", 1),
    order(anna, "20.00", 2),
    order(anna, "30.50", 9),
    order(ben, "200.00", 5),
    order(ben, "999.00", 20, { test: true }),
    order(zoe, "70.00", 7, { currency: "USD", presentment_currency: "USD" }),
    order(zoe, "80.00", 8, { cancelled_at: "2026-11-08T13:00:00Z" }),
    order(null, "5.00", 3),
    order(null, "6.00", 4),
  );
  return shopId;
}

const search = (shopId: ShopId, q: string, request: Partial<ListCustomers> = {}) => {
  const { query, errors } = parseCustomerQuery(q, terms.timeZone);
  expect(errors).toEqual([]);
  return listCustomers(context.db, { id: shopId, ...terms }, { ...firstPage, ...request, query });
};
const found = async (shopId: ShopId, q: string, request: Partial<ListCustomers> = {}) =>
  (await search(shopId, q, request)).customers.map(({ firstName }) => firstName);

test("a customer's row counts real orders and sums those in the shop's currency that were not cancelled", async () => {
  const shopId = await createPeople();
  const { customers } = await search(shopId, "", { sort: "name", direction: "asc" });
  expect(
    customers.map(({ firstName, orderCount, spentMinor, lastOrderAt }) => [
      firstName,
      orderCount,
      spentMinor,
      lastOrderAt?.slice(0, 10),
    ]),
  ).toEqual([
    ["Anna", 3, "6050", "2026-11-09"],
    ["Ben", 1, "20000", "2026-11-05"],
    ["Zoé", 2, "0", "2026-11-08"],
  ]);
});

test.each([
  ["anna", ["Anna"]],
  ["muller", ["Zoé"]],
  ["name:cos", ["Ben"]],
  ["email:zoé", ["Zoé"]],
  ["phone:5550", ["Zoé"]],
  ["orders:>=2", ["Anna", "Zoé"]],
  ["spent:60.50..100", ["Anna"]],
  ["spent:>60.50", ["Ben"]],
  ["last_order:>=2026-11-08", ["Anna", "Zoé"]],
  ["-orders:1 -anna", ["Zoé"]],
  ["has:note", []],
  ['"a berg"', ["Anna"]],
])("%s finds %j", async (q, names) => {
  const shopId = await createPeople();
  expect(await found(shopId, q, { sort: "name", direction: "asc" })).toEqual(names);
});

test.each([
  ["name", "desc", ["Zoé", "Ben", "Anna"]],
  ["orders", "desc", ["Anna", "Zoé", "Ben"]],
  ["spent", "asc", ["Zoé", "Anna", "Ben"]],
  ["last_order", "desc", ["Anna", "Zoé", "Ben"]],
] as const)("sorted by %s, %s, they come as %j", async (sort, direction, names) => {
  const shopId = await createPeople();
  expect(await found(shopId, "", { sort, direction })).toEqual(names);
});

test("one who never ordered is found as such, before no day, and at the end of the list", async () => {
  const shopId = await createPeople();
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`insert into customers (shop_id, id, shopify_customer_id, first_name)
                   values (${shopId}, gen_random_uuid(), 7, 'Nora')`,
  );
  expect(await found(shopId, "-has:order")).toEqual(["Nora"]);
  expect(await found(shopId, "has:order", { sort: "name", direction: "asc" })).toEqual([
    "Anna",
    "Ben",
    "Zoé",
  ]);
  expect(await found(shopId, "last_order:<2026-11-06")).toEqual(["Ben"]);
  const last = await search(shopId, "", { limit: 3 });
  expect(last.after).not.toBeNull();
  expect(await found(shopId, "", { after: last.after })).toEqual(["Nora"]);
});

test("whoever loses the newest order has an older one, or none", async () => {
  const shopId = await createPeople();
  const change = (what: string, where: string) =>
    withShop(context.db, shopId, (tx) => tx.sql.unsafe(`update orders set ${what} where ${where}`));
  const lastOrders = async () =>
    (await search(shopId, "", { sort: "name", direction: "asc" })).customers.map(
      ({ lastOrderAt }) => lastOrderAt?.slice(0, 10) ?? null,
    );
  await change("deleted_at = now()", "total_minor = 3050");
  expect(await lastOrders()).toEqual(["2026-11-02", "2026-11-05", "2026-11-08"]);
  await change("test = true", "total_minor = 2000");
  await change("deleted_at = now()", "total_minor in (20000, 7000)");
  expect(await lastOrders()).toEqual(["2026-11-01", null, "2026-11-08"]);
  await change("deleted_at = null", "total_minor = 3050");
  expect(await lastOrders()).toEqual(["2026-11-09", null, "2026-11-08"]);
});

test("paging forwards and back shows every customer once, whatever the sort", async () => {
  const { shopId, domain } = await createShop(context.db);
  const deliveries = Array.from({ length: 23 }, (_, at) =>
    delivery(
      domain,
      orderPayload({ customer: person(`P${at % 5}`, "Same"), current_total_price: `${at % 3}.00` }),
    ),
  );
  await deliverAndProcess(context, ...deliveries);
  for (const sort of ["name", "created", "orders", "spent", "last_order"] as const) {
    const ids: string[] = [];
    let page = await search(shopId, "", { sort, limit: 5 });
    ids.push(...page.customers.map(({ id }) => id));
    const pages = [ids.slice()];
    while (page.after) {
      page = await search(shopId, "", { sort, limit: 5, after: page.after });
      pages.push(page.customers.map(({ id }) => id));
      ids.push(...page.customers.map(({ id }) => id));
    }
    expect(new Set(ids).size, sort).toBe(23);
    expect(ids, sort).toHaveLength(23);
    for (const earlier of pages.slice(0, -1).reverse()) {
      page = await search(shopId, "", { sort, limit: 5, before: page.before });
      expect(
        page.customers.map(({ id }) => id),
        sort,
      ).toEqual(earlier);
    }
    expect(page.before, sort).toBeNull();
  }
});

test("customers are counted, and another shop's neither counted nor listed", async () => {
  const shopId = await createPeople();
  const other = await createPeople();
  const count = (id: ShopId, q: string) =>
    countListedCustomers(context.db, { id, ...terms }, parseCustomerQuery(q, terms.timeZone).query);
  expect(await count(shopId, "")).toEqual({ count: 3, exact: true });
  expect(await count(shopId, "anna")).toEqual({ count: 1, exact: true });
  const mine = await search(shopId, "");
  const theirs = await search(other, "");
  expect(mine.customers.map(({ id }) => id)).not.toEqual(
    expect.arrayContaining(theirs.customers.map(({ id }) => id)),
  );
});

const read = (shopId: ShopId, q: string, asked: AskedCustomer[]) =>
  readListedCustomers(
    context.db,
    { id: shopId, ...terms },
    { query: parseCustomerQuery(q, terms.timeZone).query, sort: "spent", asked },
  );

/** An order of the shop by its total in minor units. */
async function orderOf(shopId: ShopId, totalMinor: number): Promise<AskedCustomer> {
  const [order] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ id: string }[]>`select id from orders where total_minor = ${totalMinor}`,
  );
  return { kind: "order", id: order?.id ?? "" };
}

test("rows read by id or by an order are those of the page, with their places", async () => {
  const shopId = await createPeople();
  const { customers } = await search(shopId, "", { sort: "spent" });
  const byName = new Map(customers.map((one) => [one.firstName, one]));
  const ben = byName.get("Ben");
  const asked: AskedCustomer[] = [
    ...customers.filter((one) => one === ben).map(({ id }) => ({ kind: "customer" as const, id })),
    await orderOf(shopId, 3050),
    await orderOf(shopId, 1000),
    // A guest's, and one that never was.
    await orderOf(shopId, 500),
    { kind: "order", id: "0191d3f0-0000-7000-8000-000000000000" },
  ];
  const found = await read(shopId, "", asked);
  const anna = byName.get("Anna");
  expect([...found.asked].sort()).toEqual([anna?.id, ben?.id].sort());
  expect(new Map(found.customers.map((one) => [one.firstName, one]))).toEqual(
    new Map([
      ["Anna", anna],
      ["Ben", ben],
    ]),
  );
});

test("a customer whom the query leaves out is asked for and has no row", async () => {
  const shopId = await createPeople();
  const asked = [await orderOf(shopId, 3050), await orderOf(shopId, 20000)];
  const found = await read(shopId, "orders:>=2", asked);
  expect(found.asked).toHaveLength(2);
  expect(found.customers.map(({ firstName }) => firstName)).toEqual(["Anna"]);
});

test("a deleted order still leads to the customer, whose row has lost it", async () => {
  const shopId = await createPeople();
  const asked = await orderOf(shopId, 3050);
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update orders set deleted_at = now() where total_minor = 3050`,
  );
  expect((await read(shopId, "", [asked])).customers).toMatchObject([{ firstName: "Anna", orderCount: 2 }]);
});

test("a later reading has a higher number once something has changed", async () => {
  const shopId = await createPeople();
  const asked = [await orderOf(shopId, 3050)];
  const before = await read(shopId, "", asked);
  await withShop(context.db, shopId, (tx) => countChange(tx, shopId));
  const after = await read(shopId, "", asked);
  expect(after.customers[0]?.readAt).toBe((before.customers[0]?.readAt ?? 0) + 1);
});

test("another shop's customers are read neither by id nor by an order", async () => {
  const [mine, theirs] = [await createPeople(), await createPeople()];
  const { customers } = await search(theirs, "");
  const asked: AskedCustomer[] = customers.map(({ id }) => ({ kind: "customer", id }));
  expect(await read(mine, "", [...asked, await orderOf(theirs, 3050)])).toEqual({ asked: [], customers: [] });
});
