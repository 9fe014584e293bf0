import type { Tx } from "../db.server.ts";
import type { Queue } from "../queue.server.ts";
import { type Actor, type ShopId, shopifyActor } from "../shops/shop.ts";
import { metTrigger } from "./automation.ts";
import type { Bill } from "./bill.ts";
import { type ComposeCause, composeOrder, toNewDocuments } from "./compose-order.ts";
import { dropDrafts, type Hold, holdOrders } from "./hold-orders.server.ts";
import { insertDocuments, type NewDocument } from "./insert-documents.server.ts";
import { hashBill } from "./map-bill.ts";
import { readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";
import { readBill, type ToldOrder } from "./read-bill.ts";
import { automationSchema } from "./settings.ts";
import { updatePayments } from "./update-payments.server.ts";

/** An order that what Shopify told was just applied to. */
export interface ChangedOrder extends ToldOrder {
  id: string;
}

export interface Billed {
  /** Documents that were issued or stand differently now. */
  documents: string[];
  /** A merchant sees something differently: a document, or an order that is held. */
  changed: boolean;
}

/** Who the timeline names when a trigger of the shop's issues an invoice. */
const automationActor: Actor = { kind: "job", id: null, name: "Automation" };

/**
 * Keeps the bills of orders that were just written, and issues what follows from them: the first invoice when the
 * shop's trigger is met, credit notes and further invoices when an order that has documents has changed.
 *
 * The orders must be locked, as applyOrderEvents leaves them, so an order is never billed twice. Orders that have no
 * document and meet no trigger cost their share of one statement.
 *
 * @param taxes the shop's tax settings as stored, see {@link storedTaxSettings}
 */
export async function billOrders(
  tx: Tx,
  queue: Queue,
  shopId: ShopId,
  changed: ChangedOrder[],
  taxes: unknown,
): Promise<Billed> {
  if (changed.length === 0) return { documents: [], changed: false };
  const orders = changed.map((order) => ({ id: order.id, bill: readBill(order, taxes) }));
  const rows = await writeBills(tx, shopId, orders);
  const causes = new Map(rows.flatMap((row) => causeOf(row)));
  const invoiced = rows.filter(({ hasDocuments }) => hasDocuments).map(({ id }) => id);
  if (causes.size === 0 && invoiced.length === 0) return { documents: [], changed: false };

  const problems = new Map(
    orders.flatMap(({ id, bill }) => (typeof bill === "string" ? [[id, bill] as const] : [])),
  );
  const decided = await decideOrders(tx, shopId, causes, problems);
  const held = await holdOrders(tx, shopId, decided.holds);
  await dropDrafts(tx, shopId, decided.settled);
  const issued = (await insertDocuments(tx, queue, shopId, decided.documents)).map(({ id }) => id);
  const orderIds = [...new Set([...invoiced, ...decided.documents.map(({ orderId }) => orderId)])];
  const moved = await updatePayments(tx, shopId, { orderIds, actor: shopifyActor, silent: issued });
  const documents = [...new Set([...issued, ...moved])];
  return { documents, changed: held > 0 || documents.length > 0 };
}

interface BillRow {
  id: string;
  /** Its bill is another one than before. */
  written: boolean;
  readable: boolean;
  hasDocuments: boolean;
  /** It is held, or was left by a person, with this very bill. */
  heldAlready: boolean;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  createdAt: string;
  cancelledAt: string | null;
  deleted: boolean;
  test: boolean;
  tags: string[];
  gateways: string[] | null;
  automation: unknown;
}

/** The hash that stands for figures which could not be read. */
const unreadable = "unreadable";

/** The shop's tax settings, as an expression for a statement that is sent anyway. */
export const storedTaxSettings = (tx: Tx, shopId: ShopId) =>
  tx.sql`(select taxes from invoice_settings where shop_id = ${shopId})`;

async function writeBills(
  tx: Tx,
  shopId: ShopId,
  orders: { id: string; bill: Bill | string | null }[],
): Promise<BillRow[]> {
  const given = orders.map(({ id, bill }) =>
    bill === null || typeof bill === "string"
      ? { order_id: id, bill: null, bill_hash: unreadable }
      : { order_id: id, bill, bill_hash: hashBill(bill) },
  );
  return tx.sql<BillRow[]>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(given)}::text::json) as r (order_id uuid, bill jsonb, bill_hash text)
    ), written as (
      insert into order_bills (shop_id, order_id, bill, bill_hash)
      select ${shopId}::uuid, order_id, bill, bill_hash from given where bill is not null order by order_id
      on conflict (shop_id, order_id) do update
        set bill = excluded.bill, bill_hash = excluded.bill_hash, updated_at = now()
        where order_bills.bill_hash <> excluded.bill_hash
      returning order_id
    )
    select o.id, w.order_id is not null as written, g.bill is not null as readable,
      exists (select from documents d where d.order_id = o.id and d.shop_id = ${shopId}) as "hasDocuments",
      exists (select from invoice_drafts f where f.shop_id = ${shopId} and f.order_id = o.id
        and f.held_reason is not null and f.bill_hash = g.bill_hash) as "heldAlready",
      o.financial_status as "financialStatus", o.fulfillment_status as "fulfillmentStatus",
      o.created_at as "createdAt", o.cancelled_at as "cancelledAt", o.deleted_at is not null as deleted, o.test,
      o.tags, g.bill -> 'gateways' as gateways, s.automation
    from given g
    join orders o on o.shop_id = ${shopId} and o.id = g.order_id
    left join written w on w.order_id = g.order_id
    left join invoice_settings s on s.shop_id = ${shopId}
    where o.id = any(${orders.map(({ id }) => id)}::uuid[])`;
}

/** Why an order is to be looked at, if it is. */
function causeOf(row: BillRow): [string, ComposeCause][] {
  if (row.hasDocuments) {
    const differs = row.written || ((row.deleted || !row.readable) && !row.heldAlready);
    return differs ? [[row.id, "change"]] : [];
  }
  if (row.heldAlready || !row.automation) return [];
  const trigger = metTrigger(
    { ...row, gateways: row.gateways ?? [] },
    automationSchema.parse(row.automation),
  );
  return trigger ? [[row.id, trigger]] : [];
}

interface Decided {
  documents: NewDocument[];
  holds: Hold[];
  /** Orders of which no draft is needed any more. */
  settled: string[];
}

async function decideOrders(
  tx: Tx,
  shopId: ShopId,
  causes: Map<string, ComposeCause>,
  problems: Map<string, string>,
): Promise<Decided> {
  const decided: Decided = { documents: [], holds: [], settled: [] };
  if (causes.size === 0) return decided;
  const terms = await readBillingTerms(tx, shopId);
  const orders = await readOrdersToBill(tx, shopId, [...causes.keys()], { lock: false });
  for (const [id, cause] of causes) {
    const order = orders.get(id);
    if (!order) continue;
    const problem = problems.get(id);
    const composed = problem
      ? ({ outcome: "held", reason: problem } as const)
      : composeOrder(order, terms, cause);
    switch (composed.outcome) {
      case "nothing":
        decided.settled.push(id);
        break;
      case "held":
        decided.holds.push({
          orderId: id,
          kind: order.documents.length > 0 ? "credit_note" : "invoice",
          reason: composed.reason,
          trigger: cause,
          billHash: problem || order.deleted || !order.billHash ? unreadable : order.billHash,
        });
        break;
      case "documents": {
        const actor = cause === "change" ? shopifyActor : automationActor;
        decided.documents.push(...toNewDocuments(order, composed, cause, actor));
        decided.settled.push(id);
      }
    }
  }
  return decided;
}
