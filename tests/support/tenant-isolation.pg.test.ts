import { expect, test } from "vitest";
import { withShop, withSystem } from "../../app/db.server.ts";
import { firstPage } from "../../app/orders/list-address.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { findEditableOrder, findOrder } from "../../app/orders/orders.server.ts";
import { emptyQuery } from "../../app/search/query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "./app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "./deliveries.ts";

const context = openAppContext();

/** The processes see these only through the views that name the shop themselves. */
const hiddenTables = ["order_search", "customer_search", "document_search"];

/** No shop's data: counts of wrong links, which only whoever opens a link sees. */
const sharedTables = ["link_misses"];

const shopTables = [
  "shops",
  "shop_tokens",
  "shop_changes",
  "staff_members",
  "customers",
  "privacy_requests",
  "orders",
  "order_lines",
  "order_shipments",
  "order_events",
  "order_tombstones",
  "webhook_events",
  ...hiddenTables,
  "order_figures",
  "order_figure_changes",
  "saved_views",
  "default_views",
  "bulk_actions",
  "bulk_items",
  "list_exports",
  "export_chunks",
  "presences",
  "shipping_rates",
  "invoice_settings",
  "invoice_logos",
  "order_bills",
  "invoice_drafts",
  "number_series",
  "documents",
  "document_states",
  "document_payments",
  "document_files",
  "document_events",
  "document_mails",
  "document_links",
];

async function createShopWithOrder(shopifyOrderId: string) {
  const shop = await createShop(context.db);
  const customer = { id: 77, first_name: "Eve", updated_at: "2026-11-01T00:00:00Z" };
  const fulfillments = [{ id: 1, status: "success", created_at: "2026-11-01T10:00:00Z" }];
  const payload = orderPayload({ id: shopifyOrderId, customer, fulfillments });
  await deliverAndProcess(context, delivery(shop.domain, payload));
  const order = await readOrder(context, shop.shopId, shopifyOrderId);
  if (!order) throw new Error("the order was not stored");
  return { ...shop, orderId: order.id };
}

test("the processes run as a role that can neither log in nor bypass row-level security", async () => {
  const [role] = await context.db.sql`
    select current_user as name, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = current_user`;
  expect(role).toEqual({
    name: "atomic_orders_app",
    rolsuper: false,
    rolbypassrls: false,
    rolcanlogin: false,
  });
});

test("every table with shop data forces row-level security, also on its owner", async () => {
  const rows = await context.db.sql<{ relname: string; forced: boolean }[]>`
    select relname, relrowsecurity and relforcerowsecurity as forced from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
  expect(rows.filter(({ forced }) => !forced)).toEqual([]);
  expect(rows.map(({ relname }) => relname)).toEqual([...shopTables, ...sharedTables].sort());
});

test("a query without a WHERE sees its own shop's rows and no stranger's", async () => {
  const mine = await createShopWithOrder(nextOrderId());
  await createShopWithOrder(nextOrderId());
  for (const table of [
    "orders",
    "order_lines",
    "order_shipments",
    "order_events",
    "customers",
    "webhook_events",
  ]) {
    const rows = await withShop(
      context.db,
      mine.shopId,
      (tx) => tx.sql<{ shop_id: ShopId }[]>`select shop_id from ${tx.sql(table)}`,
    );
    expect(rows.length, table).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.shop_id)), table).toEqual(new Set([mine.shopId]));
  }
});

test("without a shop nothing is visible at all", async () => {
  await createShopWithOrder(nextOrderId());
  for (const table of [
    ...shopTables.filter((table) => !hiddenTables.includes(table)),
    ...sharedTables,
    "desk_orders",
    "desk_customers",
    "desk_documents",
  ]) {
    expect(await context.db.sql`select * from ${context.db.sql(table)}`, table).toHaveLength(0);
  }
});

test("the system scope sees the inbox and the list of shops, never orders or people", async () => {
  await createShopWithOrder(nextOrderId());
  for (const table of [
    "orders",
    "order_lines",
    "order_shipments",
    "order_events",
    "customers",
    "shop_tokens",
    "staff_members",
    "privacy_requests",
  ]) {
    expect(await withSystem(context.db, (tx) => tx.sql`select * from ${tx.sql(table)}`), table).toHaveLength(
      0,
    );
  }
  expect((await withSystem(context.db, (tx) => tx.sql`select * from shops`)).length).toBeGreaterThan(0);
});

test("a row cannot be written into another shop, nor moved there", async () => {
  const [mine, theirs] = [await createShopWithOrder(nextOrderId()), await createShopWithOrder(nextOrderId())];
  const insert = withShop(
    context.db,
    mine.shopId,
    (tx) => tx.sql`insert into order_tombstones values (${theirs.shopId}, 1)`,
  );
  await expect(insert).rejects.toThrow("row-level security");
  const move = withShop(
    context.db,
    mine.shopId,
    (tx) => tx.sql`update orders set shop_id = ${theirs.shopId} where id = ${mine.orderId}`,
  );
  await expect(move).rejects.toThrow();
});

test("no table takes a row of another shop", async () => {
  const [mine, theirs] = [await createShopWithOrder(nextOrderId()), await createShopWithOrder(nextOrderId())];
  for (const table of shopTables.filter((table) => !hiddenTables.includes(table))) {
    const column = table === "shops" ? "id" : "shop_id";
    const [readable] = await withShop(
      context.db,
      theirs.shopId,
      (tx) =>
        tx.sql`select to_jsonb(t) as row from ${tx.sql(table)} t where ${tx.sql(column)} = ${theirs.shopId} limit 1`,
    );
    // A copy of their row, or one that names their shop where they have none: both are theirs.
    const row = JSON.stringify(readable?.row ?? { [column]: theirs.shopId });
    const insert = withShop(
      context.db,
      mine.shopId,
      (tx) => tx.sql`insert into ${tx.sql(table)} overriding system value
                     select * from jsonb_populate_record(null::${tx.sql(table)}, ${row}::text::jsonb)`,
    );
    await expect(insert, table).rejects.toThrow(/row-level security|permission denied/);
  }
});

test("the search tables cannot be reached but through their views, which show one shop", async () => {
  const mine = await createShopWithOrder(nextOrderId());
  await createShopWithOrder(nextOrderId());
  for (const table of hiddenTables) {
    for (const statement of [
      `select * from ${table}`,
      `insert into ${table} default values`,
      `delete from ${table}`,
    ]) {
      const run = withShop(context.db, mine.shopId, (tx) => tx.sql.unsafe(statement));
      await expect(run, statement).rejects.toThrow("permission denied");
    }
  }
  for (const view of ["desk_orders", "desk_customers"]) {
    const rows = await withShop(
      context.db,
      mine.shopId,
      (tx) => tx.sql<{ shop_id: ShopId }[]>`select shop_id from ${tx.sql(view)}`,
    );
    expect(
      rows.map((row) => row.shop_id),
      view,
    ).toEqual([mine.shopId]);
    const write = withShop(context.db, mine.shopId, (tx) => tx.sql`delete from ${tx.sql(view)}`);
    await expect(write, view).rejects.toThrow("permission denied");
  }
});

test("the role that owns the views can neither log in nor be taken on by the processes", async () => {
  const [role] = await context.db.sql`
    select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'atomic_orders_search'`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false });
  const [member] = await context.db
    .sql`select pg_has_role('atomic_orders_app', 'atomic_orders_search', 'MEMBER') as may`;
  expect(member?.may).toBe(false);
});

test("the timeline cannot be rewritten or shortened", async () => {
  const mine = await createShopWithOrder(nextOrderId());
  for (const statement of [
    "update order_events set actor_name = 'x'",
    "delete from order_events",
    "truncate order_events",
  ]) {
    await expect(
      withShop(context.db, mine.shopId, (tx) => tx.sql.unsafe(statement)),
      statement,
    ).rejects.toThrow("permission denied");
  }
});

test("the same Shopify ids live side by side in two shops", async () => {
  const shopifyOrderId = nextOrderId();
  const [first, second] = [
    await createShopWithOrder(shopifyOrderId),
    await createShopWithOrder(shopifyOrderId),
  ];
  expect(first.orderId).not.toBe(second.orderId);
});

test("another shop's order id finds nothing", async () => {
  const [mine, theirs] = [await createShopWithOrder(nextOrderId()), await createShopWithOrder(nextOrderId())];
  expect(await findOrder(context.db, mine.shopId, theirs.orderId)).toBeNull();
  expect(await findEditableOrder(context.db, mine.shopId, theirs.orderId)).toBeNull();
  const shop = { id: mine.shopId, timeZone: "UTC", currency: "EUR" };
  const { orders } = await listOrders(context.db, shop, { ...firstPage, query: emptyQuery });
  expect(orders.map(({ id }) => id)).toEqual([mine.orderId]);
});

test("a 64-bit id survives from the wire to what the screen is given", async () => {
  const shop = await createShopWithOrder("820982911946154508");
  expect((await findOrder(context.db, shop.shopId, shop.orderId))?.shopifyOrderId).toBe("820982911946154508");
});
