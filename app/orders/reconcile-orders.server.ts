import { createHash } from "node:crypto";
import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { queryShop, type TokenContext } from "../shops/shop-tokens.server.ts";
import { type AppliedEvents, applyOrderEvents, type OrderEvent } from "./apply-order-events.server.ts";
import { mapOrderPayload } from "./map-order-payload.ts";
import {
  changedOrdersQuery,
  changedOrdersSchema,
  type OrderAnswer,
  orderAnswerSchema,
  orderQuery,
  shipmentsAnswerSchema,
  shipmentsAtOnce,
  shipmentsQuery,
} from "./shopify-order-queries.ts";
import { toOrderPayload } from "./to-order-payload.ts";

/** Orders older than this are not readable without a special permission (Shopify: "Order object"). */
const reachDays = 60;

/** A first import can take long; it goes on in another job before the queue gives this one up. */
const longestRunMs = 5 * 60_000;

/** A change may become searchable a little after it happened. */
const overlapMs = 5 * 60_000;

/** What follows from an order that was fetched, in the transaction that writes it. */
export type AfterFetch = (
  tx: Tx,
  fetched: { shopId: ShopId; written: AppliedEvents["written"]; payload: unknown; erased: boolean },
) => Promise<{ documents: string[]; changed: boolean }>;

/**
 * Asks Shopify which orders have changed since the last time and fetches those we do not have in that state, so
 * that a delivery that never came is noticed. In the quiet case that is one call.
 *
 * @param afterFetch what features to the right do with each order, such as bill it
 * @param stopping ends the work after the order under way
 * @returns "unfinished" when there is more to fetch: run it again
 * @throws ShopifyCallFailed
 */
export async function reconcileOrders(
  context: TokenContext,
  shopId: ShopId,
  stopping: AbortSignal,
  afterFetch: AfterFetch = async () => ({ documents: [], changed: false }),
): Promise<"done" | "unfinished"> {
  const endsAt = performance.now() + longestRunMs;
  const { db } = context;
  const startedAt = new Date();
  const since = await readStart(db, shopId);
  if (!since) return "done";
  let after: string | null = null;
  do {
    const variables: object = { query: `updated_at:>='${since.toISOString()}'`, after };
    const { orders } = changedOrdersSchema.parse(
      await queryShop(context, shopId, changedOrdersQuery, variables),
    );
    for (const id of await selectMissing(db, shopId, orders.nodes)) {
      // What has been fetched stays; the next run finds the rest missing and goes on there.
      if (stopping.aborted || performance.now() > endsAt) return "unfinished";
      const answer = await fetchOrder(context, shopId, id);
      if (answer) await applyAnswer(db, shopId, answer, afterFetch);
    }
    after = orders.pageInfo.hasNextPage ? (orders.pageInfo.endCursor ?? null) : null;
  } while (after);
  await withShop(
    db,
    shopId,
    (tx) => tx.sql`update shops set reconciled_until = ${startedAt.toISOString()} where id = ${shopId}`,
  );
  return "done";
}

/** Where to begin; null when the shop has uninstalled the app since the job was added. */
async function readStart(db: Db, shopId: ShopId): Promise<Date | null> {
  const [shop] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ reconciled_until: string | null }[]>`
      select reconciled_until from shops where id = ${shopId} and uninstalled_at is null`,
  );
  if (!shop) return null;
  if (!shop.reconciled_until) return new Date(Date.now() - reachDays * 86_400_000);
  return new Date(new Date(shop.reconciled_until).getTime() - overlapMs);
}

/** The orders of a page that we lack or have in an older state. */
async function selectMissing(
  db: Db,
  shopId: ShopId,
  changed: { legacyResourceId: string; updatedAt: string }[],
): Promise<string[]> {
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ id: string }[]>`
      select c."legacyResourceId"::text as id
      from json_to_recordset(${JSON.stringify(changed)}::text::json) as c ("legacyResourceId" bigint, "updatedAt" timestamptz)
      left join orders o on o.shop_id = ${shopId} and o.shopify_order_id = c."legacyResourceId"
      left join order_tombstones t on t.shop_id = ${shopId} and t.shopify_order_id = c."legacyResourceId"
      where t.shop_id is null and (o.id is null or o.last_external_updated_at < c."updatedAt")`,
  );
  return rows.map(({ id }) => id);
}

/** Reads an order with all its lines and shipments. @returns null when it has been deleted meanwhile */
async function fetchOrder(context: TokenContext, shopId: ShopId, id: string): Promise<OrderAnswer | null> {
  let order: OrderAnswer | null = null;
  let afterLine: string | null = null;
  const gid = `gid://shopify/Order/${id}`;
  do {
    const variables: object = { id: gid, afterLine };
    const answer = orderAnswerSchema.parse(await queryShop(context, shopId, orderQuery, variables)).order;
    if (!answer) return null;
    if (order) answer.lineItems.nodes.unshift(...order.lineItems.nodes);
    order = answer;
    afterLine = answer.lineItems.pageInfo.hasNextPage ? (answer.lineItems.pageInfo.endCursor ?? null) : null;
  } while (afterLine);
  if (order.fulfillments.length < shipmentsAtOnce) return order;
  // One that is not read would look as if Shopify had taken it back.
  const all = shipmentsAnswerSchema.parse(
    await queryShop(context, shopId, shipmentsQuery, { id: gid }),
  ).order;
  return all && { ...order, fulfillments: all.fulfillments };
}

async function applyAnswer(
  db: Db,
  shopId: ShopId,
  answer: OrderAnswer,
  afterFetch: AfterFetch,
): Promise<void> {
  const payload = toOrderPayload(answer);
  const contentHash = createHash("sha256").update(JSON.stringify(payload)).digest("hex");
  const event: OrderEvent = {
    key: 0,
    kind: "payload",
    order: mapOrderPayload(payload),
    arrival: { triggeredUs: null, contentHash },
    webhookEventId: null,
  };
  const { orders, documents, change } = await withShop(db, shopId, async (tx) => {
    const { changed: orders, written, verdicts } = await applyOrderEvents(tx, shopId, [event]);
    const erased = verdicts.some((verdict) => verdict.erased);
    const after = await afterFetch(tx, { shopId, written, payload, erased });
    const visible = orders.length > 0 || after.changed;
    return { orders, ...after, change: visible ? await countChange(tx, shopId) : null };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders, documents });
}
