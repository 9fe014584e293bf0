import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { eraseAllViews, eraseViewsNaming } from "./erase-views.server.ts";
import type { ComplianceTopic } from "./privacy-requests.server.ts";

/** Rows erased in one transaction: a shop with a million orders must not hold its locks for minutes. */
const chunkSize = 500;

/** Who the timeline names for an erasure. */
const privacyActor: Actor = { kind: "job", id: null, name: "Privacy request" };

interface RequestRow {
  topic: ComplianceTopic;
  shopify_customer_id: string | null;
  shopify_order_ids: string[];
  completed_at: string | null;
}

/** Whose data goes. Told by the request's topic alone, so that nothing missing can ever mean "everybody". */
type Scope = { kind: "shop" } | { kind: "customer"; id: string; orderIds: string[] };

/**
 * Carries out a redaction request: names, addresses, e-mail, phone and notes leave the customers, the orders, the
 * timeline and the inbox's raw bodies, and saved views that name the person go; amounts and statuses stay. An order that a merchant now sees differently
 * gets a version like any other change, without the texts. Issued invoices and credit notes stay as they are, because
 * the law has the merchant keep them; the request's outcome says how many.
 *
 * Safe to run again after a crash: it starts from the first order and finds nothing more to version.
 *
 * Source of the rule: domain rule 6; Shopify, "Privacy law compliance" (30 days to act).
 */
export async function erasePersonalData(db: Db, shopId: ShopId, requestId: string): Promise<void> {
  const request = await withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<RequestRow[]>`
      select topic, shopify_customer_id, shopify_order_ids::text[] as shopify_order_ids, completed_at
      from privacy_requests where shop_id = ${shopId} and id = ${requestId}`;
    return row;
  });
  if (!request || request.completed_at) return;
  const scope = scopeOf(request);
  const erased: Erased = { customers: await eraseCustomers(db, shopId, scope), orders: 0, deliveries: 0 };
  let cursor: string | null = firstId;
  while (cursor !== null) {
    const chunk = await eraseOrderChunk(db, shopId, scope, cursor);
    erased.orders += chunk.orders;
    erased.deliveries += chunk.deliveries;
    if (chunk.documents > 0) erased.documentsKept = (erased.documentsKept ?? 0) + chunk.documents;
    cursor = chunk.next;
  }
  erased.deliveries +=
    scope.kind === "shop" ? await eraseInbox(db, shopId) : await eraseDeliveriesOf(db, shopId, scope);
  erased.deliveries += await eraseDuplicates(db, shopId);
  await withShop(db, shopId, async (tx) => {
    // Files may name the person and so may the search they came from. One being written cannot go on without its row.
    await tx.sql`delete from list_exports where shop_id = ${shopId}`;
    // The same goes for the search that chose the orders of a bulk action and for pasted lines that were no use.
    await tx.sql`
      update bulk_actions set query = null, input = input - 'problems'
      where shop_id = ${shopId} and (query is not null or input ? 'problems')`;
    await tx.sql`
      update privacy_requests set completed_at = now(), outcome = ${JSON.stringify(erased)}::text::jsonb
      where shop_id = ${shopId} and id = ${requestId}`;
  });
}

/** What became of the rows, as the request's outcome keeps it. */
interface Erased {
  customers: number;
  orders: number;
  deliveries: number;
  documentsKept?: number;
}

function scopeOf(request: RequestRow): Scope {
  if (request.topic === "shop/redact") return { kind: "shop" };
  if (request.topic !== "customers/redact") throw new Error(`${request.topic} asks for no erasure`);
  if (request.shopify_customer_id === null) throw new Error("a customer's erasure names the customer");
  return { kind: "customer", id: request.shopify_customer_id, orderIds: request.shopify_order_ids };
}

/**
 * Blanks the customers first, after every batch of deliveries under way: what commits before is found by the
 * chunks that follow, what starts after sees the erasure (see {@link holdOffErasure}).
 *
 * Only a customer's own request leaves the mark that keeps a person anonymous for good, also when we hear of them
 * only later. A redacted shop that installs again may have its customers back.
 */
async function eraseCustomers(db: Db, shopId: ShopId, scope: Scope): Promise<number> {
  const { erased, change } = await withShop(db, shopId, async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('erasure ' || ${shopId}::text, 0))`;
    const views = await eraseViews(tx, shopId, scope);
    const erased = await blankCustomers(tx, shopId, scope);
    return { erased, change: erased + views > 0 ? await countChange(tx, shopId) : null };
  });
  // The list of customers and the tabs show it whether or not an order changes too.
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return erased;
}

const eraseViews = (tx: Tx, shopId: ShopId, scope: Scope): Promise<number> =>
  scope.kind === "shop"
    ? eraseAllViews(tx, shopId)
    : eraseViewsNaming(tx, shopId, { shopifyCustomerId: scope.id, isTheirs: inScope(tx, shopId, scope) });

async function blankCustomers(tx: Tx, shopId: ShopId, scope: Scope): Promise<number> {
  if (scope.kind === "shop") {
    const { count } = await tx.sql`
      update customers set first_name = null, last_name = null, email = null, phone = null, note = null,
        version = version + (note is not null)::int, updated_at = now()
      where shop_id = ${shopId} and (first_name is not null or last_name is not null or email is not null
        or phone is not null or note is not null)`;
    return count;
  }
  await tx.sql`
    insert into customers (shop_id, id, shopify_customer_id, erased_at)
    values (${shopId}, gen_random_uuid(), ${scope.id}, now()) on conflict do nothing`;
  const { count } = await tx.sql`
    update customers set first_name = null, last_name = null, email = null, phone = null, note = null,
      version = version + (note is not null)::int, erased_at = now(), updated_at = now()
    where shop_id = ${shopId} and shopify_customer_id = ${scope.id} and erased_at is null`;
  return count;
}

/**
 * Keeps an erasure of the shop from starting until the transaction ends, as an expression for a statement that is
 * sent anyway. Without it a delivery that is being applied could commit its body just behind the erasure's back.
 */
export const holdOffErasure = (tx: Tx, shopId: ShopId) =>
  tx.sql`pg_advisory_xact_lock_shared(hashtextextended('erasure ' || ${shopId}::text, 0))`;

const firstId = "00000000-0000-0000-0000-000000000000";

interface OrderChunk {
  orders: number;
  deliveries: number;
  /** Issued documents that name the person and are kept. */
  documents: number;
  /** The last order's id; null after the last chunk. */
  next: string | null;
}

async function eraseOrderChunk(db: Db, shopId: ShopId, scope: Scope, cursor: string): Promise<OrderChunk> {
  const { chunk, changed, change } = await withShop(db, shopId, async (tx) => {
    const orders = await eraseOrders(tx, shopId, scope, cursor);
    const deliveries = orders.length > 0 ? await eraseTraces(tx, shopId, orders) : 0;
    const documents = orders.length > 0 ? await eraseBilling(tx, shopId, orders) : 0;
    const changed = orders.flatMap(({ id, version, risen }) => (risen ? [{ id, version }] : []));
    const next = orders.length < chunkSize ? null : (orders.at(-1)?.id ?? null);
    return {
      chunk: { orders: orders.length, deliveries, documents, next },
      changed,
      change: changed.length > 0 ? await countChange(tx, shopId) : null,
    };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: changed });
  return chunk;
}

interface ErasedOrder {
  id: string;
  shopify_order_id: string;
  version: number;
  /** A merchant sees the order differently now. */
  risen: boolean;
}

/** The scope as a condition on `orders o`. */
const inScope = ({ sql }: Tx, shopId: ShopId, scope: Scope) =>
  scope.kind === "shop"
    ? sql`true`
    : sql`o.id in (
        select mine.id from orders mine join customers c on c.shop_id = mine.shop_id and c.id = mine.customer_id
        where c.shop_id = ${shopId} and c.shopify_customer_id = ${scope.id}
        union all
        select id from orders where shop_id = ${shopId} and shopify_order_id = any(${scope.orderIds}::bigint[]))`;

/**
 * Erases the next orders of the scope, in the order of their ids and whether or not they still hold something:
 * one that Shopify blanked before us has its timeline and its deliveries still.
 */
function eraseOrders(tx: Tx, shopId: ShopId, scope: Scope, cursor: string): Promise<ErasedOrder[]> {
  return tx.sql<ErasedOrder[]>`
    with target as (
      select o.id, o.deleted_at is null as visible,
        (select coalesce(jsonb_object_agg(field, '{"from": null, "to": null, "erased": true}'::jsonb), '{}')
         from (values ('customerName', o.customer_name is not null), ('email', o.email is not null),
                      ('shippingAddress', o.shipping_address is not null),
                      ('billingAddress', o.billing_address is not null), ('note', o.note is not null)) as f (field, known)
         where known) as changes
      from orders o where o.shop_id = ${shopId} and o.id > ${cursor}::uuid and ${inScope(tx, shopId, scope)}
      order by o.id limit ${chunkSize} for update of o
    ), erased as (
      update orders o set customer_name = null, email = null, shipping_address = null, billing_address = null,
        note = null, shopify_values = o.shopify_values || '{"note": null}', updated_at = now(),
        -- A shop that installs again must not take Shopify's unchanged order for one it has already.
        last_content_hash = case when ${scope.kind === "shop"} then '' else o.last_content_hash end,
        last_triggered_at = case when ${scope.kind === "shop"} then null else o.last_triggered_at end,
        version = o.version + (t.visible and t.changes <> '{}')::int
      from target t where o.shop_id = ${shopId} and o.id = t.id
      returning o.id, o.shopify_order_id, o.version, t.visible and t.changes <> '{}' as risen, t.changes
    ), noted as (
      insert into order_events (shop_id, order_id, version, kind, actor_kind, actor_id, actor_name, changes)
      select ${shopId}::uuid, id, version, 'erased', ${privacyActor.kind}, ${privacyActor.id}, ${privacyActor.name}, changes
      from erased where risen
    )
    select id, shopify_order_id, version, risen from erased order by id`;
}

/** Blanks what the timeline and the deliveries of the given orders still tell. @returns the number of deliveries */
async function eraseTraces(tx: Tx, shopId: ShopId, orders: ErasedOrder[]): Promise<number> {
  const ids = orders.map(({ id }) => id);
  await tx.sql`select erase_order_event_texts(${ids}::uuid[])`;
  await eraseMails(tx, shopId, ids);
  const { count } = await tx.sql`
    update webhook_events set body = null, rejected_body = null, erased_at = now()
    where shop_id = ${shopId} and shopify_order_id = any(${orders.map((order) => order.shopify_order_id)}::bigint[])
      and status <> 'received' and erased_at is null`;
  return count;
}

/**
 * Blanks what is kept of the given orders to bill them: attributes that name a company, remarks on refunds and
 * payments, and prepared invoices that nobody has issued.
 * @returns the number of issued documents, which stay
 */
async function eraseBilling(tx: Tx, shopId: ShopId, orders: ErasedOrder[]): Promise<number> {
  const ids = orders.map(({ id }) => id);
  await tx.sql`
    update order_bills set bill_hash = 'erased', updated_at = now(),
      bill = bill || '{"attributes": [], "company": null, "purchaseOrder": null}' || jsonb_build_object('refunds',
        (select coalesce(jsonb_agg(refund || '{"note": null}' order by place), '[]')
         from jsonb_array_elements(bill -> 'refunds') with ordinality as r (refund, place)))
    where shop_id = ${shopId} and order_id = any(${ids}::uuid[]) and bill_hash <> 'erased'`;
  await tx.sql`
    delete from invoice_drafts where shop_id = ${shopId} and order_id = any(${ids}::uuid[]) and content is not null`;
  await tx.sql`
    update document_payments p set note = null from documents d
    where d.shop_id = ${shopId} and d.order_id = any(${ids}::uuid[]) and p.shop_id = d.shop_id
      and p.document_id = d.id and p.note is not null`;
  const [row] = await tx.sql<{ documents: number }[]>`
    select count(*)::int as documents from documents
    where shop_id = ${shopId} and order_id = any(${ids}::uuid[])`;
  return row?.documents ?? 0;
}

/** Mails forget whom they went to, those that wait are not sent, and nobody reaches the documents by a link any more. */
async function eraseMails(tx: Tx, shopId: ShopId, orderIds: string[]): Promise<void> {
  await tx.sql`
    update document_mails set recipient = null,
      last_error = case when state = 'queued' then 'The address was erased before the mail was sent.' end,
      state = case when state = 'queued' then 'failed' else state end
    where shop_id = ${shopId} and order_id = any(${orderIds}::uuid[]) and recipient is not null`;
  await tx.sql`
    update document_links set revoked_at = now()
    where shop_id = ${shopId} and order_id = any(${orderIds}::uuid[]) and revoked_at is null`;
}

/**
 * The customer's deliveries that belong to no stored order. One that names nobody in a place we can read, such as
 * a refused body, is theirs when it holds the customer's or an order's id anywhere.
 */
function eraseDeliveriesOf(
  db: Db,
  shopId: ShopId,
  { id, orderIds }: Extract<Scope, { kind: "customer" }>,
): Promise<number> {
  const anyId = `\\m(${[id, ...orderIds].join("|")})\\M`;
  return withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update webhook_events set body = null, rejected_body = null, erased_at = now()
      where shop_id = ${shopId} and status <> 'received' and erased_at is null
        and (shopify_customer_id = ${id} or shopify_order_id = any(${orderIds}::bigint[])
          or (shopify_order_id is null and shopify_customer_id is null
              and (body ~ ${anyId} or encode(rejected_body, 'escape') ~ ${anyId})))`;
    return count;
  });
}

/** A redacted shop keeps no body at all. What is still open is blanked once it is applied. */
async function eraseInbox(db: Db, shopId: ShopId): Promise<number> {
  let erased = 0;
  let cursor: string | null = "0";
  while (cursor !== null) {
    const after: string = cursor;
    const ids = await withShop(db, shopId, async (tx) => [
      ...(await tx.sql<{ id: string }[]>`
        with target as (
          select id from webhook_events
          where shop_id = ${shopId} and id > ${after} and status <> 'received' and erased_at is null
          order by id limit ${chunkSize}
        )
        update webhook_events e set body = null, rejected_body = null, erased_at = now()
        from target where e.id = target.id returning e.id`),
    ]);
    erased += ids.length;
    cursor = ids.length < chunkSize ? null : String(Math.max(...ids.map(({ id }) => Number(id))));
  }
  return erased;
}

/** A repeated delivery that differed from its first one kept a body of its own and goes with it. */
function eraseDuplicates(db: Db, shopId: ShopId): Promise<number> {
  return withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update webhook_events d set body = null, rejected_body = null, erased_at = now()
      from webhook_events first
      where d.shop_id = ${shopId} and d.is_duplicate and d.body is not null
        and first.shop_domain = d.shop_domain and first.webhook_id = d.webhook_id and not first.is_duplicate
        and first.erased_at is not null`;
    return count;
  });
}
