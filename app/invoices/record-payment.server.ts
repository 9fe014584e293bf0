import { v7 as uuidv7 } from "uuid";
import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { recordDocumentEvents } from "./document-events.server.ts";
import { updatePayments } from "./update-payments.server.ts";

export type RecordPaymentOutcome =
  | { outcome: "recorded"; paymentId: string }
  /** More than is owed; `leftMinor` is in the document's currency. */
  | { outcome: "too_much"; leftMinor: string; currency: string }
  /** A credit note asks for no payment. */
  | { outcome: "not_payable" }
  | { outcome: "not_found" };

interface Payable {
  orderId: string;
  kind: DocumentKind;
  number: string;
  currency: string;
  leftMinor: string;
}

/**
 * Records a payment that Shopify does not know of, such as a bank transfer.
 * @param amountMinor in minor units of the document's currency, more than nothing
 * @param paidOn a day, `2026-11-25`
 */
export async function recordPayment(
  db: Db,
  payment: {
    shopId: ShopId;
    documentId: string;
    amountMinor: bigint;
    paidOn: string;
    note: string | null;
    actor: Actor;
  },
): Promise<RecordPaymentOutcome> {
  const { shopId, documentId, amountMinor, actor } = payment;
  const result = await withShop(db, shopId, async (tx) => {
    const document = await lockPayable(tx, shopId, documentId);
    if (!document) return { outcome: { outcome: "not_found" } as const };
    if (document.kind !== "invoice") return { outcome: { outcome: "not_payable" } as const };
    const { leftMinor, currency, orderId, number } = document;
    if (amountMinor <= 0n || amountMinor > BigInt(leftMinor))
      return { outcome: { outcome: "too_much", leftMinor, currency } as const };
    const [paymentId = ""] = await insertPayments(tx, shopId, [{ ...payment, orderId, number, currency }]);
    const documents = await updatePayments(tx, shopId, { orderIds: [orderId], actor, silent: [documentId] });
    const change = await countChange(tx, shopId);
    return { outcome: { outcome: "recorded", paymentId } as const, change, documents };
  });
  if (result.change !== undefined)
    notifyShop(db, { shopId, change: result.change, orders: [], documents: result.documents });
  return result.outcome;
}

/** Locks the document's order, which is what everybody who bills or is paid holds, and reads what is owed. */
async function lockPayable(tx: Tx, shopId: ShopId, documentId: string): Promise<Payable | null> {
  const [locked] = await tx.sql<{ id: string }[]>`
    select o.id from orders o where o.shop_id = ${shopId}
      and o.id = (select order_id from documents where shop_id = ${shopId} and id = ${documentId}) for update`;
  if (!locked) return null;
  const [row] = await readPayables(tx, shopId, [documentId]);
  return row ?? null;
}

function readPayables(tx: Tx, shopId: ShopId, documentIds: string[]): Promise<(Payable & { id: string })[]> {
  return tx.sql<(Payable & { id: string })[]>`
    select d.id, d.order_id as "orderId", d.kind, d.number, d.currency,
      (d.gross_minor - s.credited_minor - s.paid_minor)::text as "leftMinor"
    from documents d join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
    where d.shop_id = ${shopId} and d.id = any(${documentIds}::uuid[])`;
}

interface NewPayment {
  documentId: string;
  orderId: string;
  number: string;
  currency: string;
  amountMinor: bigint;
  paidOn: string;
  note: string | null;
  actor: Actor;
}

/** @returns the payments' ids in the order given */
async function insertPayments(tx: Tx, shopId: ShopId, payments: NewPayment[]): Promise<string[]> {
  const rows = payments.map(({ documentId, amountMinor, paidOn, note, actor }) => ({
    id: uuidv7(),
    document_id: documentId,
    amount_minor: String(amountMinor),
    paid_on: paidOn,
    note,
    actor_id: actor.id,
    actor_name: actor.name,
  }));
  await tx.sql`
    insert into document_payments (shop_id, id, document_id, amount_minor, paid_on, note, actor_id, actor_name)
    select ${shopId}::uuid, r.* from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (id uuid,
      document_id uuid, amount_minor bigint, paid_on date, note text, actor_id text, actor_name text)`;
  await recordDocumentEvents(
    tx,
    shopId,
    payments.map(({ orderId, documentId, number, amountMinor, currency, actor }) => ({
      orderId,
      documentId,
      kind: "payment_recorded",
      detail: { number, amountMinor: String(amountMinor), currency },
      actor,
    })),
  );
  return rows.map(({ id }) => id);
}

export type UndoPaymentOutcome =
  | { outcome: "undone" }
  | { outcome: "already_undone" }
  | { outcome: "not_found" };

/** Takes a recorded payment back. The row stays and says who did it. */
export async function undoPayment(
  db: Db,
  { shopId, paymentId, actor }: { shopId: ShopId; paymentId: string; actor: Actor },
): Promise<UndoPaymentOutcome> {
  const result = await withShop(db, shopId, async (tx) => {
    const [payment] = await tx.sql<{ documentId: string; amountMinor: string }[]>`
      select document_id as "documentId", amount_minor as "amountMinor" from document_payments
      where shop_id = ${shopId} and id = ${paymentId}`;
    const document = payment ? await lockPayable(tx, shopId, payment.documentId) : null;
    if (!payment || !document) return { outcome: "not_found" } as const;
    const { count } = await tx.sql`
      update document_payments set undone_at = now(), undone_by = ${actor.name}
      where shop_id = ${shopId} and id = ${paymentId} and undone_at is null`;
    if (count === 0) return { outcome: "already_undone" } as const;
    const { documentId, amountMinor } = payment;
    const { orderId, number, currency } = document;
    const detail = { number, amountMinor, currency };
    await recordDocumentEvents(tx, shopId, [{ orderId, documentId, kind: "payment_undone", detail, actor }]);
    const documents = await updatePayments(tx, shopId, { orderIds: [orderId], actor });
    return { outcome: "undone", documents, change: await countChange(tx, shopId) } as const;
  });
  if (result.outcome !== "undone") return result;
  notifyShop(db, { shopId, change: result.change, orders: [], documents: result.documents });
  return { outcome: "undone" };
}

export type MarkPaidOutcome =
  /** The payment is what an undo takes back. */
  | { documentId: string; outcome: "marked"; paymentId: string }
  | { documentId: string; outcome: "already_paid" | "not_payable" | "not_found" };

/**
 * Records what is left to pay of each invoice as paid today, on the shop's calendar: a handful of statements whatever
 * their number. Before countChange.
 */
export async function markPaid(
  tx: Tx,
  { shopId, documentIds, actor }: { shopId: ShopId; documentIds: string[]; actor: Actor },
): Promise<MarkPaidOutcome[]> {
  await tx.sql`
    select from orders where shop_id = ${shopId} and id in
      (select order_id from documents where shop_id = ${shopId} and id = any(${documentIds}::uuid[]))
    order by id for update`;
  const payables = new Map((await readPayables(tx, shopId, documentIds)).map((row) => [row.id, row]));
  const [shop] = await tx.sql<{ today: string }[]>`
    select (now() at time zone time_zone)::date::text as today from shops where id = ${shopId}`;
  const payments: NewPayment[] = [];
  const outcomes = [...new Set(documentIds)].map((documentId): MarkPaidOutcome => {
    const document = payables.get(documentId);
    if (!document) return { documentId, outcome: "not_found" };
    if (document.kind !== "invoice") return { documentId, outcome: "not_payable" };
    const amountMinor = BigInt(document.leftMinor);
    if (amountMinor <= 0n) return { documentId, outcome: "already_paid" };
    payments.push({ ...document, documentId, amountMinor, paidOn: shop?.today ?? "", note: null, actor });
    return { documentId, outcome: "marked", paymentId: "" };
  });
  if (payments.length === 0) return outcomes;
  const paymentIds = await insertPayments(tx, shopId, payments);
  const paymentOf = new Map(payments.map(({ documentId }, place) => [documentId, paymentIds[place] ?? ""]));
  const orderIds = [...new Set(payments.map(({ orderId }) => orderId))];
  await updatePayments(tx, shopId, { orderIds, actor, silent: payments.map(({ documentId }) => documentId) });
  return outcomes.map((one) =>
    one.outcome === "marked" ? { ...one, paymentId: paymentOf.get(one.documentId) ?? "" } : one,
  );
}
