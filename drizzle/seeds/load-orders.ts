import type postgres from "postgres";
import { type CopyValue, copyRows } from "./copy-rows.ts";
import type { SeedOrder } from "./seed-order.ts";
import type { SeedCustomer } from "./seed-people.ts";

/** Above every id that Shopify or its simulator gives out, and still exact in a double. */
const firstShopifyOrderId = 7_000_000_000_000_000;

type Row = CopyValue[];

const words = (text: string) => text.trim().split(/\s+/);
const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

const customerColumns = words(`
  shop_id id shopify_customer_id first_name last_name email phone note last_external_updated_at erased_at
  created_at updated_at`);
const orderColumns = words(`
  shop_id id shopify_order_id name status financial_status fulfillment_status customer_id customer_name
  email currency total_minor subtotal_minor tax_minor discount_minor shipping_fee_minor taxes_included
  presentment_currency presentment_total_minor ordered_total_minor computed_total_minor item_count
  lines_hash items_text total_weight_grams source_name tracking_company tracking_number note tags test
  shipping_address billing_address version shopify_values needs_review last_external_updated_at
  last_content_hash created_at processed_at cancelled_at closed_at shipped_at delivered_at stored_at
  updated_at`);
const lineColumns = words(`
  shop_id order_id position shopify_line_id title variant_title sku quantity current_quantity
  unit_price_minor discount_minor tax_minor taxable`);
const shipmentColumns = words(`
  shop_id shopify_order_id shopify_fulfillment_id status tracking_company tracking_number shipped_at
  delivered_at delivered_by_event last_event_status last_event_at last_event_since`);
const eventColumns =
  "shop_id order_id version kind actor_kind actor_id actor_name changes overwritten created_at".split(" ");

export async function loadCustomers(
  sql: postgres.TransactionSql,
  shopId: string,
  customers: SeedCustomer[],
): Promise<void> {
  const rows = customers.map((one): Row => {
    const at = instant(one.createdAtMs);
    const erasedAt = one.erased ? instant(one.createdAtMs + 864e5) : null;
    return [
      shopId,
      one.id,
      one.shopifyCustomerId,
      one.first,
      one.last,
      one.email,
      one.phone,
      one.note,
      at,
      erasedAt,
      at,
      at,
    ];
  });
  await load(sql, "customers", customerColumns, rows);
}

export async function loadOrders(
  sql: postgres.TransactionSql,
  shopId: string,
  orders: SeedOrder[],
): Promise<void> {
  await load(
    sql,
    "orders",
    orderColumns,
    orders.map((order) => orderRow(shopId, order)),
  );
  await load(
    sql,
    "order_lines",
    lineColumns,
    orders.flatMap((order) => lineRows(shopId, order)),
  );
  await load(
    sql,
    "order_shipments",
    shipmentColumns,
    orders.flatMap((order) => shipmentRows(shopId, order)),
  );
  await load(
    sql,
    "order_events",
    eventColumns,
    orders.flatMap((order) => eventRows(shopId, order)),
  );
}

/**
 * COPY is refused on a table with row-level security, so rows are copied beside it and inserted from there: one
 * statement, and so one run of the triggers that keep search rows and figures.
 */
async function load(
  sql: postgres.TransactionSql,
  table: string,
  columns: readonly string[],
  rows: Row[],
): Promise<void> {
  const names = columns.join(", ");
  const staging = `seed_${table}`;
  await sql.unsafe(
    `create temp table if not exists ${staging} on commit delete rows as select ${names} from ${table} limit 0`,
  );
  await copyRows(sql, staging, columns, rows);
  await sql.unsafe(`insert into ${table} (${names}) select ${names} from ${staging}`);
}

function orderRow(shopId: string, order: SeedOrder): Row {
  const { amounts, editable, person, versions } = order;
  const items = amounts.lines.map(
    ({ title, variantTitle, sku }) => `${title}\t${variantTitle ?? ""}\t${sku}`,
  );
  const heard = versions.filter(({ staff }) => staff === null).at(-1)?.atMs ?? order.createdAtMs;
  const address = order.source === "pos" || !person?.address.city ? null : person.address;
  return [
    shopId,
    order.id,
    firstShopifyOrderId + order.number,
    `#${order.number}`,
    editable.status,
    order.financialStatus,
    order.fulfillmentStatus,
    order.customer?.id ?? null,
    person ? [person.first, person.last].filter(Boolean).join(" ") || null : null,
    person?.email ?? null,
    amounts.currency,
    amounts.total,
    amounts.subtotal,
    amounts.tax,
    amounts.discount,
    amounts.shipping,
    amounts.taxesIncluded,
    amounts.presentmentCurrency,
    amounts.presentmentTotal,
    amounts.ordered,
    amounts.ordered,
    amounts.lines.reduce((sum, line) => sum + line.currentQuantity, 0),
    `seed-${order.number.toString(36)}`,
    items.join("\n"),
    amounts.lines.reduce((sum, line) => sum + line.grams, 0),
    order.source,
    editable.trackingCompany,
    editable.trackingNumber,
    editable.note,
    editable.tags,
    order.test,
    address,
    address && order.number % 2 ? address : null,
    versions.length,
    order.shopifyValues,
    order.needsReview,
    instant(heard),
    `seed-${order.number.toString(36)}`,
    instant(order.createdAtMs),
    instant(order.createdAtMs),
    instant(order.cancelledAtMs),
    instant(order.closedAtMs),
    instant(order.shippedAtMs),
    instant(order.deliveredAtMs),
    instant(order.createdAtMs),
    instant(versions.at(-1)?.atMs ?? order.createdAtMs),
  ];
}

function lineRows(shopId: string, { id, number, amounts }: SeedOrder): Row[] {
  return amounts.lines.map((line, position) => [
    shopId,
    id,
    position,
    (firstShopifyOrderId / 10 + number) * 10 + position,
    line.title,
    line.variantTitle,
    line.sku,
    line.quantity,
    line.currentQuantity,
    line.unitPrice,
    line.discount,
    line.tax,
    true,
  ]);
}

/** An order that left went in one parcel, and an event told when that arrived. */
function shipmentRows(shopId: string, order: SeedOrder): Row[] {
  if (order.shippedAtMs === null) return [];
  const id = firstShopifyOrderId + order.number;
  const { trackingCompany, trackingNumber } = order.shopifyValues;
  const deliveredAt = instant(order.deliveredAtMs);
  const word = deliveredAt && "delivered";
  const left = instant(order.shippedAtMs);
  return [
    [
      shopId,
      id,
      id,
      "success",
      trackingCompany,
      trackingNumber,
      left,
      deliveredAt,
      deliveredAt !== null,
      word,
      deliveredAt,
      deliveredAt,
    ],
  ];
}

function eventRows(shopId: string, { id, versions }: SeedOrder): Row[] {
  return versions.map(({ kind, staff, changes, overwritten, atMs }, index) => [
    shopId,
    id,
    index + 1,
    kind,
    staff ? "merchant" : "shopify",
    staff?.[0] ?? null,
    staff?.[1] ?? "Shopify",
    changes,
    overwritten,
    instant(atMs),
  ]);
}
