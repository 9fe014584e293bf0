import { isDeepStrictEqual } from "node:util";
import type postgres from "postgres";
import { readFigures } from "../../app/dashboard/figures.server.ts";
import { presetPeriod } from "../../app/dashboard/period.ts";
import { countPlainly } from "../dashboard/plain-figures.ts";
import type { ChaosShop, World } from "./world.ts";

/** How many examples a finding names. */
const examples = 3;

/**
 * Compares what the database holds with the sender's own list, in plain SQL and as a superuser, so that neither the
 * app's queries nor its row-level security have a say. Every sentence it reports is a finding.
 */
export async function consultOracle(world: World): Promise<void> {
  await world.database.asAdmin(async (sql) => {
    await deliveriesHaveTheirRows(world, sql);
    await versionsAreWhole(world, sql);
    await editsStayed(world, sql);
    for (const shop of world.shops) await ordersStandAtTheirLastEvent(world, sql, shop);
  });
  for (const shop of world.shops) await figuresAreRight(world, shop);
}

/** Every acknowledged delivery has one row with a final state, and each repetition one of its own. */
async function deliveriesHaveTheirRows({ ledger, history }: World, sql: postgres.Sql): Promise<void> {
  const sent = ledger.messages.filter(({ acknowledged }) => acknowledged > 0);
  const list = JSON.stringify(
    sent.map(({ shop, webhookId, acknowledged, poison }) => ({
      shop_domain: shop.domain,
      webhook_id: webhookId,
      acknowledged,
      poison,
    })),
  );
  const wrong = await sql<{ webhook_id: string; rows: number; repeated: number; status: string | null }[]>`
    with sent as (
      select * from jsonb_to_recordset(${list}::text::jsonb)
        as sent (shop_domain text, webhook_id text, acknowledged int, poison boolean)
    )
    select webhook_id, count(e.id) filter (where not is_duplicate)::int as rows,
      count(e.id) filter (where is_duplicate)::int as repeated, min(status) filter (where not is_duplicate) as status
    from sent left join webhook_events e using (shop_domain, webhook_id)
    group by webhook_id, acknowledged, poison
    having count(e.id) filter (where not is_duplicate) <> 1
      or count(e.id) filter (where is_duplicate) < acknowledged - 1
      or not case when poison then min(status) filter (where not is_duplicate) = 'failed'
             else min(status) filter (where not is_duplicate) in ('applied', 'stale') end`;
  if (wrong.length > 0)
    history.find(
      `${wrong.length} of ${sent.length} acknowledged deliveries lack a row, a final state or a repetition`,
      {
        examples: wrong.slice(0, examples),
      },
    );
}

/** An order's version is the number of its changes: each has one row of the timeline, none has two. */
async function versionsAreWhole({ history }: World, sql: postgres.Sql): Promise<void> {
  const wrong = await sql`
    select o.id, o.version, count(e.version)::int as changes, max(e.version) as last
    from orders o join shops s on s.id = o.shop_id
    left join order_events e on e.shop_id = o.shop_id and e.order_id = o.id
    where s.name <> 'strange'
    group by o.shop_id, o.id, o.version
    having count(e.version) <> o.version or max(e.version) <> o.version or min(e.version) <> 1`;
  if (wrong.length > 0)
    history.find(`${wrong.length} orders have a version that is not the number of their changes`, {
      examples: wrong.slice(0, examples),
    });
}

/** A save that was answered with 200 is in the timeline at the version that the answer named. */
async function editsStayed({ ledger, history }: World, sql: postgres.Sql): Promise<void> {
  const list = JSON.stringify(
    ledger.edits.map(({ shop, ...edit }) => ({ shop_id: shop.shopId, order_id: edit.orderId, ...edit })),
  );
  const lost = await sql`
    select edit.* from jsonb_to_recordset(${list}::text::jsonb)
      as edit (shop_id uuid, order_id uuid, version int, note text)
    where not exists (
      select from order_events e where e.shop_id = edit.shop_id and e.order_id = edit.order_id
        and e.version = edit.version and e.changes->'note'->>'to' = edit.note)`;
  if (lost.length > 0)
    history.find(`${lost.length} of ${ledger.edits.length} acknowledged saves are not in the timeline`, {
      examples: lost.slice(0, examples),
    });
}

interface StoredOrder {
  id: string;
  total_minor: string;
  updated_ms: string;
  status: string;
}

async function ordersStandAtTheirLastEvent(
  { ledger, history }: World,
  sql: postgres.Sql,
  shop: ChaosShop,
): Promise<void> {
  const rows = await sql<StoredOrder[]>`
    select shopify_order_id::text as id, total_minor::text,
      (extract(epoch from last_external_updated_at) * 1000)::bigint::text as updated_ms, status
    from orders where shop_id = ${shop.shopId} and deleted_at is null`;
  const stored = new Map(rows.map((row) => [row.id, { ...row }]));
  const sent = ledger.ordersOf(shop);
  const wrong = sent.flatMap(({ id, totalMinor, updatedMs, paid }) => {
    const expected = {
      id,
      total_minor: String(totalMinor),
      updated_ms: String(updatedMs),
      status: paid ? "CONFIRMED" : "PENDING",
    };
    const found = stored.get(id);
    return isDeepStrictEqual(found, expected) ? [] : [{ expected, found: found ?? null }];
  });
  if (wrong.length > 0)
    history.find(
      `${wrong.length} of ${sent.length} orders of ${shop.domain} do not stand at their last event`,
      {
        examples: wrong.slice(0, examples),
      },
    );
  if (stored.size > sent.length)
    history.find(`${shop.domain} has ${stored.size} orders, but only ${sent.length} were sent`);
}

/** The dashboard's counters against a plain count of the orders. */
async function figuresAreRight({ db, history }: World, { shopId, domain }: ChaosShop): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const period = presetPeriod("all", today);
  const figures = await readFigures(db, { id: shopId, currency: "EUR" }, period);
  const plain = await countPlainly(db, shopId, period, "Europe/Berlin");
  if (isDeepStrictEqual(figures.now, plain.now) && figures.needsReview === plain.needsReview) return;
  history.find(`the figures of ${domain} differ from a plain count`, {
    figures: figures.now,
    plain: plain.now,
  });
}
