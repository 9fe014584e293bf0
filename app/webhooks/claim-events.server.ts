import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** A delivery on its way to being applied. */
export interface ClaimedEvent {
  id: number;
  shopId: ShopId;
  topic: string;
  body: string;
  bodySha256: string;
  triggeredAt: string | null;
  /** Microseconds since 1970. */
  triggeredUs: number | null;
  attempts: number;
  /** When it was committed at the door, epoch milliseconds. */
  receivedMs: number;
  /** The trace it belongs to, when the door was traced. */
  traceparent: string | null;
}

export interface ClaimOptions {
  /** Most events in one claim. */
  limit: number;
  /** Most events of one shop in one claim, so that a shop's flood leaves room for the others. */
  perShop: number;
  /** Start after this shop, so that every shop gets its turn however the ids sort; null starts at the first. */
  afterShop: ShopId | null;
  /** Shops that others are busy with already, who will go on with them. */
  exceptShops?: ShopId[];
}

/**
 * Claims open events until the end of the transaction: whoever else claims skips them, and if this process
 * dies they are open again at once. Every shop's share, and more of a shop that has more when it is alone: what is
 * claimed with a flood is also committed with it.
 */
export async function claimEvents(tx: Tx, options: ClaimOptions): Promise<ClaimedEvent[]> {
  const { limit, perShop } = options;
  const shares = await claimShares(tx, options, []);
  const isAlone = shares.every(({ shopId }) => shopId === shares[0]?.shopId);
  if (!isAlone || shares.length < perShop || shares.length >= limit) return shares;
  const room = limit - shares.length;
  const claimed = shares.map(({ id }) => id);
  return [...shares, ...(await claimShares(tx, { ...options, limit: room, perShop: room }, claimed))];
}

/** Walks from shop to shop along the index of open events. Our own locks are no reason to skip, so `except` is. */
async function claimShares(
  tx: Tx,
  { limit, perShop, afterShop, exceptShops = [] }: ClaimOptions,
  except: number[],
): Promise<ClaimedEvent[]> {
  const rows = await tx.sql<ClaimedRow[]>`
    with recursive turn as (
      (select shop_id from webhook_events
        where status = 'received' and shop_id > ${afterShop ?? "00000000-0000-0000-0000-000000000000"}::uuid
        order by shop_id limit 1)
      union all
      select (select e.shop_id from webhook_events e where e.status = 'received' and e.shop_id > turn.shop_id
              order by e.shop_id limit 1)
      from turn where turn.shop_id is not null
    )
    select open.* from turn cross join lateral (
      select ${claimedColumns(tx)}
      from webhook_events e
      where e.shop_id = turn.shop_id and e.status = 'received' and e.next_attempt_at <= now()
        and e.id <> all (${except}::bigint[])
      order by id limit ${perShop} for update skip locked
    ) open where turn.shop_id <> all (${exceptShops}::uuid[]) limit ${limit}`;
  return rows.map(toClaimedEvent);
}

/** Claims open events of one shop, the oldest first. */
export async function claimEventsOf(tx: Tx, shopId: ShopId, limit: number): Promise<ClaimedEvent[]> {
  const rows = await tx.sql<ClaimedRow[]>`
    select ${claimedColumns(tx)}
    from webhook_events where shop_id = ${shopId} and status = 'received' and next_attempt_at <= now()
    order by id limit ${limit} for update skip locked`;
  return rows.map(toClaimedEvent);
}

/** Claims the given events, as far as they are still open. A failed group is split with it. */
export async function claimEventsById(tx: Tx, ids: number[]): Promise<ClaimedEvent[]> {
  const rows = await tx.sql<ClaimedRow[]>`
    select ${claimedColumns(tx)}
    from webhook_events where id = any(${ids}::bigint[]) and status = 'received'
    order by id for update skip locked`;
  return rows.map(toClaimedEvent);
}

const claimedColumns = ({
  sql,
}: Tx) => sql`id, shop_id, topic, body, body_sha256, triggered_at, attempts, traceparent,
  (extract(epoch from triggered_at) * 1000000)::bigint as triggered_us,
  (extract(epoch from received_at) * 1000)::bigint as received_ms`;

interface ClaimedRow {
  id: string;
  shop_id: ShopId;
  topic: string;
  body: string;
  body_sha256: string;
  triggered_at: string | null;
  triggered_us: string | null;
  received_ms: string;
  traceparent: string | null;
  attempts: number;
}

function toClaimedEvent(row: ClaimedRow): ClaimedEvent {
  return {
    id: Number(row.id),
    shopId: row.shop_id,
    topic: row.topic,
    body: row.body,
    bodySha256: row.body_sha256,
    triggeredAt: row.triggered_at && new Date(row.triggered_at).toISOString(),
    triggeredUs: row.triggered_us === null ? null : Number(row.triggered_us),
    attempts: row.attempts,
    receivedMs: Number(row.received_ms),
    traceparent: row.traceparent,
  };
}

export interface EventResult {
  id: number;
  status: "applied" | "stale" | "ignored" | "failed" | "received";
  error: string | null;
  shopifyOrderId: string | null;
  shopifyCustomerId?: string | null;
  /** The raw bytes are personal data that must not be kept. */
  erase?: boolean;
  /** For an event that stays open: seconds until its next attempt. */
  retryInSeconds?: number;
}

/**
 * Gives events their state, in one statement, and counts an attempt for those that failed or wait for another. The ids
 * stand there twice: a join alone may be planned as a walk over the whole inbox while that is small.
 */
export async function markEvents(tx: Tx, results: EventResult[]): Promise<void> {
  await tx.sql`
    update webhook_events e set
      status = r.status, error = r.error, shopify_order_id = coalesce(r."shopifyOrderId", e.shopify_order_id),
      shopify_customer_id = coalesce(r."shopifyCustomerId", e.shopify_customer_id),
      body = case when r.erase then null else e.body end,
      erased_at = case when r.erase then now() else e.erased_at end,
      attempts = case when r.status in ('failed', 'received') then e.attempts + 1 else e.attempts end,
      next_attempt_at = case when r.status = 'received' then now() + make_interval(secs => r."retryInSeconds")
                             else e.next_attempt_at end,
      processed_at = case when r.status = 'received' then null else now() end
    from json_to_recordset(${JSON.stringify(results)}::text::json) as r (id bigint, status text, error text,
      "shopifyOrderId" bigint, "shopifyCustomerId" bigint, erase boolean, "retryInSeconds" double precision)
    where e.id = r.id and e.id = any(${results.map(({ id }) => id)}::bigint[])`;
  const erased = results.filter(({ erase }) => erase).map(({ id }) => id);
  if (erased.length === 0) return;
  // A repeated delivery keeps a body of its own when it differs.
  await tx.sql`
    update webhook_events d set body = null, erased_at = now() from webhook_events first
    where first.id = any(${erased}::bigint[]) and d.shop_id = first.shop_id and d.webhook_id = first.webhook_id
      and d.is_duplicate and d.body is not null`;
}
