import { beforeAll, expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import {
  type ListOrders,
  listOrders,
  type OrderPage,
  readListedOrders,
} from "../../app/orders/list-orders.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import { totalListedOrders } from "../../app/orders/total-orders.server.ts";
import { emptyQuery } from "../../app/search/query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, orderPayload } from "../support/deliveries.ts";

const context = openAppContext();
const terms = { timeZone: "Europe/Berlin", currency: "EUR" };
let shop: { id: ShopId } & typeof terms;
let stranger: { id: ShopId } & typeof terms;

/** Forty-one orders, many of them at the same instant and of the same total, so that the ids have to decide. */
beforeAll(async () => {
  const { shopId, domain } = await createShop(context.db);
  shop = { id: shopId, ...terms };
  stranger = { id: (await createShop(context.db)).shopId, ...terms };
  const orders = Array.from({ length: 41 }, (_, i) =>
    delivery(
      domain,
      orderPayload({
        name: `#${1000 + i}`,
        created_at: `2026-11-${String(1 + Math.floor(i / 3)).padStart(2, "0")}T09:00:00Z`,
        financial_status: i % 2 === 0 ? "paid" : "pending",
        current_total_price: `${i % 5}.50`,
        total_price: `${i % 5}.50`,
      }),
    ),
  );
  await deliverAndProcess(context, ...orders);
});

const byDate = { query: emptyQuery, sort: "created", direction: "desc" } as const;
const names = (page: OrderPage) => page.orders.map(({ name }) => name);
const list = (request: Partial<ListOrders> = {}) =>
  listOrders(context.db, shop, { ...byDate, limit: 7, ...request });

test.each([
  ["created", "desc"],
  ["created", "asc"],
  ["total", "desc"],
  ["customer", "asc"],
  ["updated", "desc"],
] as const)("page by page, both ways, the list by %s %s holds each order once", async (sort, direction) => {
  const whole = names(await list({ sort, direction, limit: 200 }));
  expect(new Set(whole).size).toBe(41);

  const forwards: string[] = [];
  let page = await list({ sort, direction });
  for (;;) {
    forwards.push(...names(page));
    if (!page.after) break;
    page = await list({ sort, direction, after: page.after });
  }
  expect(forwards).toEqual(whole);

  const backwards = [names(page)];
  while (page.before) {
    page = await list({ sort, direction, before: page.before });
    backwards.unshift(names(page));
  }
  expect(backwards.flat()).toEqual(whole);
});

test.each([
  ["created", "desc"],
  ["created", "asc"],
  ["customer", "asc"],
] as const)(
  "a page beyond either end, by %s %s, leads back to the row at that end",
  async (sort, direction) => {
    const whole = (await list({ sort, direction, limit: 200 })).orders;
    const place = (order?: (typeof whole)[number]) => ({ key: order?.sortKey ?? "", id: order?.id ?? "" });
    const beyondEnd = await list({ sort, direction, after: place(whole.at(-1)) });
    expect(beyondEnd).toMatchObject({ orders: [], after: null });
    expect(names(await list({ sort, direction, before: beyondEnd.before }))).toEqual(
      whole.slice(-7).map(({ name }) => name),
    );
    const beyondStart = await list({ sort, direction, before: place(whole[0]) });
    expect(beyondStart).toMatchObject({ orders: [], before: null });
    expect(names(await list({ sort, direction, after: beyondStart.after }))).toEqual(
      whole.slice(0, 7).map(({ name }) => name),
    );
  },
);

test("a jump to a day before the first order leads back up to it", async () => {
  const page = await list({ at: "1990-01-01" });
  expect(page).toMatchObject({ orders: [], after: null });
  expect(names(await list({ before: page.before })).at(-1)).toBe(names(await list({ limit: 200 })).at(-1));
});

test("a jump to a day begins with its last order, in the shop's time zone, and leads back up", async () => {
  const page = await list({ at: "2026-11-05" });
  expect(page.orders[0]?.createdAt).toBe("2026-11-05T09:00:00+00:00");
  const above = await list({ before: page.before });
  expect(above.orders.at(-1)?.createdAt).toBe("2026-11-06T09:00:00+00:00");
});

test("orders read by id come with their place, and without those that the query leaves out", async () => {
  const { orders } = await list({ limit: 200 });
  const { query } = parseOrderQuery("status:pending", shop.timeZone);
  const asked = orders.slice(0, 10);
  const read = await readListedOrders(context.db, shop, {
    query,
    sort: "created",
    ids: asked.map(({ id }) => id),
  });
  const pending = asked.filter(({ status }) => status === "PENDING");
  expect(read.map(({ id, sortKey }) => `${id} ${sortKey}`).sort()).toEqual(
    pending.map(({ id, sortKey }) => `${id} ${sortKey}`).sort(),
  );
});

test("an order that was deleted, that never was, or that is another shop's is not read", async () => {
  const { orders } = await list({ limit: 200 });
  const [gone, other] = orders;
  await withShop(
    context.db,
    shop.id,
    (tx) => tx.sql`update orders set deleted_at = now() where id = ${gone?.id ?? ""}`,
  );
  const ids = [gone?.id, other?.id, "0191d3f0-0000-7000-8000-000000000000"] as OrderId[];
  const request = { query: emptyQuery, sort: "created", ids } as const;
  const mine = await readListedOrders(context.db, shop, request);
  expect(mine.map(({ id }) => id)).toEqual([other?.id]);
  expect(await readListedOrders(context.db, stranger, request)).toEqual([]);
  expect((await listOrders(context.db, stranger, { ...byDate })).orders).toEqual([]);
  expect((await totalListedOrders(context.db, shop, emptyQuery)).count).toEqual({ count: 40, exact: true });
  expect((await totalListedOrders(context.db, stranger, emptyQuery)).count).toEqual({
    count: 0,
    exact: true,
  });
});
