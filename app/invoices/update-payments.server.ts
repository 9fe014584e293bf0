import type { Tx } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type NewDocumentEvent, recordDocumentEvents } from "./document-events.server.ts";
import type { PaymentState } from "./document-row.ts";
import { decidePayments, hasPaid, isUnpaid, type PaymentStanding } from "./payment-states.ts";

interface StandingRow {
  id: string;
  orderId: string;
  kind: DocumentKind;
  number: string;
  grossMinor: string;
  refersToId: string | null;
  dueOn: string | null;
  state: PaymentState;
  paidMinor: string;
  creditedMinor: string;
  enteredMinor: string;
  financialStatus: string | null;
  outstandingMinor: string | null;
  totalMinor: string | null;
  shopTotalMinor: string | null;
  today: string;
}

/**
 * Works out anew where payment of the orders' documents stands and writes what differs. The orders must be locked.
 * @param actor who the timeline names when an invoice becomes paid
 * @param silent documents of which no event is written: those that are paid the moment they are issued
 * @returns the documents that stand differently now
 */
export async function updatePayments(
  tx: Tx,
  shopId: ShopId,
  { orderIds, actor, silent = [] }: { orderIds: string[]; actor: Actor; silent?: string[] },
): Promise<string[]> {
  const rows = await readStandings(tx, shopId, orderIds);
  const changed: (PaymentStanding & { row: StandingRow })[] = [];
  for (const documents of Map.groupBy(rows, ({ orderId }) => orderId).values()) {
    const decided = decide(documents);
    for (const row of documents) {
      const standing = decided.get(row.id);
      if (standing && !isSame(row, standing)) changed.push({ ...standing, row });
    }
  }
  if (changed.length === 0) return [];
  await writeStandings(tx, shopId, changed);
  const events = changed.flatMap(({ row, state }): NewDocumentEvent[] =>
    state === "paid" && row.state !== "paid" && !silent.includes(row.id)
      ? [{ orderId: row.orderId, documentId: row.id, kind: "paid", detail: { number: row.number }, actor }]
      : [],
  );
  await recordDocumentEvents(tx, shopId, events);
  return changed.map(({ row }) => row.id);
}

function readStandings(tx: Tx, shopId: ShopId, orderIds: string[]): Promise<StandingRow[]> {
  return tx.sql<StandingRow[]>`
    select d.id, d.order_id as "orderId", d.kind, d.number, d.gross_minor as "grossMinor",
      d.refers_to_id as "refersToId", d.due_on::text as "dueOn", s.state, s.paid_minor as "paidMinor",
      s.credited_minor as "creditedMinor",
      (select coalesce(sum(p.amount_minor), 0)::bigint from document_payments p
       where p.shop_id = d.shop_id and p.document_id = d.id and p.undone_at is null) as "enteredMinor",
      o.financial_status as "financialStatus", b.bill ->> 'outstanding' as "outstandingMinor",
      b.bill #>> '{current,total,presentment}' as "totalMinor", b.bill #>> '{current,total,shop}' as "shopTotalMinor",
      (now() at time zone shop.time_zone)::date::text as today
    from documents d
    join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
    join orders o on o.shop_id = d.shop_id and o.id = d.order_id
    join shops shop on shop.id = d.shop_id
    left join order_bills b on b.shop_id = d.shop_id and b.order_id = d.order_id
    where d.shop_id = ${shopId} and d.order_id = any(${orderIds}::uuid[])
    order by d.issued_at, d.kind desc, d.sequence`;
}

function decide(documents: StandingRow[]): Map<string, PaymentStanding> {
  const [first] = documents;
  if (!first) return new Map();
  const payable = documents.map((row) => ({
    ...row,
    grossMinor: BigInt(row.grossMinor),
    enteredMinor: BigInt(row.enteredMinor),
  }));
  return decidePayments(payable, shopifyPaid(first), first.today);
}

/**
 * Paid at Shopify: all, or the order's total without what is outstanding. That is told in the shop's currency, so the
 * same share of the buyer's total counts, in the buyer's currency and rounded down.
 */
function shopifyPaid({ financialStatus, outstandingMinor, ...order }: StandingRow): bigint | "all" {
  const outstanding = outstandingMinor === null ? null : BigInt(outstandingMinor);
  if (hasPaid(financialStatus) && (outstanding === null || outstanding <= 0n)) return "all";
  if (outstanding === null || order.totalMinor === null || order.shopTotalMinor === null) return 0n;
  if (isUnpaid(financialStatus)) return 0n;
  const [total, shopTotal] = [BigInt(order.totalMinor), BigInt(order.shopTotalMinor)];
  return shopTotal > outstanding ? (total * (shopTotal - outstanding)) / shopTotal : 0n;
}

const isSame = (row: StandingRow, standing: PaymentStanding) =>
  row.state === standing.state &&
  BigInt(row.paidMinor) === standing.paidMinor &&
  BigInt(row.creditedMinor) === standing.creditedMinor;

async function writeStandings(
  tx: Tx,
  shopId: ShopId,
  changed: (PaymentStanding & { row: StandingRow })[],
): Promise<void> {
  const rows = changed.map(({ row, state, paidMinor, creditedMinor }) => ({
    id: row.id,
    state,
    paid_minor: String(paidMinor),
    credited_minor: String(creditedMinor),
  }));
  await tx.sql`
    update document_states s set state = r.state, paid_minor = r.paid_minor, credited_minor = r.credited_minor,
      version = s.version + 1, updated_at = now(),
      paid_at = case when r.state = 'paid' then coalesce(s.paid_at, now()) end
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id uuid, state text, paid_minor bigint,
      credited_minor bigint)
    where s.shop_id = ${shopId} and s.document_id = r.id`;
}
