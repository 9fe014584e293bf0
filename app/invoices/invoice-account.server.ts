import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type AccountDocument, accountsOf, type InvoiceAccount, type OrderMoney } from "./invoice-account.ts";

type Amount = "grossMinor" | "paidMinor" | "creditedMinor" | "enteredMinor";
type DocumentRow = Omit<AccountDocument, Amount> & Record<Amount, string>;

interface MoneyRow {
  financialStatus: string | null;
  totalMinor: string | null;
  outstandingMinor: string | null;
}

/** The account of an invoice: what came in, what went back, what is open. @returns null for a credit note */
export async function readInvoiceAccount(
  tx: Tx,
  shopId: ShopId,
  { documentId, orderId }: { documentId: string; orderId: string },
): Promise<InvoiceAccount | null> {
  const [rows, [money]] = await Promise.all([
    tx.sql<DocumentRow[]>`
      select d.id, d.kind, d.trigger, d.refers_to_id as "refersToId", d.gross_minor as "grossMinor",
        s.paid_minor as "paidMinor", s.credited_minor as "creditedMinor",
        (select coalesce(sum(p.amount_minor), 0)::bigint from document_payments p
         where p.shop_id = d.shop_id and p.document_id = d.id and p.undone_at is null) as "enteredMinor"
      from documents d join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
      where d.shop_id = ${shopId} and d.order_id = ${orderId}
      order by d.issued_at, d.kind desc, d.sequence`,
    tx.sql<MoneyRow[]>`
      -- What is outstanding is told in the shop's currency: the same share of the buyer's total counts.
      select financial_status as "financialStatus", total as "totalMinor",
        case when shop_total <> 0 then div(total * outstanding, shop_total) else outstanding end::text
          as "outstandingMinor"
      from orders o left join order_bills b on b.shop_id = o.shop_id and b.order_id = o.id
      cross join lateral (select (b.bill #>> '{current,total,presentment}')::numeric as total,
        (b.bill #>> '{current,total,shop}')::numeric as shop_total, (b.bill ->> 'outstanding')::numeric as outstanding) m
      where o.shop_id = ${shopId} and o.id = ${orderId}`,
  ]);
  if (!money) return null;
  return accountsOf(rows.map(toDocument), toMoney(money)).get(documentId) ?? null;
}

const toDocument = (row: DocumentRow): AccountDocument => ({
  ...row,
  grossMinor: BigInt(row.grossMinor),
  paidMinor: BigInt(row.paidMinor),
  creditedMinor: BigInt(row.creditedMinor),
  enteredMinor: BigInt(row.enteredMinor),
});

const minorOf = (text: string | null) => (text === null ? null : BigInt(text));

const toMoney = ({ financialStatus, totalMinor, outstandingMinor }: MoneyRow): OrderMoney => ({
  financialStatus,
  totalMinor: minorOf(totalMinor),
  outstandingMinor: minorOf(outstandingMinor),
});
