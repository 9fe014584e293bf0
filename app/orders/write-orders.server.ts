import type { Tx } from "../db.server.ts";
import { type ShopId, shopifyActor } from "../shops/shop.ts";
import type { OrderFold } from "./order-fold.ts";

/**
 * Writes folded orders: rows, lines and timeline, three statements for the whole set. Rows travel as one JSON
 * parameter each, which keeps the statements prepared whatever the number of orders.
 */
export async function writeOrders(tx: Tx, shopId: ShopId, folds: OrderFold[]): Promise<void> {
  const stored = folds.filter((fold) => fold.state !== null);
  if (stored.length === 0) return;
  // Sent without waiting for each other; the connection does them in this order.
  await Promise.all([
    upsertOrders(tx, shopId, stored),
    replaceLines(tx, shopId, stored),
    appendVersions(tx, shopId, stored),
  ]);
}

/** Marks orders as deleted and leaves a tombstone, also for an order we never saw. */
export async function writeDeletions(tx: Tx, shopId: ShopId, folds: OrderFold[]): Promise<void> {
  if (folds.length === 0) return;
  const ids = folds.map(({ shopifyOrderId }) => shopifyOrderId);
  await tx.sql`insert into order_tombstones (shop_id, shopify_order_id)
               select ${shopId}::uuid, id from unnest(${ids}::bigint[]) id on conflict do nothing`;
  await tx.sql`update orders set deleted_at = now(), updated_at = now()
               where shop_id = ${shopId} and shopify_order_id = any(${ids}::bigint[]) and deleted_at is null`;
}

async function upsertOrders(tx: Tx, shopId: ShopId, folds: OrderFold[]): Promise<void> {
  const rows = JSON.stringify(folds.map(toRow));
  await tx.sql`
    insert into orders (shop_id, id, shopify_order_id, customer_id, last_webhook_event_id, version, status,
      tracking_company, tracking_number, note, shopify_values, needs_review, last_external_updated_at,
      last_triggered_at, last_content_hash, name, financial_status, fulfillment_status, customer_name, email,
      currency, total_minor, subtotal_minor, tax_minor, discount_minor, shipping_fee_minor, taxes_included,
      presentment_currency, presentment_total_minor, ordered_total_minor, computed_total_minor, item_count,
      lines_hash, items_text, total_weight_grams, shipping_lines, source_name, tags, test, shipping_address, billing_address,
      created_at, processed_at, cancelled_at, closed_at, shipped_at, delivered_at)
    select ${shopId}::uuid, r.id, r.shopify_order_id, r.customer_id, r.last_webhook_event_id, r.version, r.status,
      r.tracking_company, r.tracking_number, r.note, r.shopify_values, r.needs_review, r.last_external_updated_at,
      to_timestamp(r.last_triggered_us / 1000000.0), r.last_content_hash, r.name, r.financial_status,
      r.fulfillment_status, r.customer_name, r.email, r.currency, r.total_minor, r.subtotal_minor, r.tax_minor,
      r.discount_minor, r.shipping_fee_minor, r.taxes_included, r.presentment_currency, r.presentment_total_minor,
      r.ordered_total_minor, r.computed_total_minor, r.item_count, r.lines_hash, r.items_text,
      r.total_weight_grams, r.shipping_lines, r.source_name, r.tags, r.test, r.shipping_address, r.billing_address, r.created_at,
      r.processed_at, r.cancelled_at, r.closed_at, r.shipped_at, r.delivered_at
    from json_to_recordset(${rows}::text::json) as r (id uuid, shopify_order_id bigint, customer_id uuid,
      last_webhook_event_id bigint, version int, status text, tracking_company text, tracking_number text, note text,
      shopify_values jsonb, needs_review boolean, last_external_updated_at timestamptz, last_triggered_us bigint,
      last_content_hash text, name text, financial_status text, fulfillment_status text, customer_name text,
      email text, currency text, total_minor bigint, subtotal_minor bigint, tax_minor bigint, discount_minor bigint,
      shipping_fee_minor bigint, taxes_included boolean, presentment_currency text, presentment_total_minor bigint,
      ordered_total_minor bigint, computed_total_minor bigint, item_count int, lines_hash text, items_text text,
      total_weight_grams int, shipping_lines int, source_name text,
      tags text[], test boolean, shipping_address jsonb, billing_address jsonb, created_at timestamptz,
      processed_at timestamptz, cancelled_at timestamptz, closed_at timestamptz, shipped_at timestamptz,
      delivered_at timestamptz)
    on conflict (shop_id, id) do update set
      customer_id = excluded.customer_id, last_webhook_event_id = excluded.last_webhook_event_id,
      version = excluded.version, status = excluded.status, tracking_company = excluded.tracking_company,
      tracking_number = excluded.tracking_number, note = excluded.note, shopify_values = excluded.shopify_values,
      needs_review = excluded.needs_review, last_external_updated_at = excluded.last_external_updated_at,
      last_triggered_at = excluded.last_triggered_at, last_content_hash = excluded.last_content_hash,
      name = excluded.name, financial_status = excluded.financial_status,
      fulfillment_status = excluded.fulfillment_status, customer_name = excluded.customer_name,
      email = excluded.email, currency = excluded.currency, total_minor = excluded.total_minor,
      subtotal_minor = excluded.subtotal_minor, tax_minor = excluded.tax_minor,
      discount_minor = excluded.discount_minor, shipping_fee_minor = excluded.shipping_fee_minor,
      taxes_included = excluded.taxes_included, presentment_currency = excluded.presentment_currency,
      presentment_total_minor = excluded.presentment_total_minor, ordered_total_minor = excluded.ordered_total_minor,
      computed_total_minor = excluded.computed_total_minor, item_count = excluded.item_count,
      lines_hash = excluded.lines_hash, items_text = excluded.items_text,
      total_weight_grams = excluded.total_weight_grams, shipping_lines = excluded.shipping_lines, source_name = excluded.source_name, tags = excluded.tags,
      test = excluded.test, shipping_address = excluded.shipping_address, billing_address = excluded.billing_address,
      created_at = excluded.created_at, processed_at = excluded.processed_at, cancelled_at = excluded.cancelled_at,
      closed_at = excluded.closed_at, shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at,
      updated_at = now()`;
}

function toRow(fold: OrderFold) {
  const { state } = fold;
  if (!state) throw new Error("only orders with a state are written");
  return {
    id: fold.id,
    shopify_order_id: fold.shopifyOrderId,
    customer_id: fold.customerId,
    last_webhook_event_id: fold.webhookEventId,
    version: state.version,
    ...snakeKeys(state.editable),
    ...snakeKeys(state.external),
    shopify_values: state.base,
    needs_review: state.needsReview,
    last_external_updated_at: state.lastExternalUpdatedAt,
    last_triggered_us: state.lastTriggeredUs,
    last_content_hash: state.lastContentHash,
  };
}

/** Our fields are the columns' names in camelCase, so the mapping is one rule and not a list to keep in step. */
function snakeKeys(fields: object): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) row[snakeKey(key)] = value;
  return row;
}

/** Each name is worked out once: a batch asks for thousands. */
const snakeNames = new Map<string, string>();

function snakeKey(key: string): string {
  const known = snakeNames.get(key);
  if (known) return known;
  const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(key, name);
  return name;
}

async function replaceLines(tx: Tx, shopId: ShopId, folds: OrderFold[]): Promise<void> {
  const withLines = folds.filter((fold) => fold.lines !== null);
  if (withLines.length === 0) return;
  const known = withLines.filter((fold) => fold.stored !== null).map((fold) => fold.id);
  if (known.length > 0) {
    await tx.sql`delete from order_lines where shop_id = ${shopId} and order_id = any(${known}::uuid[])`;
  }
  const rows = withLines.flatMap(({ id, lines }) =>
    (lines ?? []).map((line) => ({ order_id: id, ...snakeKeys(line) })),
  );
  await tx.sql`
    insert into order_lines (shop_id, order_id, shopify_line_id, position, title, variant_title, sku, quantity,
      current_quantity, unit_price_minor, discount_minor, tax_minor, taxable)
    select ${shopId}::uuid, * from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (order_id uuid,
      shopify_line_id bigint, position int, title text, variant_title text, sku text, quantity int,
      current_quantity int, unit_price_minor bigint, discount_minor bigint, tax_minor bigint, taxable boolean)`;
}

async function appendVersions(tx: Tx, shopId: ShopId, folds: OrderFold[]): Promise<void> {
  const rows = folds.flatMap(({ id, versions }) =>
    versions.map((version) => ({ order_id: id, ...snakeKeys(version) })),
  );
  if (rows.length === 0) return;
  await tx.sql`
    insert into order_events (shop_id, order_id, version, kind, changes, overwritten, webhook_event_id, actor_kind, actor_name)
    select ${shopId}::uuid, r.*, ${shopifyActor.kind}, ${shopifyActor.name}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (order_id uuid, version int, kind text,
      changes jsonb, overwritten jsonb, webhook_event_id bigint)`;
}
